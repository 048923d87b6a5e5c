package dev.caravan.upload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server of somebody else, with files that are there, change, break off or do not come. */
final class SourceServer implements Closeable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    /** What of a request tells how it was made. */
    record Request(
            String path, @Nullable String range, @Nullable String ifRange) {}

    /** How a file is given out. */
    static final class File {
        volatile byte[] bytes;
        volatile @Nullable String etag;
        /** So many bytes of an answer come, then the connection is cut. */
        volatile int cutAfter = Integer.MAX_VALUE;
        /** So many answers are of this status. */
        volatile int failures;

        volatile int failure = 503;
        /** An answer to a range has so many bytes at most, and says so. */
        volatile int longestRange = Integer.MAX_VALUE;

        volatile boolean chunked;
        volatile @Nullable String encoding;
        volatile @Nullable String type;
        /** After so many bytes nothing comes until the server is closed. */
        volatile int silentAfter = Integer.MAX_VALUE;

        /** In the place of silence a byte comes now and then. */
        volatile boolean drips;

        /** The silence ends. */
        volatile boolean goesOn;

        /** Ranges are given out whatever they are asked of. */
        volatile boolean ignoresIfRange;

        File(byte[] bytes, @Nullable String etag) {
            this.bytes = bytes;
            this.etag = etag;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    SourceServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    File put(String path, byte[] bytes, @Nullable String etag) {
        File file = new File(bytes, etag);
        files.put(path, file);
        return file;
    }

    List<Request> requests(String path) {
        synchronized (requests) {
            return requests.stream()
                    .filter(request -> request.path().equals(path))
                    .toList();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
        requests.add(new Request(path, range, ifRange));
        File file = files.get(path);
        if (file == null || file.failures > 0) {
            int status = file == null ? 404 : file.failure;
            if (file != null) {
                file.failures--;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        Matcher wanted = RANGE.matcher(range == null ? "" : range);
        boolean partial = wanted.matches() && file.etag != null && (file.ignoresIfRange || file.etag.equals(ifRange));
        int from = partial ? Integer.parseInt(wanted.group(1)) : 0;
        if (file.etag != null) {
            exchange.getResponseHeaders().set("ETag", file.etag);
        }
        if (file.encoding != null) {
            exchange.getResponseHeaders().set("Content-Encoding", file.encoding);
        }
        if (file.type != null) {
            exchange.getResponseHeaders().set("Content-Type", file.type);
        }
        int left = Math.min(file.bytes.length - from, partial ? file.longestRange : Integer.MAX_VALUE);
        if (partial) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (from + left - 1) + "/" + file.bytes.length);
        }
        exchange.sendResponseHeaders(partial ? 206 : 200, file.chunked ? 0 : left == 0 ? -1 : left);
        int length = Math.min(left, Math.min(file.cutAfter, file.silentAfter));
        OutputStream body = exchange.getResponseBody();
        body.write(file.bytes, from, length);
        body.flush();
        if (file.silentAfter <= left) {
            waitForTheEnd(file, body);
            body.write(file.bytes, from + length, left - length);
            length = left;
        }
        if (length < left && file.chunked) {
            throw new IOException("cut");
        }
        exchange.close();
    }

    private void waitForTheEnd(File file, OutputStream body) throws IOException {
        try {
            while (!threads.isShutdown() && !file.goesOn) {
                TimeUnit.MILLISECONDS.sleep(50);
                if (file.drips) {
                    body.write(0);
                    body.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
