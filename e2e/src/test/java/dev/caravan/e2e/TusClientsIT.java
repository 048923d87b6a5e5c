package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients of tus that know nothing of Caravan upload to it, and go on where they were cut off. */
@ExtendWith(SharedPlatform.class)
class TusClientsIT {

    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LOCATION = Pattern.compile("(?i)^location: *(\\S+)", Pattern.MULTILINE);
    private static final Pattern OFFSET = Pattern.compile("(?i)^upload-offset: *(\\d+)", Pattern.MULTILINE);

    @TempDir
    Path folder;

    private Client ann;
    private String endpoint;
    private Path film;

    @BeforeEach
    void makeAFilm(PlatformProcess platform) throws IOException {
        ann = Client.registered(platform);
        endpoint = platform.url() + "/videos/upload/tus";
        film = Files.write(folder.resolve("film.mp4"), film(platform));
    }

    @Test
    @Needs(Needs.Need.TUS_CLIENTS)
    void tusJsClientInNodeGoesOnInAnotherProcessAfterItWasKilled() throws Exception {
        Answer killed = run(node("Killed half-way", Integer.toString(10 * MIB)));
        assertThat(killed.code()).as(killed.said()).isEqualTo(137);

        Answer again = run(node("Killed half-way"));

        assertThat(again.code()).as(again.said()).isZero();
        List<String> requests = again.said().lines().toList();
        assertThat(requests.get(0).strip()).isEqualTo("HEAD");
        assertThat(requests).noneMatch(line -> line.startsWith("POST"));
        assertThat(requests.stream().filter(line -> line.startsWith("PATCH ")).findFirst())
                .hasValueSatisfying(first -> assertThat(Long.parseLong(first.substring("PATCH ".length())))
                        .isGreaterThanOrEqualTo(8 * MIB));
        assertStored("Killed half-way");
    }

    @Test
    @Needs({Needs.Need.BROWSER, Needs.Need.TUS_CLIENTS})
    void tusJsClientInABrowserGoesOnAfterTheTabWasLoadedAnew() throws Exception {
        try (PlayerPages pages = new PlayerPages();
                Browser browser = new Browser()) {
            browser.open(pages.url("tus"));
            browser.choose("file", film);
            browser.limitUpload(4 * MIB);
            browser.run("send(...arguments)", endpoint, ann.token(), "From another site");
            browser.await("offsets.length > 1", PATIENCE);

            browser.open(pages.url("tus") + "?again");
            browser.choose("file", film);
            browser.limitUpload(-1);
            browser.run("send(...arguments)", endpoint, ann.token(), "From another site");

            browser.await("end", PATIENCE);
            assertThat(browser.run("return end")).isEqualTo("success");
            assertThat(browser.number("offsets[0]")).isGreaterThanOrEqualTo(4 * MIB);
        }
        assertStored("From another site");
    }

    /** With the commands of docs/upload.md. */
    @Test
    void curlGoesOnWhereItWasCutOff() throws Exception {
        String metadata = "title " + Base64.getEncoder().encodeToString("By curl".getBytes(StandardCharsets.UTF_8))
                + ",visibility " + Base64.getEncoder().encodeToString("private".getBytes(StandardCharsets.UTF_8));
        Answer created = run(curl(
                "-i",
                "-X",
                "POST",
                endpoint,
                "-H",
                "Upload-Length: " + Files.size(film),
                "-H",
                "Upload-Metadata: " + metadata));
        String upload = URI.create(endpoint).resolve(found(LOCATION, created)).toString();

        Answer cutOff = run(append(upload, film, 0, "--limit-rate", "4M", "--max-time", "4"));
        assertThat(cutOff.code()).as(cutOff.said()).isEqualTo(28);
        // What came is stored when the service has seen that no more does.
        assertThat(await().atMost(PATIENCE).until(() -> offset(upload), stored -> stored > 0))
                .isLessThan(Files.size(film));
        // Whoever is told that the platform is busy asks where to go on, and does.
        await().atMost(PATIENCE).until(() -> goOn(upload).contains(" 204"));

        assertThat(ann.await("By curl", "ready").path("visibility").asText()).isEqualTo("private");
        assertStored("By curl");
    }

    private String goOn(String upload) throws Exception {
        byte[] bytes = Files.readAllBytes(film);
        long offset = offset(upload);
        Path rest = Files.write(folder.resolve("rest"), Arrays.copyOfRange(bytes, (int) offset, bytes.length));
        return run(append(upload, rest, offset, "-i")).said();
    }

    /** What is stored of an upload; 0 while it is not told. */
    private long offset(String upload) throws Exception {
        Matcher told = OFFSET.matcher(run(curl("-I", upload)).said());
        return told.find() ? Long.parseLong(told.group(1)) : 0;
    }

    /** Long enough to be cut off: what players skip follows the video. */
    private static byte[] film(PlatformProcess platform) {
        byte[] skipped = new byte[24 * MIB];
        new Random(7).nextBytes(skipped);
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(Clips.video(platform, 2, "320x180"));
        film.writeBytes(ByteBuffer.allocate(8)
                .putInt(skipped.length + 8)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .array());
        film.writeBytes(skipped);
        return film.toByteArray();
    }

    private void assertStored(String title) throws Exception {
        JsonNode video = ann.await(title, "ready");
        String path = "/videos/" + video.path("id").asInt();
        assertThat(ann.call("PATCH", path, Map.of("downloads", "source")).status())
                .isEqualTo(200);
        JsonNode source = await("the source")
                .atMost(PATIENCE)
                .until(
                        () -> ann.get(path + "/downloads").data(),
                        found -> found.path("state").asText().equals("ready"))
                .path("files");
        String url = "";
        for (JsonNode file : source) {
            url = file.path("rendition").asText().equals("source")
                    ? file.path("url").asText()
                    : url;
        }
        byte[] stored = Client.HTTP
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                .body();
        assertThat(sha256(stored)).isEqualTo(sha256(Files.readAllBytes(film)));
        assertThat(ann.get("/videos/mine").json().at("/data/total").asInt()).isOne();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private List<String> node(String title, String... killedAfter) {
        List<String> command = new ArrayList<>(List.of(
                "node",
                PlayerPages.FOLDER.resolve("tus.mjs").toString(),
                endpoint,
                ann.token(),
                film.toString(),
                folder.resolve("urls").toString(),
                title));
        command.addAll(List.of(killedAfter));
        return command;
    }

    private List<String> append(String upload, Path bytes, long offset, String... options) {
        List<String> command = curl("-X", "PATCH", upload, "-T", bytes.toString());
        command.addAll(
                List.of("-H", "Content-Type: application/offset+octet-stream", "-H", "Upload-Offset: " + offset));
        command.addAll(List.of(options));
        return command;
    }

    private List<String> curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-s",
                "--noproxy",
                "*",
                "-H",
                "Authorization: Bearer " + ann.token(),
                "-H",
                "Tus-Resumable: 1.0.0"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String found(Pattern pattern, Answer answer) {
        Matcher matcher = pattern.matcher(answer.said());
        assertThat(matcher.find()).as(answer.said()).isTrue();
        return matcher.group(1);
    }

    private record Answer(int code, String said) {}

    private static Answer run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), said);
    }
}
