package dev.caravan.videocatalog;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A user service over real gRPC. Users below 1000 exist; 1000 and above do not; 2000 and above are never answered. */
final class UserServiceStub extends UserServiceGrpc.UserServiceImplBase {

    static final int MISSING = 1000;
    static final int SILENT = 2000;

    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private final List<Metadata> metadata = new CopyOnWriteArrayList<>();
    private final Server server;

    UserServiceStub() {
        try {
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .addService(this)
                    .intercept(new ServerInterceptor() {
                        @Override
                        public <Q, R> ServerCall.Listener<Q> interceptCall(
                                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                            metadata.add(headers);
                            return next.startCall(call, headers);
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Ids asked for since the last call. */
    List<Integer> takeAsked() {
        List<Integer> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    /** Metadata of the calls since the last call. */
    List<Metadata> takeMetadata() {
        List<Metadata> taken = List.copyOf(metadata);
        metadata.clear();
        return taken;
    }

    @Override
    public void findById(FindByIdRequest request, StreamObserver<FindByIdResponse> responses) {
        asked.add(request.getId());
        if (request.getId() >= SILENT) {
            return;
        }
        if (request.getId() >= MISSING) {
            responses.onError(
                    Fault.notFound("USER_NOT_FOUND", "There is no such user.").toStatusException());
            return;
        }
        User.Builder user = User.newBuilder()
                .setId(request.getId())
                .setName("User " + request.getId())
                .setEmail("user" + request.getId() + "@example.org");
        if (request.getId() % 2 == 0) {
            user.setImage("https://example.org/" + request.getId() + ".png");
        }
        responses.onNext(FindByIdResponse.newBuilder()
                .setMessage("Success")
                .setData(FindByIdResponseData.newBuilder().setUser(user))
                .build());
        responses.onCompleted();
    }
}
