package dev.caravan.kernel.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks servers that users name. A URL has to be of http or https and without credentials, and each address of its host public; of
 * up to three redirects each is looked at in the same way. Nothing is kept between requests: no cookie, no connection. Proxies that
 * the environment names are not asked.
 */
public final class SafeHttpClient implements AutoCloseable {

    private static final int MOST_REDIRECTS = 3;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int LAST_PORT = 65_535;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final CloseableHttpClient client;
    private final Executor deadline;
    private final Set<HttpPost> posts = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    SafeHttpClient(SafeHttpProperties properties, DnsResolver resolver) {
        Timeout connect = Timeout.of(properties.connectTimeout());
        Timeout answer = Timeout.of(properties.answerTimeout());
        this.deadline =
                CompletableFuture.delayedExecutor(properties.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new PublicAddresses(resolver, properties.allowedNetworks()))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(answer)
                                .build())
                        .setMaxConnTotal(Integer.MAX_VALUE)
                        .setMaxConnPerRoute(Integer.MAX_VALUE)
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(answer).build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Caravan")
                .build();
    }

    /**
     * Asks for what is at a URL.
     *
     * @param headers of the request
     * @return the answer, whatever its status, to be closed; its body is not read yet
     * @throws UrlRefusedException for a URL, or a redirect to one, that is not asked
     * @throws IOException when there is no answer
     */
    public HttpAnswer get(URI url, Map<String, String> headers) throws IOException {
        URI next = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            check(next);
            HttpAnswer answer = ask(next, headers);
            String location = REDIRECTS.contains(answer.status()) ? answer.header("Location") : null;
            if (location == null) {
                return answer;
            }
            answer.close();
            next = resolve(next, location);
        }
        throw new UrlRefusedException("The server redirects more than " + MOST_REDIRECTS + " times.");
    }

    /** @throws UrlRefusedException for what no server would be asked for */
    public static void check(URI url) throws UrlRefusedException {
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw new UrlRefusedException("Only http and https are asked.");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            throw new UrlRefusedException("The URL names no server.");
        }
        if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
            throw new UrlRefusedException("The URL names no port that there is.");
        }
        if (url.getRawUserInfo() != null) {
            throw new UrlRefusedException("The URL must not have a user or a password in it.");
        }
    }

    private HttpAnswer ask(URI url, Map<String, String> headers) throws IOException {
        HttpGet request = new HttpGet(URI.create(url.toASCIIString()));
        headers.forEach(request::setHeader);
        try (Deadline limit = new Deadline(request)) {
            return execute(url, request, limit);
        }
    }

    /**
     * Sends something to a URL. No redirect is followed: what is sent is for that server alone.
     *
     * @param headers of the request, with its Content-Type
     * @param most bytes of the answer's body that are read
     * @return the answer, which is whole within the time that an answer may take to begin; what of its body comes later is not read
     * @throws UrlRefusedException for a URL that is not asked
     * @throws InterruptedIOException when {@link #stopPosts} was called before it was answered
     * @throws IOException when there is no answer
     */
    public HttpReply post(URI url, Map<String, String> headers, byte[] body, int most) throws IOException {
        check(url);
        HttpPost request = new HttpPost(URI.create(url.toASCIIString()));
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, null));
        posts.add(request);
        if (stopped) {
            request.cancel();
        }
        try (Deadline limit = new Deadline(request);
                HttpAnswer answer = execute(url, request, limit)) {
            return new HttpReply(answer.status(), answer.header("Retry-After"), begin(answer, most));
        } catch (IOException e) {
            if (stopped) {
                throw (InterruptedIOException) new InterruptedIOException("The service stops").initCause(e);
            }
            throw e;
        } finally {
            posts.remove(request);
        }
    }

    /** Ends what is being sent, and lets nothing more be sent. */
    public void stopPosts() {
        stopped = true;
        posts.forEach(HttpPost::cancel);
    }

    private static byte[] begin(HttpAnswer answer, int most) {
        byte[] begin = new byte[most];
        int length = 0;
        try {
            InputStream body = answer.body();
            for (int read = 0; read >= 0 && length < most; read = body.read(begin, length, most - length)) {
                length += read;
            }
        } catch (IOException e) {
            // It has said what counts.
        }
        return Arrays.copyOf(begin, length);
    }

    private HttpAnswer execute(URI url, HttpUriRequestBase request, Deadline limit) throws IOException {
        try {
            return new HttpAnswer(request, client.executeOpen(null, request, null));
        } catch (PublicAddresses.RefusedHostException e) {
            throw new UrlRefusedException("The server is at an address that is not asked.");
        } catch (UnknownHostException e) {
            throw new UnknownHostException("There is no server " + url.getHost());
        } catch (SSLException e) {
            if (e instanceof SSLPeerUnverifiedException || e.getCause() instanceof CertificateException) {
                throw new UrlRefusedException("The server does not prove who it is.");
            }
            throw e;
        } catch (IOException e) {
            throw limit.passed() ? new SocketTimeoutException("The server did not answer in time") : e;
        } catch (IllegalStateException e) {
            // What the library says of one that is cancelled while it is given a connection.
            if (!request.isCancelled()) {
                throw e;
            }
            throw limit.passed()
                    ? new SocketTimeoutException("The server did not answer in time")
                    : new IOException("The request was cancelled", e);
        }
    }

    /** Cancels a request that takes longer than an answer may take to begin. */
    private final class Deadline implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean passed;

        Deadline(HttpUriRequestBase request) {
            deadline.execute(() -> {
                if (over.compareAndSet(false, true)) {
                    passed = true;
                    request.cancel();
                }
            });
        }

        boolean passed() {
            return passed;
        }

        @Override
        public void close() {
            over.set(true);
        }
    }

    private static URI resolve(URI url, String location) throws UrlRefusedException {
        try {
            return url.resolve(location.strip().replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new UrlRefusedException("The server redirects to what is no URL.");
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
