package dev.caravan.cdnedge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is not served, and what pages are told: routes cdn-edge-http-endpoint, cdn-edge-serve, cdn-edge-preflight. */
class RefusalsIT extends EdgeServer {

    private static final String PATH = "/encoded-videos/v1/seg-1.m4s";

    @Autowired
    private MeterRegistry meters;

    @Test
    void refusesWhatIsUnsignedExpiredOrForAnotherPathAlike() {
        put(PATH, "video/mp4", new byte[10]);
        String expired =
                SIGNER.canned(CDN + PATH, Instant.now().minusSeconds(1)).substring(CDN.length());
        for (String url : new String[] {
            PATH,
            expired,
            PATH + "?" + query(signed("/encoded-videos/v2/x")),
            "/encoded-videos/v1/none",
            signed(PATH) + "&x"
        }) {
            var answer = get(url);
            if (url.endsWith("&x")) {
                assertThat(answer.statusCode()).isEqualTo(200);
                continue;
            }
            assertThat(answer.statusCode()).as(url).isEqualTo(403);
            assertThat(new String(answer.body(), UTF_8))
                    .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            + "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>\n");
        }
    }

    /** Whoever uploads has their addresses; what is made of them is elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"/raw-videos/r1", "/thumbnails/t1"})
    void neverServesWhatWasUploadedEvenWhenSigned(String path) {
        put(path, "image/jpeg", new byte[10]);
        String url = SIGNER.custom(CDN + path, "*", inAnHour());
        assertThat(get(url.substring(CDN.length())).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/encoded-videos/../raw-videos/r1",
                "/encoded-videos/v1/../../raw-videos/r1",
                "/encoded-videos/%2e%2e/raw-videos/r1",
                "/encoded-videos/%252e%252e/raw-videos/r1",
                "/encoded-videos//x",
                "/encoded-videos/x;y",
                "/encoded-videos/x%20y",
                "/",
                "/error",
                "/metrics",
                "/health"
            })
    void refusesPathsThatCouldMeanAnother(String path) throws IOException {
        String query = query(SIGNER.custom(CDN + "/x", "*", inAnHour()));
        assertThat(raw("GET " + path + "?" + query + " HTTP/1.1")).startsWith("HTTP/1.1 403 ");
    }

    /** Tomcat refuses these itself, before any of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/encoded-videos%2Fx",
                "/encoded-videos/%00",
                "/encoded-videos/%zz",
                "/encoded-videos/a\\b",
                "/encoded-videos/<"
            })
    void refusesPathsThatAreNone(String path) throws IOException {
        String query = query(SIGNER.custom(CDN + "/x", "*", inAnHour()));
        assertThat(raw("GET " + path + "?" + query + " HTTP/1.1"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: application/xml", "<Error><Code>InvalidRequest</Code>")
                .doesNotContain("Tomcat", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: evil\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nx y: z\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void refusesWhatIsNoRequestInTheWordsOfItsOtherRefusals(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .matches("(?s)HTTP/1.1 (400|501|505) .*")
                    .contains("Content-Type: application/xml", "<Error><Code>")
                    .doesNotContain("Tomcat", "Exception", "<html");
        }
    }

    @Test
    void servesNobodyByAForgedHost() throws IOException {
        put(PATH, "video/mp4", new byte[10]);
        String url = SIGNER.canned("https://evil.example.com" + PATH, inAnHour());
        assertThat(raw("GET " + PATH + "?" + query(url) + " HTTP/1.1", "X-Forwarded-Host: evil.example.com"))
                .startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE"})
    void takesNoOtherMethods(String method) throws IOException {
        assertThat(raw(method + " " + signed(PATH) + " HTTP/1.1", "Content-Length: 0"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD, OPTIONS", "Content-Type: application/xml", "<Code>MethodNotAllowed</Code>")
                .doesNotContain("<html");
    }

    @Test
    void answersAPreflightForEveryPage() {
        var answer = send(
                "OPTIONS",
                PATH,
                "Origin",
                "https://page.example.com",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "range,cmcd-object");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("range,cmcd-object");
        assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("86400");
    }

    @Test
    void letsEveryPageReadAnswersAndRefusals() {
        put(PATH, "video/mp4", new byte[10]);
        for (String url : new String[] {signed(PATH), PATH}) {
            var answer = get(url, "Origin", "https://page.example.com");
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(header(answer, "Access-Control-Expose-Headers"))
                    .contains("Content-Length", "Content-Range", "ETag");
        }
    }

    @Test
    void countsRefusalsByReason() {
        double unsigned = refused("UNSIGNED");
        double path = refused("PATH");
        get(PATH);
        get("/elsewhere");
        assertThat(refused("UNSIGNED")).isEqualTo(unsigned + 1);
        assertThat(refused("PATH")).isEqualTo(path + 1);
    }

    private double refused(String reason) {
        return meters.get("cdn.refused").tag("reason", reason).counter().count();
    }

    private static String query(String url) {
        return url.substring(url.indexOf('?') + 1);
    }

    /** For what a proper client would not send. */
    private String raw(String requestLine, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String request = requestLine + "\r\nHost: evil.example.com\r\nConnection: close\r\n"
                    + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
