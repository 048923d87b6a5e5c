package dev.caravan.videocatalog.playback;

import dev.caravan.videocatalog.signature.CdnProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Measures what of the reports of players was new: the rows in the body. What players call an edge, a rendition or an error
 * becomes one of a few words that are known here; which video it was is in the log.
 */
@Component
final class MeasurePlayback implements Processor {

    private static final Logger log = LoggerFactory.getLogger(MeasurePlayback.class);

    private static final String OTHER = "other";
    private static final Set<Integer> HEIGHTS = Set.of(240, 360, 480, 720, 1080);
    private static final List<String> KINDS = List.of("key", "manifest", "level", "frag", "buffer", OTHER);

    private final MeterRegistry meters;
    private final String edge;

    MeasurePlayback(MeterRegistry meters, CdnProperties cdn) {
        this.meters = meters;
        this.edge = Objects.requireNonNullElse(URI.create(cdn.url()).getAuthority(), OTHER);
        // From the start, so that the first one is seen as a rise.
        meters.timer("playback.first.frame", "edge", edge);
        meters.counter("playback.reports");
        meters.counter("playback.stalls", "edge", edge, "rendition", OTHER);
        meters.counter("playback.watched.seconds", "edge", edge, "rendition", OTHER);
        meters.counter("playback.errors", "edge", edge, "kind", OTHER);
    }

    @Override
    public void process(Exchange exchange) {
        for (Object row : exchange.getMessage().getBody(List.class)) {
            measure((Map<?, ?>) row);
        }
    }

    private void measure(Map<?, ?> row) {
        Object video = row.get("video_id");
        String from = edge.equals(row.get("edge")) ? edge : OTHER;
        int height = row.get("height") instanceof Integer lines ? lines : 0;
        String rendition = HEIGHTS.contains(height) ? height + "p" : OTHER;
        Tags tags = Tags.of("edge", from, "rendition", rendition);
        meters.counter("playback.reports").increment();
        if (row.get("watched_ms") instanceof Integer watched && watched > 0) {
            meters.counter("playback.watched.seconds", tags).increment(watched / (double) TimeUnit.SECONDS.toMillis(1));
        }
        if (row.get("first_frame_ms") instanceof Integer milliseconds) {
            meters.timer("playback.first.frame", "edge", from).record(milliseconds, TimeUnit.MILLISECONDS);
            log.info("Playback of video {} began after {} ms, from {}", video, milliseconds, from);
        }
        if (Boolean.TRUE.equals(row.get("stalled"))) {
            meters.counter("playback.stalls", tags).increment();
            log.info("Playback of video {} stalled at {}, from {}", video, rendition, from);
        }
        if (row.get("error") instanceof String error) {
            meters.counter("playback.errors", "edge", from, "kind", kind(error)).increment();
            log.info("Playback of video {} failed by {}, from {}", video, error, from);
        }
    }

    /** The errors of hls.js are named by what they are about: fragLoadError, manifestLoadTimeOut, bufferStalledError. */
    private static String kind(String error) {
        String name = error.toLowerCase(Locale.ROOT);
        return KINDS.stream().filter(name::startsWith).findFirst().orElse(OTHER);
    }
}
