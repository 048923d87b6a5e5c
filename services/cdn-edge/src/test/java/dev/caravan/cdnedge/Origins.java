package dev.caravan.cdnedge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.cdnedge.signature.TestSigner;
import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What stands behind the edge in tests: a real object store and a manifest origin that notes what it is asked. */
final class Origins {

    private static final Origins SHARED = new Origins();

    private final Path folder;
    private final int s3Port = FreePorts.pick();
    private final int manifestPort = FreePorts.pick();
    private final List<String> manifestRequests = new CopyOnWriteArrayList<>();
    private ObjectStoreServer s3;
    private HttpServer manifests;

    private Origins() {
        try {
            folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "origins")), "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        s3 = startS3();
        s3.createBucket("caravan");
        manifests = startManifests();
    }

    /** One for all tests, until the virtual machine ends. */
    static Origins shared() {
        return SHARED;
    }

    String s3Endpoint() {
        return "http://127.0.0.1:" + s3Port;
    }

    String manifestAddress() {
        return "127.0.0.1:" + manifestPort;
    }

    String publicKeyOf(TestSigner signer) {
        return signer.writePublicKey(folder.resolve(signer.id() + ".pem")).toString();
    }

    /** Requests to the manifest origin since the last call: a line for the request, a line a header. */
    List<String> takeManifestRequests() {
        List<String> taken = List.copyOf(manifestRequests);
        manifestRequests.clear();
        return taken;
    }

    void whileS3IsDown(Runnable test) {
        s3.close();
        try {
            test.run();
        } finally {
            s3 = startS3();
        }
    }

    void whileManifestsAreDown(Runnable test) {
        manifests.stop(0);
        try {
            test.run();
        } finally {
            manifests = startManifests();
        }
    }

    private ObjectStoreServer startS3() {
        return ObjectStoreServer.start(folder.resolve("s3"), s3Port, "caravan", "caravan-secret");
    }

    private HttpServer startManifests() {
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), manifestPort), 0);
            server.createContext("/manifests/", this::serveManifest);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveManifest(HttpExchange exchange) throws IOException {
        List<String> request = new ArrayList<>();
        request.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.getRequestHeaders().forEach((name, values) -> request.add(name + ": " + values));
        manifestRequests.add(String.join("\n", request));
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        exchange.getResponseHeaders().add("Cache-Control", "public, max-age=999");
        exchange.getResponseHeaders().add("Set-Cookie", "inner=1");
        exchange.getResponseHeaders().add("X-Inner", "1");
        int status = path.contains("missing") ? 404 : path.contains("broken") ? 500 : 200;
        byte[] body = ("manifest of " + path).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, path.contains("chunked") ? 0 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
