package dev.caravan.encode;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What it costs to read a video before it is encoded, to verify what was encoded and to make its storyboard, as shares of
 * what it took to encode it: all of one job, one after the other, as the routes of a worker with its defaults take. {@code ./caravan bench verify} runs it.
 */
class VerifyBenchmark extends EncodeTestBase {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 5);

    @Test
    void saysWhatVerifyingCosts() throws Exception {
        Map<String, String> properties = servers.properties("bench");
        properties.put("encode.style.preset", "veryfast");
        properties.put("encode.max-size", "4GB");
        StringBuilder table = new StringBuilder(
                "\n| Clip | read, s | encode, s | verify, s | storyboard, s | read / encode | verify / encode"
                        + " | storyboard / encode |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        try (ConfigurableApplicationContext worker = start(properties)) {
            // Warm, as a worker is.
            measure(worker, "warm-up", small());
            for (String size : List.of("1280x720", "1920x1080")) {
                for (int seconds : new int[] {6, 30}) {
                    table.append(row(worker, size, seconds));
                }
            }
        }
        System.out.println(table);
    }

    private String row(ConfigurableApplicationContext worker, String size, int seconds) throws Exception {
        // Noise, so that no codec has it easy.
        clips.make("-f lavfi -i testsrc2=s=" + size + ":r=30:d=6,noise=alls=12:allf=t -f lavfi -i sine=d=6"
                + " -c:v libx264 -preset ultrafast -crf 23 -c:a aac six.mp4");
        Path clip = clips.make("-stream_loop " + (seconds / 6 - 1) + " -i six.mp4 -c copy bench.mp4");
        List<Cost> costs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            costs.add(measure(worker, size + "-" + seconds + "-" + pair, clip));
        }
        String row = String.format(
                Locale.ROOT,
                "| %s, %d s | %.2f | %.2f | %.2f | %.2f | %.1f %% | %.1f %% | %.1f %% |%n",
                size,
                seconds,
                median(costs, Cost::read),
                median(costs, Cost::encode),
                median(costs, Cost::verify),
                median(costs, Cost::draw),
                100 * median(costs, cost -> cost.read() / cost.encode()),
                100 * median(costs, cost -> cost.verify() / cost.encode()),
                100 * median(costs, cost -> cost.draw() / cost.encode()));
        System.out.print(row);
        return row;
    }

    /** Seconds that one job took. */
    private record Cost(double read, double encode, double verify, double draw) {}

    private Cost measure(ConfigurableApplicationContext worker, String id, Path clip) {
        double readBefore = seconds(worker, "encode-plan");
        double renderedBefore = seconds(worker, "encode-render");
        double verifiedBefore = seconds(worker, "encode-verify");
        double drawnBefore = seconds(worker, "encode-make-storyboard");
        upload(id, clip);
        bus.send(Servers.jobs("bench"), Messages.uploaded(id, ""));
        await().atMost(PATIENCE).until(() -> bus.hasOutcome(id));
        if (!key(bus.outcome(id)).equals("VideoEncodingCompleted")) {
            throw new IllegalStateException(id + " was not encoded");
        }
        double verified = seconds(worker, "encode-verify") - verifiedBefore;
        return new Cost(
                seconds(worker, "encode-plan") - readBefore,
                seconds(worker, "encode-render") - renderedBefore - verified,
                verified,
                seconds(worker, "encode-make-storyboard") - drawnBefore);
    }

    private static double seconds(ConfigurableApplicationContext worker, String route) {
        return worker.getBean(MeterRegistry.class).find("camel.route.policy").tag("routeId", route).timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                .sum();
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
        return costs.stream().mapToDouble(of).sorted().toArray()[costs.size() / 2];
    }
}
