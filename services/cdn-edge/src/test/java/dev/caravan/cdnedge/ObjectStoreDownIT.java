package dev.caravan.cdnedge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The object store away for a while: route cdn-edge-object. */
class ObjectStoreDownIT extends EdgeServer {

    @Test
    void says503UntilTheStoreIsBack() {
        String path = "/encoded-videos/v1/init.mp4";
        put(path, "video/mp4", new byte[10]);
        ORIGINS.whileS3IsDown(() -> {
            var answer = get(signed(path));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "Retry-After")).isEqualTo("5");
            assertThat(get(path).statusCode()).isEqualTo(403);
        });
        assertThat(get(signed(path)).statusCode()).isEqualTo(200);
    }
}
