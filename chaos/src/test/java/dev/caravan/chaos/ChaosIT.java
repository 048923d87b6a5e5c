package dev.caravan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A share of the named points, every fault of a server, and some chance, on the servers of this machine where there are any, else on embedded
 * ones: {@code ./caravan chaos} takes all of them, on both.
 */
class ChaosIT {

    private static final Path ROOT = Path.of(System.getProperty("caravan.root"));
    private static final String SHARE = System.getProperty("caravan.chaos.points", "2");

    @Test
    void nothingIsLostWhateverBreaks() throws Exception {
        String servers = FoundServers.areThere() ? "real" : "embedded";
        Options options = Options.parse(
                "--seed",
                "2",
                "--servers",
                servers,
                "--points",
                SHARE,
                "--minutes",
                "0.3",
                "--work",
                ROOT.resolve("chaos/target/chaos").toString());
        List<String> said = new ArrayList<>();

        boolean clean = new Chaos(options, ROOT, text -> {
                    System.out.println(text);
                    said.add(text);
                })
                .on(servers);

        assertThat(clean).as(String.join("\n", said)).isTrue();
    }
}
