package dev.caravan.authentication;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.StoreResponse;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Stands in for the user service: plain grpc-java, users in memory, passwords as they are. */
final class Users extends UserServiceGrpc.UserServiceImplBase {

    /** Names of metadata that came with calls and that our services send. */
    final List<String> metadata = new CopyOnWriteArrayList<>();

    private final Map<Integer, User> users = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> credentialVersions = new ConcurrentHashMap<>();
    private final Set<Integer> blocked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private final int port;
    private Server server;

    Users(int port) {
        this.port = port;
        this.server = started();
    }

    private Server started() {
        try {
            return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                    .addService(this)
                    .intercept(new Listening())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    void startAgain() {
        if (server.isTerminated()) {
            server = started();
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void remove(int id) {
        users.remove(id);
    }

    void changePassword(int id, String password) {
        passwords.put(users.get(id).getEmail(), password);
        credentialVersions.merge(id, 1, Integer::sum);
    }

    /** As the user service does, with all sessions. */
    void block(int id) {
        blocked.add(id);
        credentialVersions.merge(id, 1, Integer::sum);
    }

    void unblock(int id) {
        blocked.remove(id);
    }

    void makeAdministrator(int id) {
        users.computeIfPresent(
                id, (key, user) -> user.toBuilder().setRole("admin").build());
    }

    @Override
    public void store(StoreRequest request, StreamObserver<StoreResponse> responses) {
        answer(responses, () -> {
            if (request.getName().isEmpty()) {
                throw Fault.invalid(Map.of(
                        "name", List.of("name is required"), "email", List.of("email must be an email", "and more")));
            }
            if (passwords.putIfAbsent(request.getEmail(), request.getPassword()) != null) {
                throw Fault.conflict("EMAIL_TAKEN", "There is an account with this email already.");
            }
            User user = User.newBuilder()
                    .setId(ids.incrementAndGet())
                    .setName(request.getName())
                    .setEmail(request.getEmail())
                    .setImage("https://example.org/ann.png")
                    .setCreatedAt("2026-01-02T03:04:05Z")
                    .setUpdatedAt("2026-02-03T04:05:06Z")
                    .setRole("user")
                    .build();
            users.put(user.getId(), user);
            credentialVersions.put(user.getId(), 1);
            StoreResponse.Builder response = StoreResponse.newBuilder().setMessage("Success");
            response.getDataBuilder().setUser(user).setCredentialVersion(credentialVersions.get(user.getId()));
            return response.build();
        });
    }

    @Override
    public void findById(FindByIdRequest request, StreamObserver<FindByIdResponse> responses) {
        answer(responses, () -> {
            User user = users.get(request.getId());
            if (user == null) {
                throw Fault.notFound("USER_NOT_FOUND", "There is no such user.");
            }
            FindByIdResponse.Builder response = FindByIdResponse.newBuilder().setMessage("Success");
            response.getDataBuilder()
                    .setUser(user)
                    .setCredentialVersion(credentialVersions.get(user.getId()))
                    .setBlocked(blocked.contains(user.getId()));
            return response.build();
        });
    }

    @Override
    public void findByCredential(FindByCredentialRequest request, StreamObserver<FindByCredentialResponse> responses) {
        answer(responses, () -> {
            if (!request.getPassword().equals(passwords.get(request.getEmail()))) {
                throw Fault.unauthenticated("BAD_CREDENTIALS", "The email or the password is wrong.");
            }
            FindByCredentialResponse.Builder response =
                    FindByCredentialResponse.newBuilder().setMessage("Success");
            users.values().stream()
                    .filter(user -> user.getEmail().equals(request.getEmail()))
                    .forEach(user -> response.getDataBuilder()
                            .setUser(user)
                            .setCredentialVersion(credentialVersions.get(user.getId())));
            return response.build();
        });
    }

    private static <T> void answer(StreamObserver<T> responses, Supplier<T> answer) {
        try {
            responses.onNext(answer.get());
            responses.onCompleted();
        } catch (Fault fault) {
            responses.onError(fault.toStatusException());
        }
    }

    private final class Listening implements ServerInterceptor {

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Set<String> keys = headers.keys();
            Headers.TRAVELLING.stream().filter(keys::contains).forEach(metadata::add);
            return next.startCall(call, headers);
        }
    }
}
