package dev.caravan.connectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.proto.upload.DescribeSourceFileResponse;
import dev.caravan.proto.upload.ImportError;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import dev.caravan.proto.upload.ReportSourceFileResponse;
import dev.caravan.proto.upload.SourceFile;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileResponse;
import dev.caravan.proto.upload.TakeSourceFileResponseData;
import dev.caravan.proto.upload.UploadServiceGrpc;
import dev.caravan.proto.user.FindByEmailRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The services that connectors speaks to, on real ports; they keep what comes, and fail when told. */
final class PlatformStub implements AutoCloseable {

    private static final Map<String, Integer> USERS = Map.of("ann@example.com", 7, "out@example.com", 8);

    /** What came of one file so far. */
    static final class Received {
        final TakeSourceFileRequest request;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Long> offsets = new CopyOnWriteArrayList<>();
        volatile @Nullable ReportSourceFileRequest report;

        Received(TakeSourceFileRequest request) {
            this.request = request;
        }
    }

    /** By address; another content of the same address replaces it. */
    final Map<String, Received> files = new ConcurrentHashMap<>();

    final List<DescribeSourceFileRequest> texts = new CopyOnWriteArrayList<>();
    final List<ReportSourceFileRequest> reports = new CopyOnWriteArrayList<>();

    /** Bytes after which the connection of the next request is cut; 0 for none. */
    volatile int cutAfter;

    /** What the next requests are answered with: status and body. */
    volatile int status;

    volatile String problem = "";

    private final Server grpc;
    private final HttpServer http;

    PlatformStub() throws IOException {
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new Users())
                .addService(new Uploads())
                .build()
                .start();
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/videos/upload/tus/", this::receive);
        http.start();
    }

    String grpcAddress() {
        return "127.0.0.1:" + grpc.getPort();
    }

    String httpAddress() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    void reset() {
        files.clear();
        texts.clear();
        reports.clear();
        cutAfter = 0;
        status = 0;
    }

    byte[] bytes(String address) {
        Received received = files.get(address);
        return received == null ? new byte[0] : received.bytes.toByteArray();
    }

    @Override
    public void close() {
        grpc.shutdownNow();
        http.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        Received file = files.values().stream()
                .filter(one -> id(one.request).equals(id))
                .findFirst()
                .orElseThrow();
        if (!"7".equals(exchange.getRequestHeaders().getFirst("x-user-id"))
                || !"1.0.0".equals(exchange.getRequestHeaders().getFirst("Tus-Resumable"))) {
            throw new IOException("Not what upload is sent");
        }
        long offset = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Offset"));
        file.offsets.add(offset);
        if (offset != file.bytes.size()) {
            throw new IOException("Not from where it was cut off");
        }
        int cut = cutAfter;
        if (cut > 0) {
            cutAfter = 0;
            try (InputStream body = exchange.getRequestBody()) {
                file.bytes.write(body.readNBytes(cut));
            }
            exchange.close();
            return;
        }
        if (status > 0) {
            byte[] answer = problem.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
            return;
        }
        exchange.getRequestBody().transferTo(file.bytes);
        exchange.getResponseHeaders().set("Upload-Offset", String.valueOf(file.bytes.size()));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static String id(TakeSourceFileRequest request) {
        return Integer.toHexString(request.getAddress().hashCode());
    }

    private static final class Users extends UserServiceGrpc.UserServiceImplBase {

        @Override
        public void findByEmail(FindByEmailRequest request, StreamObserver<FindByIdResponse> answer) {
            if (!USERS.containsKey(request.getEmail())) {
                answer.onError(
                        Fault.notFound("USER_UNKNOWN", "There is no such user.").toStatusException());
                return;
            }
            answer.onNext(FindByIdResponse.newBuilder()
                    .setData(FindByIdResponseData.newBuilder()
                            .setUser(User.newBuilder().setId(USERS.get(request.getEmail())))
                            .setBlocked(request.getEmail().startsWith("out@")))
                    .build());
            answer.onCompleted();
        }
    }

    private final class Uploads extends UploadServiceGrpc.UploadServiceImplBase {

        @Override
        public void takeSourceFile(TakeSourceFileRequest request, StreamObserver<TakeSourceFileResponse> answer) {
            if (request.getTitle().equals("too much")) {
                answer.onError(Fault.exhausted("QUOTA_EXCEEDED", "There is no room left.", java.time.Duration.ZERO)
                        .toStatusException());
                return;
            }
            Received file = files.compute(
                    request.getAddress(),
                    (address, known) -> known != null && known.request.getEtag().equals(request.getEtag())
                            ? known
                            : new Received(request));
            ReportSourceFileRequest report = file.report;
            boolean refused = report != null && report.getRefused();
            boolean whole = file.bytes.size() == request.getSize();
            SourceFile.Builder shown = SourceFile.newBuilder()
                    .setVideoId(id(request))
                    .setState(refused ? "refused" : whole ? "uploaded" : "importing")
                    .setBytes(file.bytes.size())
                    .setSize(request.getSize());
            if (report != null) {
                shown.setError(
                        ImportError.newBuilder().setCode(report.getCode()).setMessage(report.getReason()));
            }
            answer.onNext(TakeSourceFileResponse.newBuilder()
                    .setData(TakeSourceFileResponseData.newBuilder().setFile(shown))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void reportSourceFile(ReportSourceFileRequest request, StreamObserver<ReportSourceFileResponse> answer) {
            reports.add(request);
            Received file = files.get(request.getAddress());
            if (file != null) {
                file.report = request;
            }
            answer.onNext(ReportSourceFileResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void describeSourceFile(
                DescribeSourceFileRequest request, StreamObserver<DescribeSourceFileResponse> answer) {
            texts.add(request);
            answer.onNext(DescribeSourceFileResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }
}
