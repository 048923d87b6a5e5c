package dev.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a video goes through gateway and upload service into the object store, as a form and by tus, beside a PUT of the same bytes
 * to a presigned URL of the same store, one right after the other, on {@code ./caravan up}. {@code ./caravan bench upload} runs it.
 */
class UploadBenchmark {

    private static final int MEBIBYTE = 1 << 20;
    private static final int MEBIBYTES = Integer.getInteger("caravan.bench.mebibytes", 1024);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 5);
    private static final int WARM_UP_MEBIBYTES = 128;
    private static final String BOUNDARY = "------------------------bench";
    private static final Pattern PAUSE = Pattern.compile("->(\\d+)M\\(");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private String token = "";

    @Test
    void saysHowFastUploadsAre() throws Exception {
        Path collections = folder.resolve("gc.log");
        // Without the encoder, which would begin to work on what comes.
        Map<String, String> environment = Map.of(
                "CARAVAN_SERVICES",
                "user,authentication,upload,video-catalog,cdn-edge,api-gateway",
                "JDK_JAVA_OPTIONS",
                "-Xlog:gc:file=" + collections + " " + System.getProperty("caravan.bench.flags", ""));
        double[] presigned = new double[PAIRS];
        double[] direct = new double[PAIRS];
        double[] resumable = new double[PAIRS];
        double[] ofDirect = new double[PAIRS];
        double[] ofResumable = new double[PAIRS];
        try (UpProcess platform = UpProcess.start(folder.resolve("data"), environment)) {
            String password = Files.readString(platform.data.resolve("keys/admin-password"))
                    .strip();
            token = post(
                            platform,
                            "/auth/login",
                            "{\"email\":\"admin@caravan.example\",\"password\":\"" + password + "\"}")
                    .path("token")
                    .asText();
            presigned(platform, WARM_UP_MEBIBYTES);
            direct(platform, WARM_UP_MEBIBYTES);
            resumable(platform, WARM_UP_MEBIBYTES);
            int before = Files.readAllLines(collections).size();
            long live = liveBytes(platform);
            for (int pair = 0; pair < PAIRS; pair++) {
                presigned[pair] = presigned(platform, MEBIBYTES);
                direct[pair] = direct(platform, MEBIBYTES);
                resumable[pair] = resumable(platform, MEBIBYTES);
                ofDirect[pair] = direct[pair] / presigned[pair];
                ofResumable[pair] = resumable[pair] / presigned[pair];
                System.out.printf(Locale.ROOT, "%.1f %.1f %.1f%n", presigned[pair], direct[pair], resumable[pair]);
            }
            int peak = Files.readAllLines(collections).stream()
                    .skip(before)
                    .map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .mapToInt(pause -> Integer.parseInt(pause.group(1)))
                    .max()
                    .orElse(0);
            System.out.printf(
                    Locale.ROOT,
                    "%n%d MiB, presigned PUT %.0f MB/s%n| Way | MB/s | of the PUT | of pairs |%n| --- | --- | --- | --- |%n",
                    MEBIBYTES,
                    Figures.median(presigned));
            print("form", direct, ofDirect);
            print("tus", resumable, ofResumable);
            System.out.printf(
                    "heap before %d MiB, most after a collection %d, after %d%n",
                    live / MEBIBYTE, peak, liveBytes(platform) / MEBIBYTE);
        }
    }

    private static void print(String way, double[] rate, double[] ratio) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.2f to %.2f |%n",
                way,
                Figures.median(rate),
                Figures.median(ratio),
                Arrays.stream(ratio).min().orElseThrow(),
                Arrays.stream(ratio).max().orElseThrow());
    }

    private double presigned(UpProcess platform, int mebibytes) throws IOException {
        String url = post(platform, "/videos/upload/presigned-url", "")
                .path("video_url")
                .asText();
        HttpURLConnection put = (HttpURLConnection) URI.create(url).toURL().openConnection();
        put.setRequestMethod("PUT");
        return rate(platform, put, new byte[0], mebibytes, new byte[0], 200);
    }

    private double direct(UpProcess platform, int mebibytes) throws IOException {
        HttpURLConnection post = connection(platform, "/videos/upload");
        post.setRequestProperty("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        String head = Stream.of("title", "description")
                        .map(field -> "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field
                                + "\"\r\n\r\nBench\r\n")
                        .reduce("", String::concat)
                + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"video\"; filename=\"bench.mp4\"\r\n"
                + "Content-Type: video/mp4\r\n\r\n";
        String end = "\r\n--" + BOUNDARY + "--\r\n";
        return rate(
                platform,
                post,
                head.getBytes(StandardCharsets.US_ASCII),
                mebibytes,
                end.getBytes(StandardCharsets.US_ASCII),
                201);
    }

    /** In one request after the one that creates the upload. */
    private double resumable(UpProcess platform, int mebibytes) throws IOException {
        HttpURLConnection post = tus(platform, "/videos/upload/tus");
        post.setRequestProperty("Upload-Length", String.valueOf((long) mebibytes * MEBIBYTE));
        post.setRequestProperty("Upload-Metadata", "title QmVuY2g=");
        if (post.getResponseCode() != 201) {
            throw new IllegalStateException(post.getResponseCode() + " of the creation");
        }
        HttpURLConnection patch = tus(platform, post.getHeaderField("Location"));
        // Java's client knows no PATCH.
        patch.setRequestProperty("X-HTTP-Method-Override", "PATCH");
        patch.setRequestProperty("Upload-Offset", "0");
        patch.setRequestProperty("Content-Type", "application/offset+octet-stream");
        return rate(platform, patch, new byte[0], mebibytes, new byte[0], 204);
    }

    private HttpURLConnection tus(UpProcess platform, String path) throws IOException {
        HttpURLConnection request = connection(platform, path);
        request.setRequestProperty("Tus-Resumable", "1.0.0");
        return request;
    }

    /** MB a second, from the first byte that is sent to the answer; what was stored is removed. */
    private static double rate(
            UpProcess platform, HttpURLConnection request, byte[] head, int mebibytes, byte[] end, int expected)
            throws IOException {
        byte[] content = new byte[MEBIBYTE];
        new Random(1).nextBytes(content);
        byte[] beginning = content.clone();
        byte[] type = "\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(type, 0, beginning, 0, type.length);
        long start = System.nanoTime();
        request.setDoOutput(true);
        request.setFixedLengthStreamingMode((long) mebibytes * MEBIBYTE + head.length + end.length);
        try (OutputStream out = request.getOutputStream()) {
            out.write(head);
            for (int index = 0; index < mebibytes; index++) {
                out.write(index == 0 ? beginning : content);
            }
            out.write(end);
        }
        if (request.getResponseCode() != expected) {
            throw new IllegalStateException(request.getResponseCode() + " "
                    + new String(request.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        request.getInputStream().readAllBytes();
        double seconds = (System.nanoTime() - start) / 1e9;
        try (Stream<Path> files = Files.walk(platform.data.resolve("s3/objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        return (double) mebibytes * MEBIBYTE / 1e6 / seconds;
    }

    private JsonNode post(UpProcess platform, String path, String body) throws IOException {
        HttpURLConnection request = connection(platform, path);
        request.setRequestProperty("Content-Type", "application/json");
        request.setDoOutput(true);
        request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return JSON.readTree(request.getInputStream()).path("data");
    }

    private HttpURLConnection connection(UpProcess platform, String path) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(platform.url() + path).toURL().openConnection();
        request.setRequestMethod("POST");
        if (!token.isEmpty()) {
            request.setRequestProperty("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** After a full collection. */
    private static long liveBytes(UpProcess platform) throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(platform.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("Total"))
                .toList();
        histogram.waitFor();
        return Long.parseLong(lines.get(0).strip().split("\\s+")[2]);
    }
}
