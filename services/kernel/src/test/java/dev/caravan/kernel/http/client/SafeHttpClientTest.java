package dev.caravan.kernel.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SafeHttpClientTest {

    private static final String LOOPBACK = "127.0.0.0/8";

    private final List<HttpExchange> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private SafeHttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            asked.add(exchange);
            byte[] body = "Hello".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = client(List.of(LOOPBACK), SafeHttpClientTest::resolve);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
    }

    @Test
    void readsWhatAServerSends() throws IOException {
        try (HttpAnswer answer = client.get(here("/a?b=c"), Map.of("Range", "bytes=1-"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-length")).isEqualTo("5");
            assertThat(answer.header("etag")).isNull();
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("Hello");
        }
        HttpExchange exchange = asked.get(0);
        assertThat(exchange.getRequestURI()).hasToString("/a?b=c");
        assertThat(exchange.getRequestHeaders().getFirst("Range")).isEqualTo("bytes=1-");
        assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isNull();
        assertThat(exchange.getRequestHeaders().getFirst("Cookie")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0.0.0.0/",
                "http://10.1.2.3/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://172.31.0.1/",
                "http://192.168.1.1/",
                "http://192.0.0.8/",
                "http://198.19.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://[::]/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::127.0.0.1]/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001::1]/",
                "http://[2001:db8::1]/",
                "http://localhost/",
                "https://LOCALHOST./"
            })
    void asksNobodyWhomNotEverybodyReaches(String url) {
        SafeHttpClient strict = client(List.of(), SafeHttpClientTest::resolve);
        assertThatThrownBy(() -> strict.get(URI.create(url), Map.of()))
                .isInstanceOfAny(UrlRefusedException.class, UnknownHostException.class);
    }

    @Test
    void sendsNothingMoreOnceItIsStopped() throws IOException {
        assertThat(client.post(here("/a"), Map.of(), new byte[] {1}, 10).status())
                .isEqualTo(200);
        client.stopPosts();

        assertThatThrownBy(() -> client.post(here("/a"), Map.of(), new byte[] {1}, 10))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksNoAddressOfItsOwnMachine() throws IOException {
        SafeHttpClient strict = client(List.of(), SafeHttpClientTest::resolve);
        List<InetAddress> own = new ArrayList<>();
        java.net.NetworkInterface.networkInterfaces()
                .forEach(network -> network.inetAddresses().forEach(own::add));
        assertThat(own).isNotEmpty().allSatisfy(address -> {
            String host = address.getHostAddress().replaceAll("%.*", "");
            URI url = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + "/");
            assertThatThrownBy(() -> strict.get(url, Map.of())).isInstanceOf(UrlRefusedException.class);
        });
    }

    @Test
    void asksNoNameOfWhichOneAddressIsNotPublic() {
        SafeHttpClient strict =
                client(List.of(), host -> new InetAddress[] {address("192.88.98.7"), address("10.0.0.1")});
        assertThatThrownBy(() -> strict.get(URI.create("http://mixed.example/"), Map.of()))
                .isInstanceOf(UrlRefusedException.class)
                .hasMessage("The server is at an address that is not asked.");
    }

    /** DNS rebinding: what is checked is what is connected to. */
    @Test
    void asksTheAddressThatItHasChecked() throws IOException {
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "10.0.0.1", "10.0.0.1"));
        SafeHttpClient rebound = client(List.of(LOOPBACK), host -> new InetAddress[] {address(answers.pop())});
        try (HttpAnswer answer = rebound.get(named("rebinding.example"), Map.of())) {
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(answers).hasSize(2);
        assertThatThrownBy(() -> rebound.get(named("rebinding.example"), Map.of()))
                .isInstanceOf(UrlRefusedException.class);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.com/a",
                "jar:http://example.com!/a",
                "//example.com/a",
                "a",
                "http:a",
                "http:///a",
                "http://user@example.com/",
                "http://user:secret@example.com/",
                "gopher://example.com/"
            })
    void asksOnlyForWhatHttpHas(String url) {
        assertThatThrownBy(() -> client.get(URI.create(url), Map.of())).isInstanceOf(UrlRefusedException.class);
    }

    @Test
    void followsRedirectsThatItWouldAskFor() throws IOException {
        redirect("/1", "/2");
        redirect("/2", "3");
        redirect("/3", here("/end").toString());
        try (HttpAnswer answer = client.get(here("/1"), Map.of("Range", "bytes=1-"))) {
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(asked.get(0).getRequestURI()).hasToString("/end");
        assertThat(asked.get(0).getRequestHeaders().getFirst("Range")).isEqualTo("bytes=1-");
    }

    @Test
    void followsNoFourthRedirect() {
        redirect("/0", "/1");
        redirect("/1", "/2");
        redirect("/2", "/3");
        redirect("/3", "/end");
        assertThatThrownBy(() -> client.get(here("/0"), Map.of()))
                .isInstanceOf(UrlRefusedException.class)
                .hasMessage("The server redirects more than 3 times.");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/",
                "file:///etc/passwd",
                "http://a:b@127.0.0.1/",
                "http://[::1]/",
                "http://",
                "%zz"
            })
    void looksAtEachRedirect(String to) {
        redirect("/away", to);
        assertThatThrownBy(() -> client.get(here("/away"), Map.of())).isInstanceOf(UrlRefusedException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void waitsForNoAnswerThatDrips() throws IOException {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread dripping = new Thread(() -> drip(slow));
            dripping.setDaemon(true);
            dripping.start();
            URI url = URI.create("http://127.0.0.1:" + slow.getLocalPort() + "/");
            assertThatThrownBy(() -> client.get(url, Map.of()))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("The server did not answer in time");
        }
    }

    @Test
    void leavesWhatIsLeftOfABodyUnread() throws IOException {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, Long.MAX_VALUE);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[65536]);
                }
            }
        });
        HttpAnswer answer = client.get(here("/endless"), Map.of());
        assertThat(answer.body().readNBytes(10)).hasSize(10);
        answer.close();
    }

    @Test
    void tellsABodyThatBrokeOffFromOneThatEnded() {
        server.createContext("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[4]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        assertThatThrownBy(() -> {
                    try (HttpAnswer answer = client.get(here("/cut"), Map.of())) {
                        answer.body().readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void readsNetworksOnly() {
        assertThatThrownBy(() -> client(List.of("10.0.0.1"), SafeHttpClientTest::resolve))
                .hasMessage("10.0.0.1 is no network: write it as 10.1.0.0/16");
    }

    /** A byte of its header now and then. */
    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('a');
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void redirect(String from, String to) {
        server.createContext(from, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private URI here(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private URI named(String host) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private static SafeHttpClient client(List<String> allowed, ThrowingResolver resolver) {
        return new SafeHttpClient(
                new SafeHttpProperties(allowed, Duration.ofSeconds(5), Duration.ofSeconds(2)), new DnsResolver() {
                    @Override
                    public InetAddress[] resolve(String host) throws UnknownHostException {
                        return resolver.resolve(host);
                    }

                    @Override
                    public String resolveCanonicalHostname(String host) {
                        return host;
                    }
                });
    }

    private interface ThrowingResolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
