package dev.caravan.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private static final String TOKEN = "{\"data\": {\"token\": \"t\"}}";

    @TempDir
    Path folder;

    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer platform;
    private Path video;

    @BeforeEach
    void start() throws Exception {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", this::answer);
        platform.start();
        video = Files.writeString(folder.resolve("clip.mp4"), "a video");
        answer("/videos/upload/presigned-url", 200, """
                {"data": {"video_url": "%s/store", "video_id": "v", "thumbnail_id": "t"}}""".formatted(url()));
        answer("/store", 200, "");
        answer("/videos/upload/webhook", 200, "{}");
        answer(
                "/videos/mine",
                200,
                "{\"data\": {\"videos\": [{\"video_id\": \"v\", \"state\": \"ready\", \"id\": 7}]}}");
    }

    @AfterEach
    void stop() {
        platform.stop(0);
    }

    @Test
    void registersOnceAndLogsInFromThenOn() throws Exception {
        answer("/auth/register", 200, TOKEN);
        answer("/auth/login", 200, TOKEN);

        play();
        play();

        assertThat(calls).containsOnlyOnce("/auth/register").containsOnlyOnce("/auth/login");
        assertThat(said).filteredOn(line -> line.endsWith("/#/watch/7")).hasSize(2);
    }

    @Test
    void asksAPlatformAgainThatIsTooBusyToAnswer() throws Exception {
        answer("/auth/register", 504, "{}");
        answer("/auth/register", 409, "{}");
        answer("/auth/login", 503, "{}");
        answer("/auth/login", 200, TOKEN);

        play();

        assertThat(calls)
                .startsWith("/auth/register", "/auth/register", "/auth/login", "/auth/login")
                .endsWith("/videos/mine");
    }

    @Test
    void registersAnAccountThatThePlatformDoesNotKnowAnyMore() throws Exception {
        Files.writeString(
                folder.resolve("demo-account.json"), "{\"name\": \"n\", \"email\": \"e\", \"password\": \"p\"}");
        answer("/auth/login", 401, "{}");
        answer("/auth/register", 200, TOKEN);

        play();

        assertThat(calls).startsWith("/auth/login", "/auth/register");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        answer("/auth/register", 422, "{\"detail\": \"Some fields are not valid.\"}");

        assertThatThrownBy(this::play)
                .isInstanceOf(UsageException.class)
                .hasMessage("POST /auth/register answered 422: Some fields are not valid.");
        assertThat(calls).containsExactly("/auth/register");
    }

    private void play() throws InterruptedException {
        new Demo(url(), folder, said::add).play(video);
    }

    private String url() {
        return "http://127.0.0.1:" + platform.getAddress().getPort();
    }

    /** The last answer of a path is given again and again. */
    private void answer(String path, int status, String body) {
        answers.computeIfAbsent(path, any -> new ArrayDeque<>()).add(new Answer(status, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(path);
        Queue<Answer> left = answers.getOrDefault(path, new ArrayDeque<>(List.of(new Answer(404, "{}"))));
        Answer answer = left.size() > 1 ? left.remove() : left.element();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private record Answer(int status, String body) {}
}
