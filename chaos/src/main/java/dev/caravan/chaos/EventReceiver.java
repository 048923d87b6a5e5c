package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that webhooks tell what happens. One time in five it takes nothing. */
final class EventReceiver implements AutoCloseable {

    private static final int REFUSED_OF = 5;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chaos-receiver");
        thread.setDaemon(true);
        return thread;
    });
    private final Random random;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();

    EventReceiver(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/events", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** @param type as video.ready */
    boolean wasTold(String videoId, String type) {
        return told.contains(videoId + " " + type);
    }

    int events() {
        return told.size();
    }

    int refused() {
        return refused.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = Rest.JSON.readTree(exchange.getRequestBody());
            boolean takes = random.nextInt(REFUSED_OF) > 0;
            if (takes) {
                told.add(event.at("/data/video/video_id").asText() + " "
                        + event.path("type").asText());
            } else {
                refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(takes ? 204 : 503, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
