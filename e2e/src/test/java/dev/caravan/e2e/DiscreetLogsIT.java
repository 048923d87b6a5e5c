package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever was used on a platform, its logs tell nobody a secret. */
@ExtendWith(SharedPlatform.class)
class DiscreetLogsIT {

    /** What a shorter text would be found by chance as. */
    private static final int SHORTEST = 12;

    @Test
    void tellNoSecretThatTheTestsOrThePlatformUsed(PlatformProcess platform) throws IOException {
        Set<String> secrets = new LinkedHashSet<>();
        Secrets.use(platform, secrets);
        secrets.addAll(Secrets.keys(platform));
        secrets.addAll(Client.secrets());
        secrets.removeIf(secret -> secret.length() < SHORTEST);
        assertThat(secrets).hasSizeGreaterThan(15);

        Map<Path, String> logs = Secrets.logs(platform);

        assertThat(logs.keySet())
                .extracting(log -> log.getFileName().toString())
                .contains("caravan.log", "caravan.log.json");
        logs.forEach((file, text) -> assertThat(secrets.stream().filter(text::contains))
                .as("secrets in %s", file)
                .isEmpty());
    }

    @Test
    void areLinesOfJsonOfAllServices(PlatformProcess platform) throws IOException {
        platform.awaitLine("Watch it: ");
        Set<String> services = new LinkedHashSet<>();
        for (String line : Files.readAllLines(platform.data.resolve("logs/caravan.log.json"))) {
            JsonNode json = Client.JSON.readTree(line);
            assertThat(json.path("time").asText()).as(line).isNotEmpty();
            assertThat(json.path("level").asText()).as(line).isNotEmpty();
            services.add(json.path("service").asText());
        }
        assertThat(services).contains("platform", "encode");
    }
}
