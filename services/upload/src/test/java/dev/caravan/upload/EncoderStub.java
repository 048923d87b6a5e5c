package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.encode.EncodeServiceGrpc;
import dev.caravan.proto.encode.FindEncodingRequest;
import dev.caravan.proto.encode.FindEncodingResponse;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An encoder over real gRPC, which knows every video for which it was not told to answer otherwise. */
final class EncoderStub extends EncodeServiceGrpc.EncodeServiceImplBase implements ServerInterceptor {

    private static final Context.Key<String> CALLER = Context.key("caller");

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, String> askers = new ConcurrentHashMap<>();
    private final Server server;

    EncoderStub() {
        try {
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .addService(this)
                    .intercept(this)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    void answer(String video, Fault fault) {
        faults.put(video, fault);
    }

    /** From now on it knows the video. */
    void know(String video) {
        faults.remove(video);
    }

    /** In whose name it was asked for a video; null when it was not. */
    @Nullable
    String asker(String video) {
        return askers.get(video);
    }

    void stop() {
        server.shutdownNow();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
        String caller = metadata.get(Metadata.Key.of(Headers.USER_ID, Metadata.ASCII_STRING_MARSHALLER));
        return Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, metadata, next);
    }

    @Override
    public void findEncoding(FindEncodingRequest request, StreamObserver<FindEncodingResponse> responses) {
        askers.put(request.getVideoId(), String.valueOf(CALLER.get()));
        Fault fault = faults.get(request.getVideoId());
        if (fault != null) {
            responses.onError(fault.toStatusException());
            return;
        }
        responses.onNext(FindEncodingResponse.getDefaultInstance());
        responses.onCompleted();
    }
}
