package dev.caravan.encode;

import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks once, at the start, whether there is an ffmpeg that can do the work, and says so and in what jail where an operator looks. */
@Component
class FfmpegHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(FfmpegHealth.class);
    private static final List<String> ENCODERS = List.of("libx264", "libwebp");

    private final EncodeProperties properties;
    private final Programs programs;
    private volatile @Nullable String problem;

    FfmpegHealth(EncodeProperties properties, Programs programs) {
        this.properties = properties;
        this.programs = programs;
    }

    @EventListener(ApplicationStartedEvent.class)
    void look() throws InterruptedException {
        problem = problem();
        if (problem != null) {
            log.error("Nothing can be encoded: {}", problem);
        }
    }

    @Override
    public Health health() {
        String found = problem;
        Health.Builder health = found == null ? Health.up() : Health.down().withDetail("problem", found);
        return health.withDetail("jail", programs.jail()).build();
    }

    private @Nullable String problem() throws InterruptedException {
        String program = properties.ffmpeg();
        try {
            Outcome outcome = programs.run(
                    List.of(program, "-hide_banner", "-v", "error", "-encoders"),
                    properties.workFolder(),
                    properties.probeTimeout());
            if (!outcome.isSuccess()) {
                return program + " does not start (encode.ffmpeg): " + outcome.errorLine();
            }
            return ENCODERS.stream()
                    .filter(encoder -> !outcome.output().contains(" " + encoder + " "))
                    .findFirst()
                    .map(encoder -> program + " has no " + encoder + " (encode.ffmpeg)")
                    .orElse(null);
        } catch (IOException e) {
            return program + " does not start (encode.ffmpeg): " + e.getMessage();
        }
    }
}
