package dev.caravan.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that videos are imported from. Of three files one goes on where it broke off, one says nothing of its length, and one breaks off
 * and begins anew.
 */
final class SourceServer implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
    private static final String ETAG = "\"video\"";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chaos-source");
        thread.setDaemon(true);
        return thread;
    });
    private final byte[] video;
    private final Set<String> brokenOff = ConcurrentHashMap.newKeySet();

    SourceServer(byte[] video) throws IOException {
        this.video = video;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/resumed/", exchange -> send(exchange, true, true));
        server.createContext("/endless/", exchange -> send(exchange, false, false));
        server.createContext("/anew/", exchange -> send(exchange, false, true));
        server.start();
    }

    /** Of a file that nobody else asks for. */
    String url(int number) {
        String kind =
                switch (number % 3) {
                    case 1 -> "endless";
                    case 2 -> "anew";
                    default -> "resumed";
                };
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + kind + "/" + number + ".mp4";
    }

    private void send(HttpExchange exchange, boolean ranges, boolean tellsLength) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher wanted = RANGE.matcher(range == null ? "" : range);
        boolean partial = ranges && wanted.matches();
        int from = partial ? Integer.parseInt(wanted.group(1)) : 0;
        if (ranges) {
            exchange.getResponseHeaders().set("ETag", ETAG);
        }
        if (partial) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (video.length - 1) + "/" + video.length);
        }
        int left = video.length - from;
        boolean breaksOff =
                tellsLength && brokenOff.add(exchange.getRequestURI().getPath());
        exchange.sendResponseHeaders(partial ? 206 : 200, tellsLength ? left : 0);
        OutputStream body = exchange.getResponseBody();
        body.write(video, from, breaksOff ? left / 2 : left);
        body.flush();
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
