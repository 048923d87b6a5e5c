package dev.caravan.apigateway;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.auth.AuthenticationServiceGrpc;
import dev.caravan.proto.encode.EncodeServiceGrpc;
import dev.caravan.proto.upload.UploadServiceGrpc;
import dev.caravan.proto.user.UserServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * All services behind the gateway, on real ports: each procedure answers an empty success unless told otherwise. Tokens:
 * {@code user} and {@code admin}, {@code other} for another user; any other is refused.
 */
final class StubServices {

    /** One call that came. */
    record Call(String method, Message request, Map<String, String> metadata) {}

    /** What a procedure does instead of answering. */
    enum Failure {
        UNAVAILABLE,
        SILENT,
        INTERNAL
    }

    private static final Map<String, ServiceDescriptor> SERVICES = Map.of(
            "user", UserServiceGrpc.getServiceDescriptor(),
            "authentication", AuthenticationServiceGrpc.getServiceDescriptor(),
            "upload", UploadServiceGrpc.getServiceDescriptor(),
            "video-catalog", VideoCatalogServiceGrpc.getServiceDescriptor(),
            "encode", EncodeServiceGrpc.getServiceDescriptor());

    private static final Map<String, String> USERS = Map.of(
            "Bearer user", "{id: 7, name: 'Ann', email: 'a@b.cd', role: 'user'}",
            "Bearer other", "{id: 8, name: 'Bob', email: 'b@b.cd', role: 'user'}",
            "Bearer admin", "{id: 9, name: 'Eve', email: 'e@b.cd', role: 'admin'}");

    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Map<String, Status> refusals = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final HttpServer http;
    private volatile HttpAnswer httpAnswer = StubServices::acceptUpload;

    /** What the HTTP endpoints of the services do. */
    interface HttpAnswer {
        void to(HttpExchange exchange) throws IOException;
    }

    StubServices() {
        SERVICES.forEach((name, service) -> servers.put(name, start(service)));
        try {
            http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stub-http");
            thread.setDaemon(true);
            return thread;
        }));
        http.createContext("/", exchange -> httpAnswer.to(exchange));
        http.start();
        reset();
    }

    /** Has the gateway call these. */
    void register(DynamicPropertyRegistry registry) {
        servers.forEach((name, server) -> registry.add(name + ".address", () -> "127.0.0.1:" + server.getPort()));
        String address = "127.0.0.1:" + http.getAddress().getPort();
        registry.add("upload.http-address", () -> address);
        registry.add("authentication.http-address", () -> address);
    }

    /** Everybody is well again, and nothing has been called. */
    void reset() {
        failures.clear();
        refusals.clear();
        answers.clear();
        calls.clear();
        httpAnswer = StubServices::acceptUpload;
        answers.put(
                "videocatalog.VideoCatalogService/FindById",
                "{message: 'Success', data: {video: {id: 3, video_id: 'v-3', state: 'encoding', "
                        + "user: {id: 7}, thumbnail_url: 'https://cdn.example/t.jpg'}}}");
        answers.put(
                "videocatalog.VideoCatalogService/FindDownloads",
                "{message: 'Success', data: {downloads: 'renditions', state: 'ready', files: [{rendition: '720p', width: 1280, "
                        + "height: 720, size: 5000000000, url: 'https://cdn.example/720p.mp4?Expires=1'}]}}");
        answers.put("videocatalog.VideoCatalogService/ReadCaptions", "{message: 'Success', data: {content: 'WEBVTT'}}");
    }

    void fail(String method, Failure failure) {
        failures.put(method, failure);
    }

    void refuse(String method, Status status) {
        refusals.put(method, status);
    }

    /** @param answer the response message of a procedure, as JSON */
    void answer(String method, String answer) {
        answers.put(method, answer);
    }

    void answerHttp(HttpAnswer answer) {
        httpAnswer = answer;
    }

    /** What was called since the reset, in order. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<String> methods() {
        return calls.stream().map(Call::method).toList();
    }

    private static void acceptUpload(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        answer(exchange, 201, "{\"message\":\"Success\",\"data\":{\"video_id\":\"v\"}}");
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Server start(ServiceDescriptor service) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
        service.getMethods().forEach(method -> add(definition, method));
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                    .addService(definition.build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // all methods take and return messages
    private void add(ServerServiceDefinition.Builder definition, MethodDescriptor<?, ?> method) {
        definition.addMethod((MethodDescriptor<Message, Message>) method, unary((call, request) -> {
            String name = method.getFullMethodName();
            Failure failure = failures.get(name);
            if (failure == Failure.SILENT) {
                return;
            }
            if (failure == Failure.INTERNAL) {
                StatusRuntimeException broken = Fault.of(Status.Code.INTERNAL, "INTERNAL", "jdbc:postgresql://secret")
                        .toStatusException();
                call.close(broken.getStatus(), broken.getTrailers());
                return;
            }
            Status status = failure == Failure.UNAVAILABLE
                    ? Status.UNAVAILABLE.withDescription("socket closed")
                    : refusals.getOrDefault(name, Status.OK);
            Message answer = null;
            if (status.isOk()) {
                answer = answer(name, call, method);
                status = answer == null ? Status.UNAUTHENTICATED.withDescription("No.") : status;
            }
            if (answer != null) {
                call.sendHeaders(new Metadata());
                call.sendMessage(answer);
            }
            call.close(status, new Metadata());
        }));
    }

    private Message answer(String name, RecordedCall call, MethodDescriptor<?, ?> method) {
        Message.Builder builder = prototype(method).newBuilderForType();
        String text = answers.getOrDefault(name, "{message: 'Success', data: {}}");
        if (name.equals("auth.AuthenticationService/VerifyToken")) {
            String user = USERS.get(String.valueOf(call.metadata().get("authorization")));
            if (user == null) {
                return null;
            }
            text = "{message: 'Success', data: {user: " + user + "}}";
        }
        try {
            JsonFormat.parser().merge(text, builder);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return builder.build();
    }

    private static Message prototype(MethodDescriptor<?, ?> method) {
        return (Message)
                ((MethodDescriptor.PrototypeMarshaller<?>) method.getResponseMarshaller()).getMessagePrototype();
    }

    /** A call with what came along. */
    private static final class RecordedCall {

        private final ServerCall<Message, Message> call;
        private final Map<String, String> metadata;

        RecordedCall(ServerCall<Message, Message> call, Map<String, String> metadata) {
            this.call = call;
            this.metadata = metadata;
        }

        Map<String, String> metadata() {
            return metadata;
        }

        void sendHeaders(Metadata headers) {
            call.sendHeaders(headers);
        }

        void sendMessage(Message message) {
            call.sendMessage(message);
        }

        void close(Status status, Metadata trailers) {
            call.close(status, trailers);
        }
    }

    private ServerCallHandler<Message, Message> unary(BiConsumer<RecordedCall, Message> handler) {
        return (call, headers) -> {
            call.request(2);
            Map<String, String> metadata = new ConcurrentHashMap<>();
            List<String> names = new ArrayList<>(Headers.TRAVELLING);
            names.add(Headers.SERVICE_TOKEN);
            for (String name : names) {
                String value = headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
                if (value != null) {
                    metadata.put(name, value);
                }
            }
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(Message request) {
                    calls.add(new Call(call.getMethodDescriptor().getFullMethodName(), request, metadata));
                    handler.accept(new RecordedCall(call, metadata), request);
                }
            };
        };
    }
}
