package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.upload.direct.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Direct uploads that are several times as large as the heap of the service, which runs in a virtual machine of its own.
 *
 * <p>With {@code JAVA_TOOL_OPTIONS="-Dflat-heap.mebibytes=3072 -Dflat-heap.most=256m"} it is two files of 2 GiB and 1 GiB.
 */
class FlatHeapIT extends UploadTestBase {

    private static final int MEBIBYTE = 1 << 20;
    private static final int MEBIBYTES = Integer.getInteger("flat-heap.mebibytes", 300);
    private static final String MOST = System.getProperty("flat-heap.most", "96m");
    private static final Path FOLDER = Path.of("target", "flat-heap").toAbsolutePath();

    private final int port = FreePorts.pick();
    private Process service;

    @BeforeEach
    void startService() throws IOException {
        Files.createDirectories(FOLDER);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + MOST,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + FOLDER.resolve("gc.log"),
                "-Djava.io.tmpdir=" + FOLDER,
                "-cp",
                System.getProperty("java.class.path"),
                UploadApplication.class.getName(),
                "--server.port=" + port,
                "--upload.port=" + FreePorts.pick(),
                "--caravan.production=false"));
        Servers.get().properties().forEach((name, value) -> command.add("--" + name + "=" + value));
        service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("service.log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> status("/health") == 200);
    }

    @AfterEach
    void stopService() throws InterruptedException {
        service.destroy();
        if (!service.waitFor(20, TimeUnit.SECONDS)) {
            service.destroyForcibly();
        }
        stored().forEach(key ->
                s3.deleteObject(request -> request.bucket(Servers.BUCKET).key(key)));
    }

    @Test
    void storesUploadsThatAreLargerThanTheHeapAndSpoolsNothingToDisk() throws Exception {
        int inForm = MEBIBYTES * 2 / 3;
        int raw = MEBIBYTES - inForm;
        byte[] form = new Form()
                .field("title", "In a form")
                .field("description", "d")
                .file("video", new byte[0])
                .body();
        // The form's end, from the line break after the content on.
        int end = form.length - Form.bytes("\r\n------boundary--\r\n").length;

        CompletableFuture<HttpResponse<String>> first = post(
                "",
                Form.TYPE,
                () -> sequence(
                        new ByteArrayInputStream(form, 0, end),
                        video(inForm),
                        new ByteArrayInputStream(form, end, 100)));
        CompletableFuture<HttpResponse<String>> second =
                post("?title=Raw&description=d", "video/mp4", () -> video(raw));

        assertThat(size(first.get(10, TimeUnit.MINUTES))).isEqualTo((long) inForm * MEBIBYTE);
        assertThat(size(second.get(10, TimeUnit.MINUTES))).isEqualTo((long) raw * MEBIBYTE);
        assertThat(service.isAlive()).isTrue();
        try (var files = Files.walk(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(10L * MEBIBYTE);
        }
    }

    private long size(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String video =
                JSON.readTree(response.body()).path("data").path("video_id").asText();
        return s3.headObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + video))
                .contentLength();
    }

    private CompletableFuture<HttpResponse<String>> post(
            String query, String type, java.util.function.Supplier<InputStream> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/videos/upload" + query))
                .header("x-user-id", Integer.toString(ANN))
                .header("content-type", type)
                .POST(BodyPublishers.ofInputStream(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** The same mebibyte again and again. */
    private static InputStream video(int mebibytes) {
        byte[] mebibyte = Form.video(MEBIBYTE);
        return sequence(Collections.nCopies(mebibytes, mebibyte).stream()
                .map(ByteArrayInputStream::new)
                .toArray(InputStream[]::new));
    }

    private static InputStream sequence(InputStream... streams) {
        return new SequenceInputStream(Collections.enumeration(List.of(streams)));
    }
}
