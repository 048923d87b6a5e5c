package dev.caravan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nobody may read anywhere: what clients used, and what a platform made for itself. */
final class Secrets {

    private static final Pattern SIGNED =
            Pattern.compile("[?&](?:Signature|Policy|X-Amz-Signature|X-Amz-Credential)=([^&\\s\"]+)");

    private Secrets() {}

    /** Rightly and wrongly, so that failures are logged too. */
    static void use(PlatformProcess platform, Set<String> secrets) {
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
    static List<String> keys(PlatformProcess platform) throws IOException {
        Stream<Path> files;
        try (Stream<Path> keys = Files.list(platform.data.resolve("keys"))) {
            files = Stream.concat(
                    keys.toList().stream(),
                    Stream.of("postgresql/password", "redis/password", "amqp/password")
                            .map(platform.data::resolve))
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

    static Map<Path, String> logs(PlatformProcess platform) throws IOException {
        try (Stream<Path> files = Files.walk(platform.data, 2)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.log(\\.json)?"))
                    .collect(java.util.stream.Collectors.toMap(file -> file, Secrets::read));
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
