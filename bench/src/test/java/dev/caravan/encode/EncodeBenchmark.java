package dev.caravan.encode;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * When a video can be played, how fast that grows, and what it costs: all sizes at once and nothing played before (the
 * baseline), the smallest size first, and all sizes growing together. {@code ./caravan bench encode} runs it.
 */
class EncodeBenchmark extends EncodeTestBase {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 3);

    /** Name of the worker, and its {@code encode.first-renditions}. */
    private static final Map<String, Integer> WAYS = ways();

    private static Map<String, Integer> ways() {
        Map<String, Integer> ways = new LinkedHashMap<>();
        ways.put("atonce", 0);
        ways.put("first", 1);
        ways.put("together", 9);
        return ways;
    }

    /**
     * Seconds of one job.
     *
     * @param playable from the message to the first word that it can be played; to its end when there is none
     * @param speed seconds of video a second by which that grew; 0 when it did not
     * @param ready from the message to its end
     * @param processor of all programs together
     */
    private record Cost(double playable, double speed, double ready, double processor) {}

    @Test
    void saysWhenAVideoCanBePlayed() throws Exception {
        StringBuilder table = new StringBuilder(
                "\n| Clip | | playable, s | grows by, s a second | ready, s | processor, s |"
                        + " ready / at once | processor / at once |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        List<ConfigurableApplicationContext> workers = new ArrayList<>();
        try {
            for (Map.Entry<String, Integer> way : WAYS.entrySet()) {
                Map<String, String> properties = servers.properties(way.getKey());
                properties.put("encode.style.preset", "veryfast");
                properties.put("encode.max-size", "4GB");
                properties.put("encode.first-renditions", way.getValue().toString());
                workers.add(start(properties));
                measure(way.getKey(), "warm-up-" + way.getKey(), small());
            }
            for (String clip : List.of("854x480 30", "1280x720 30", "1920x1080 30")) {
                table.append(rows(clip));
            }
        } finally {
            workers.forEach(ConfigurableApplicationContext::close);
        }
        System.out.println(table);
    }

    private String rows(String name) throws Exception {
        String[] sizeAndSeconds = name.split(" ");
        // Noise, so that no codec has it easy.
        clips.make("-f lavfi -i testsrc2=s=" + sizeAndSeconds[0] + ":r=30:d=6,noise=alls=12:allf=t -f lavfi -i sine=d=6"
                + " -c:v libx264 -preset ultrafast -crf 23 -c:a aac six.mp4");
        Path clip = clips.make(
                "-stream_loop " + (Integer.parseInt(sizeAndSeconds[1]) / 6 - 1) + " -i six.mp4 -c copy bench.mp4");
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            for (String way : WAYS.keySet()) {
                costs.computeIfAbsent(way, any -> new ArrayList<>())
                        .add(measure(way, way + "-" + name.replace(' ', '-') + "-" + pair, clip));
            }
        }
        StringBuilder rows = new StringBuilder();
        List<Cost> base = costs.get("atonce");
        costs.forEach((way, ofIt) -> rows.append(String.format(
                Locale.ROOT,
                "| %s s | %s | %.1f | %.2f | %.1f | %.1f | %.2f | %.2f |%n",
                name.replace(" ", ", "),
                way,
                median(ofIt, Cost::playable),
                median(ofIt, Cost::speed),
                median(ofIt, Cost::ready),
                median(ofIt, Cost::processor),
                ratio(ofIt, base, Cost::ready),
                ratio(ofIt, base, Cost::processor))));
        System.out.print(rows);
        return rows.toString();
    }

    private Cost measure(String way, String id, Path clip) throws IOException {
        upload(id, clip);
        double processor = childrensSeconds();
        long start = System.nanoTime();
        List<double[]> told = new ArrayList<>();
        AtomicInteger heard = new AtomicInteger();
        bus.send(Servers.jobs(way), Messages.uploaded(id, ""));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            List<JsonNode> playable = bus.playable(id);
            for (JsonNode each : playable.subList(heard.get(), playable.size())) {
                told.add(new double[] {
                    since(start), each.path("playable_until_ms").asDouble() / 1000
                });
            }
            heard.set(playable.size());
            return bus.hasOutcome(id);
        });
        double ready = since(start);
        if (!key(bus.outcome(id)).equals("VideoEncodingCompleted")) {
            throw new IllegalStateException(id + " was not encoded");
        }
        double playable = told.isEmpty() ? ready : told.get(0)[0];
        double[] last = told.isEmpty() ? new double[2] : told.get(told.size() - 1);
        double speed = told.size() < 2 ? 0 : (last[1] - told.get(0)[1]) / (last[0] - playable);
        return new Cost(playable, speed, ready, childrensSeconds() - processor);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Processor time of this process's children that have ended, and of theirs (proc(5): cutime and cstime). */
    private static double childrensSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / (double) TICKS;
    }

    /** Of Linux, as user programs see them. */
    private static final long TICKS = TimeUnit.SECONDS.toMillis(1) / 10;

    private static double ratio(List<Cost> costs, List<Cost> base, ToDoubleFunction<Cost> of) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < costs.size(); i++) {
            ratios.add(of.applyAsDouble(costs.get(i)) / of.applyAsDouble(base.get(i)));
        }
        return ratios.stream().sorted().toList().get(ratios.size() / 2);
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
        return costs.stream().mapToDouble(of).sorted().toArray()[costs.size() / 2];
    }
}
