package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is no HTTP, or HTTP of ill will, byte for byte. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "server.tomcat.connection-timeout=2s",
            "server.tomcat.keep-alive-timeout=2s"
        })
@DirtiesContext
class HostileRequestsTest {

    private static final StubServices SERVICES = new StubServices();
    private static final String POST = "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void nothingHasBeenCalled() {
        SERVICES.reset();
    }

    static Stream<Arguments> hostile() {
        String many = "x: y\r\n".repeat(200);
        return Stream.of(
                Arguments.of(
                        "chunks that are none", POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
                Arguments.of(
                        "a chunk of negative size",
                        POST + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
                Arguments.of(
                        "a chunk of endless size",
                        POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello"),
                Arguments.of("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
                Arguments.of(
                        "a length and chunks",
                        POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("an unknown transfer coding", POST + "Transfer-Encoding: evil\r\n\r\n{}"),
                Arguments.of("a negative length", POST + "Content-Length: -1\r\n\r\n{}"),
                Arguments.of("a length that is no number", POST + "Content-Length: 2e1\r\n\r\n{}"),
                Arguments.of("a compressed body", POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of("CONNECT", "CONNECT evil.example:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an unknown method", "EVIL /videos HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a method of no letters", "G{T /videos HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("no host", "GET /videos HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", "GET /videos HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                Arguments.of("a host of two", "GET /videos HTTP/1.1\r\nHost: a, b\r\n\r\n"),
                Arguments.of(
                        "another host than the absolute one",
                        "GET http://evil.example/nothing HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("the path of the absolute form", "GET http://a/nothing/here HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("dots", "GET /videos/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("encoded dots", "GET /assets/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(
                        "dots after a file",
                        "GET /assets/..%2f..%2fconfig/api-gateway.yaml HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an encoded slash", "GET /videos%2f3 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a backslash", "GET /videos\\3 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an encoded backslash", "GET /videos%5c3 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an encoded NUL", "GET /videos/%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a NUL", "GET /videos/\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("overlong UTF-8", "GET /videos/%c0%ae%c0%ae/x HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("half a character", "GET /assets/%e2%82 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a broken escape", "GET /videos/%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a broken escape in the query", "GET /videos?page=%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("path parameters", "GET /videos/mine;x-user-id=1 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(
                        "a huge header", "GET /videos HTTP/1.1\r\nHost: a\r\nx: " + "y".repeat(20_000) + "\r\n\r\n"),
                Arguments.of("a huge URL", "GET /videos?search=" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("many headers", "GET /videos HTTP/1.1\r\nHost: a\r\n" + many + "\r\n"),
                Arguments.of(
                        "many parameters", "GET /videos?" + "page=1&".repeat(1000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a header without a name", "GET /videos HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n"),
                Arguments.of("a header name with a blank", "GET /videos HTTP/1.1\r\nHost: a\r\nx y: z\r\n\r\n"),
                Arguments.of("a header with a NUL", "GET /videos HTTP/1.1\r\nHost: a\r\nx: \0\r\n\r\n"),
                Arguments.of("no HTTP", "\u0016\u0003\u0001\u0002\0\u0001\r\n\r\n"),
                Arguments.of("HTTP of another century", "GET /videos HTTP/9.9\r\nHost: a\r\n\r\n"),
                Arguments.of("an asterisk", "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an empty segment", "GET /videos//1 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an empty segment of a page", "GET /assets//app.js HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a segment's parameter", "GET /videos;a=b HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a session's id", "GET /health;jsessionid=1 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a dot", "GET /videos/./1 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("an encoded dot", "GET /videos/%2e/1 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("two dots within", "GET /nothing/../videos HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(
                        "the upload's path by another name",
                        "POST /videos/upload;x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("a slash after the upload's path", "GET /videos/upload/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(
                        "a form",
                        "POST /auth/login HTTP/1.1\r\nHost: a\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nemail=a"),
                Arguments.of("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("TRACE of an upload", "TRACE /videos/upload HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a method in small letters", "get /videos HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("another expectation", "GET /videos HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n"),
                Arguments.of("a target that is no path", "GET videos HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a fragment", "GET /videos#1 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("letters that are not escaped", "GET /videos/\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("bytes that are no UTF-8", "GET /videos/%ff HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("a host that is none", "GET /videos HTTP/1.1\r\nHost: [::1\r\n\r\n"),
                Arguments.of("a length beyond all lengths", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                Arguments.of("a huge method", "A".repeat(20_000) + " / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void answersWithProblemDetailsAndNothingOfTheInside(String name, String request) throws Exception {
        try (Raw raw = new Raw(port)) {
            String answer = raw.say(request.replaceFirst("Host: a\r\n", "Host: a\r\nConnection: close\r\n"))
                    .hearOut();

            assertThat(answer)
                    .matches("(?s)HTTP/1\\.1 (4\\d\\d|501|505) .*")
                    .contains("Content-Type: application/problem+json", "\"data\":{")
                    .doesNotContainIgnoringCase("exception", "tomcat", "apache", "\tat ", "<html", "invalid character");
        }
        assertThat(SERVICES.calls()).isEmpty();
    }

    @Test
    void echoesNothing() throws Exception {
        try (Raw raw = new Raw(port)) {
            String answer = raw.say("TRACE /videos HTTP/1.1\r\nHost: a\r\nx: secret\r\nConnection: close\r\n\r\n")
                    .hearOut();

            assertThat(answer)
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: ", "\"data\":{}")
                    .doesNotContain("secret");
        }
    }

    @Test
    void takesOneRequestForOneAlsoWhenItSaysTwoLengths() throws Exception {
        String smuggled = "GET /videos HTTP/1.1\r\nHost: a\r\n\r\n";
        try (Raw raw = new Raw(port)) {
            String answer = raw.say(
                            POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled)
                    .hearOut();

            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        }
    }

    @Test
    void takesNoAddressFromAHeader() throws Exception {
        try (Raw raw = new Raw(port)) {
            raw.say("GET /videos HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9\r\nForwarded: for=9.9.9.9\r\n"
                            + "X-Real-IP: 9.9.9.9\r\nConnection: close\r\n\r\n")
                    .hearOut();
        }

        assertThat(SERVICES.calls()).singleElement().satisfies(call -> assertThat(call.metadata())
                .containsEntry("x-client-address", "127.0.0.1"));
    }
}
