package dev.caravan.cdnedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** More objects than there is room for: routes cdn-edge-object, cdn-edge-keep-object. */
@TestPropertySource(
        properties = {
            "cdn.cache.recheck-after=PT1H",
            "cdn.cache.size=800KB",
            // Camel keeps servlets by name for the whole virtual machine.
            "camel.component.servlet.servlet-name=full",
            "camel.servlet.mapping.servlet-name=full"
        })
class FullCacheIT extends EdgeServer {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CdnProperties properties;

    @Test
    void takesNoMoreRoomThanItMayAndCountsIt() throws Exception {
        byte[] last = {};
        for (int number = 0; number < 40; number++) {
            String path = "/encoded-videos/many/seg-" + number + ".m4s";
            last = stored(path, 60_000 + number);
            assertThat(get(signed(path)).body()).isEqualTo(last);
            assertThat(bytesOnDisk()).isLessThanOrEqualTo(800 << 10);
        }
        assertThat(meters.get("edge.cache.bytes").gauge().value()).isBetween(60_000.0, 800.0 * 1024);
        assertThat(meters.get("edge.cache.evictions").counter().count()).isPositive();
        assertThat(meters.get("edge.cache.lookups")
                        .tag("result", "miss")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(40);
        try (Stream<Path> files = Files.list(properties.cache().folder())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("lock")))
                    .allMatch(name -> name.matches("[0-9a-f]{64}-[0-9]+"));
        }
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(properties.cache().folder())) {
            // A file may go meanwhile.
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
