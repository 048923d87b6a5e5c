package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Camel's own command line attaches to a service through files below the home folder: this does what it does. */
class CamelToolsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    @ExtendWith(SharedPlatform.class)
    void areShutOutUnlessADeveloperAsksForThem(PlatformProcess platform) {
        platform.awaitLine("Caravan is ready");

        assertThat(Path.of(System.getProperty("user.home"), ".camel"))
                .satisfiesAnyOf(home -> assertThat(home).doesNotExist(), home -> assertThat(Files.list(home))
                        .noneMatch(file -> file.getFileName().toString().startsWith(platform.process.pid() + "-")));
    }

    @Test
    void seeAndSteerTheServiceThatADeveloperNames() throws IOException {
        try (PlatformProcess platform = PlatformProcess.start(
                folder.resolve("data"),
                PlatformProcess.freePort(),
                Map.of(
                        "CARAVAN_CLI", "user",
                        "CARAVAN_SERVICES", "user,authentication",
                        "JAVA_TOOL_OPTIONS", "-Duser.home=" + folder),
                "--no-demo")) {
            Path tools = folder.resolve(".camel");
            Path status = tools.resolve(platform.process.pid() + "-status.json");

            await().atMost(SOON).until(() -> stateOf(status, "user-find-by-id"), "Started"::equals);
            assertThat(Client.JSON.readTree(status.toFile()).at("/context/name").asText())
                    .isEqualTo("user");

            Files.writeString(
                    tools.resolve(platform.process.pid() + "-action.json"),
                    "{\"action\": \"route\", \"id\": \"user-find-by-id\", \"command\": \"stop\"}");

            await().atMost(SOON).until(() -> stateOf(status, "user-find-by-id"), "Stopped"::equals);
        }
    }

    private static String stateOf(Path status, String route) {
        try {
            JsonNode routes = Client.JSON.readTree(status.toFile()).path("routes");
            return StreamSupport.stream(routes.spliterator(), false)
                    .filter(found -> found.path("routeId").asText().equals(route))
                    .map(found -> found.path("state").asText())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return ""; // Not there yet, or being written.
        }
    }
}
