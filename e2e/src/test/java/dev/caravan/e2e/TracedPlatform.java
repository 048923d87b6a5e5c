package dev.caravan.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A platform of one's own that tells its spans. */
final class TracedPlatform implements AutoCloseable {

    final OtlpReceiver receiver = new OtlpReceiver();
    final PlatformProcess platform;

    /** @param name of its folder */
    TracedPlatform(String name) throws IOException {
        Path data = Path.of("target/e2e", name).toAbsolutePath();
        SharedPlatform.delete(data);
        SharedPlatform.delete(Path.of(data + "-routes"));
        Files.createDirectories(data.getParent());
        platform = PlatformProcess.start(
                data,
                PlatformProcess.freePort(),
                Map.of("CARAVAN_TRACING_ENDPOINT", receiver.endpoint(), "CARAVAN_TRACING_SENDPERIOD", "PT0.2S"),
                "--no-demo");
    }

    @Override
    public void close() {
        try (receiver) {
            platform.close();
        }
    }
}
