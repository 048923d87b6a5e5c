package dev.caravan.user;

import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.EndUploadsRequest;
import dev.caravan.proto.upload.EndUploadsResponse;
import dev.caravan.proto.upload.UploadServiceGrpc;
import dev.caravan.proto.videocatalog.DeleteMineRequest;
import dev.caravan.proto.videocatalog.DeleteMineResponse;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in for the services that keep what users own: plain grpc-java, numbers in memory. */
final class Owned {

    private static final int A_CALL = 100;
    private static final Context.Key<Integer> CALLER = Context.key("caller");

    private final Map<Integer, Integer> uploads = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> videos = new ConcurrentHashMap<>();
    private final Server server;
    private volatile boolean down;

    Owned() {
        try {
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .addService(new Uploads())
                    .addService(new Videos())
                    .intercept(new Naming())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    void give(int user, int openUploads, int someVideos) {
        uploads.put(user, openUploads);
        videos.put(user, someVideos);
    }

    int of(int user) {
        return uploads.getOrDefault(user, 0) + videos.getOrDefault(user, 0);
    }

    void down(boolean isDown) {
        down = isDown;
    }

    private final class Uploads extends UploadServiceGrpc.UploadServiceImplBase {

        @Override
        public void endUploads(EndUploadsRequest request, StreamObserver<EndUploadsResponse> responses) {
            if (down || request.getId() != CALLER.get()) {
                responses.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            Integer ended = uploads.remove(request.getId());
            EndUploadsResponse.Builder response = EndUploadsResponse.newBuilder();
            // A video is kept there until the news of its deletion has come.
            response.getDataBuilder()
                    .setEnded(ended == null ? 0 : ended)
                    .setKept(videos.getOrDefault(request.getId(), 0));
            responses.onNext(response.build());
            responses.onCompleted();
        }
    }

    private final class Videos extends VideoCatalogServiceGrpc.VideoCatalogServiceImplBase {

        @Override
        public void deleteMine(DeleteMineRequest request, StreamObserver<DeleteMineResponse> responses) {
            int before = videos.getOrDefault(CALLER.get(), 0);
            int after = Math.max(0, before - A_CALL);
            videos.put(CALLER.get(), after);
            DeleteMineResponse.Builder response = DeleteMineResponse.newBuilder();
            response.getDataBuilder().setDeleted(before - after).setRemaining(after);
            responses.onNext(response.build());
            responses.onCompleted();
        }
    }

    private static final class Naming implements ServerInterceptor {

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
            String caller = metadata.get(Metadata.Key.of(Headers.USER_ID, Metadata.ASCII_STRING_MARSHALLER));
            return Contexts.interceptCall(
                    Context.current().withValue(CALLER, caller == null ? 0 : Integer.valueOf(caller)),
                    call,
                    metadata,
                    next);
        }
    }
}
