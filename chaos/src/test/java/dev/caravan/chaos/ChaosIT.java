package dev.caravan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A share of the named points, every fault of a server, and some chance: {@code ./caravan chaos} takes all of them. */
class ChaosIT {

    private static final Path ROOT = Path.of(System.getProperty("caravan.root"));
    private static final String SHARE = System.getProperty("caravan.chaos.points", "2");

    @ParameterizedTest(name = "nothing is lost, duplicated, stuck or left over on {0} servers, whatever breaks")
    @CsvSource({"embedded, 1", "real, 2"})
    void nothingIsLost(String servers, String seed) throws Exception {
        Options options = Options.parse(
                "--seed",
                seed,
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
