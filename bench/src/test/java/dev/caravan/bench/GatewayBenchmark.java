package dev.caravan.bench;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * What a GET of a video costs at the gateway, REST in and gRPC out, beside the same {@link HandWrittenGateway by hand}: with
 * and without a token. Both ask the same {@link StubServices}. {@code ./caravan bench gateway} runs it.
 */
class GatewayBenchmark {

    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 7);
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 5);
    private static final int WARM_UP_SECONDS = Integer.getInteger("caravan.bench.warm-up", 60);
    private static final int CLIENTS = 16;
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx512m");
    private static final String TOKEN = "Authorization: Bearer " + "eyJhbGciOiJSUzI1NiJ9".repeat(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Wrk wrk = new Wrk(CLIENTS);
    private final int oursPort = FreePorts.pick();
    private final int theirsPort = FreePorts.pick();

    @Test
    void saysWhatARequestCosts() throws Exception {
        int stubPort = FreePorts.pick();
        String stub = "127.0.0.1:" + stubPort;
        StringBuilder table = new StringBuilder(
                "\n| Request | | gateway | by hand | ratio | of pairs |\n| --- | --- | --- | --- | --- | --- |\n");
        try (JavaProcess services = JavaProcess.program(
                        StubServices.class, FLAGS, Map.of(StubServices.PORT, String.valueOf(stubPort)));
                JavaProcess ours = JavaProcess.service("api-gateway", FLAGS, gateway(stub));
                JavaProcess theirs = JavaProcess.program(
                        HandWrittenGateway.class,
                        FLAGS,
                        Map.of(
                                HandWrittenGateway.PORT,
                                String.valueOf(theirsPort),
                                HandWrittenGateway.ADDRESS,
                                stub))) {
            areAlike();
            for (int port : new int[] {oursPort, theirsPort}) {
                wrk.run(url(port), WARM_UP_SECONDS);
                wrk.run(url(port), WARM_UP_SECONDS, TOKEN);
            }
            table.append(rows("anybody's", ours, theirs));
            table.append(rows("with a token", ours, theirs, TOKEN));
            table.append(String.format(
                    Locale.ROOT,
                    "| memory, MB | | %.0f | %.0f | %.2f | |%n",
                    ours.mebibytes(),
                    theirs.mebibytes(),
                    ours.mebibytes() / theirs.mebibytes()));
        }
        System.out.println(table);
    }

    private Map<String, String> gateway(String stub) {
        return Map.ofEntries(
                Map.entry("CARAVAN_PRODUCTION", "false"),
                Map.entry("SERVER_PORT", String.valueOf(oursPort)),
                Map.entry("SERVER_TOMCAT_MAXKEEPALIVEREQUESTS", "-1"),
                Map.entry("MANAGEMENT_SERVER_PORT", String.valueOf(FreePorts.pick())),
                Map.entry("VIDEO_CATALOG_ADDRESS", stub),
                Map.entry("AUTHENTICATION_ADDRESS", stub),
                Map.entry("API_GATEWAY_RATE_PER_ADDRESS", "1000000000"),
                Map.entry("API_GATEWAY_RATE_PER_USER", "1000000000"));
    }

    /** Both say the same, or one of them has it easy. */
    private void areAlike() throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> answers = new ArrayList<>();
        for (int port : new int[] {oursPort, theirsPort}) {
            await().atMost(Duration.ofMinutes(3))
                    .ignoreExceptions()
                    .until(() -> get(port).statusCode() == 200);
            answers.add(json.readTree(get(port).body()));
        }
        if (!answers.get(0).equals(answers.get(1))) {
            throw new IllegalStateException("They answer differently: " + answers);
        }
    }

    private static HttpResponse<String> get(int port) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url(port))).build(), BodyHandlers.ofString());
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/videos/1";
    }

    /** Of one run: answers a second, milliseconds, microseconds of processor time an answer. */
    private record Cost(double rate, double p99, double processor) {}

    private record Pair(Cost ours, Cost theirs) {}

    private String rows(String request, JavaProcess ours, JavaProcess theirs, String... headers) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            pairs.add(new Pair(cost(ours, url(oursPort), headers), cost(theirs, url(theirsPort), headers)));
        }
        String rows = row(request, "a second", pairs, Cost::rate)
                + row("", "99 of 100 within, ms", pairs, Cost::p99)
                + row("", "processor time, µs", pairs, Cost::processor);
        System.out.print(rows);
        return rows;
    }

    private Cost cost(JavaProcess process, String url, String... headers) throws Exception {
        double before = process.processorSeconds();
        Wrk.Load load = wrk.run(url, SECONDS, headers);
        return new Cost(load.rate(), load.p99(), (process.processorSeconds() - before) * 1e6 / load.requests());
    }

    private static String row(String request, String what, List<Pair> pairs, ToDoubleFunction<Cost> of) {
        double[] ratios = pairs.stream()
                .mapToDouble(pair -> of.applyAsDouble(pair.ours) / of.applyAsDouble(pair.theirs))
                .toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.2f | %.2f to %.2f |%n",
                request,
                what,
                median(pairs, pair -> of.applyAsDouble(pair.ours)),
                median(pairs, pair -> of.applyAsDouble(pair.theirs)),
                Figures.median(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> of) {
        return Figures.median(pairs.stream().mapToDouble(of).toArray());
    }
}
