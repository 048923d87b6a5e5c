package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever was used on a platform, its logs tell nobody a secret. */
@ExtendWith(SharedPlatform.class)
class DiscreetLogsIT {

    /** What a shorter text would be found by chance as. */
    private static final int SHORTEST = 12;

    private static final Pattern SIGNED =
            Pattern.compile("[?&](?:Signature|Policy|X-Amz-Signature|X-Amz-Credential)=([^&\\s\"]+)");

    @Test
    void tellNoSecretThatTheTestsOrThePlatformUsed(PlatformProcess platform) throws IOException {
        Set<String> secrets = new LinkedHashSet<>();
        useThePlatform(platform, secrets);
        secrets.addAll(keys(platform));
        secrets.addAll(Client.secrets());
        secrets.removeIf(secret -> secret.length() < SHORTEST);
        assertThat(secrets).hasSizeGreaterThan(15);

        Map<Path, String> logs = logs(platform);

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

    /** Rightly and wrongly, so that failures are logged too. */
    private static void useThePlatform(PlatformProcess platform, Set<String> secrets) {
        Client ann = Client.registered(platform);
        Client anyone = Client.anonymous(platform);
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        signed(presigned.toString(), secrets);
        Client.put(presigned.path("video_url").asText(), Clips.video(platform, 2, "320x180"));
        ann.announce(presigned, "Discreet", "Nothing to see.");
        int id = ann.await("Discreet", "ready").path("id").asInt();
        JsonNode playback = ann.get("/videos/" + id).data();
        signed(playback.toString(), secrets);
        URI manifest = URI.create(playback.path("hls_url").asText());
        Client.send(HttpRequest.newBuilder(manifest).build());
        Client.send(HttpRequest.newBuilder(URI.create(manifest + "x")).build());
        Client.send(HttpRequest.newBuilder(
                        URI.create(manifest.toString().replace("encoded-videos", "encoded-videos/nothing")))
                .build());
        String wrong = "not-the-right-password";
        secrets.add(wrong);
        anyone.post("/auth/login", Map.of("email", "ann@example.com", "password", wrong));
        anyone.post("/auth/register", "{\"email\": \"x\", \"password\": \"" + wrong + "\", \"name\": }");
        String forged = ann.token().substring(0, ann.token().length() - 8) + "AAAAAAAA";
        secrets.add(forged);
        Client.send(HttpRequest.newBuilder(URI.create(platform.url() + "/profile"))
                .header("Authorization", "Bearer " + forged)
                .build());
    }

    private static void signed(String text, Set<String> secrets) {
        Matcher signature = SIGNED.matcher(text);
        while (signature.find()) {
            secrets.add(signature.group(1));
        }
    }

    /** What the platform made for itself at its first start. */
    private static List<String> keys(PlatformProcess platform) throws IOException {
        Stream<Path> files;
        try (Stream<Path> keys = Files.list(platform.data.resolve("keys"))) {
            files = Stream.concat(
                    keys.toList().stream(),
                    Stream.of("postgresql/password", "redis/password").map(platform.data::resolve))
                    .toList()
                    .stream();
        }
        return files.filter(file -> !file.getFileName().toString().contains("public"))
                .flatMap(file -> secretsIn(file).stream())
                .toList();
    }

    private static List<String> secretsIn(Path file) {
        try {
            String text = Files.readString(file);
            if (file.toString().endsWith(".json")) {
                // Of a key, what is private is its d.
                return Pattern.compile("\"d\"\\s*:\\s*\"([^\"]+)\"")
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
            }
            return text.lines()
                    .filter(line -> !line.startsWith("-----"))
                    .flatMap(line -> Stream.of(line.strip().split("[\\s:=]+")))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<Path, String> logs(PlatformProcess platform) throws IOException {
        try (Stream<Path> files = Files.walk(platform.data, 2)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.log(\\.json)?"))
                    .collect(java.util.stream.Collectors.toMap(file -> file, DiscreetLogsIT::read));
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
