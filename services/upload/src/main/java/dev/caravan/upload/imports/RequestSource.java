package dev.caravan.upload.imports;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.client.HttpAnswer;
import dev.caravan.kernel.http.client.RetryAfter;
import dev.caravan.kernel.http.client.SafeHttpClient;
import dev.caravan.kernel.http.client.UrlRefusedException;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.resumable.ResumableHeaders;
import dev.caravan.upload.resumable.ResumableRequest;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the server of an import for the file, from where the last try ended if it is still the same, and makes of the answer bytes
 * of its resumable upload. Reasons of faults: {@code SOURCE_UNAVAILABLE} and {@code SOURCE_TIMED_OUT} may be better later, {@code
 * URL_REFUSED}, {@code FETCH_FAILED}, {@code TOO_LARGE} and {@code NOT_VIDEO} not.
 */
@Component
final class RequestSource implements Processor {

    /** Of answers that may be another one later, beside all that begin with 5. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    /** Of answers to what is asked of a file that has changed. */
    private static final Set<Integer> CHANGED = Set.of(206, 412, 416);

    private static final int SERVER_ERROR = 500;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final SafeHttpClient client;
    private final RunningImports running;
    private final UploadProperties properties;

    RequestSource(SafeHttpClient client, RunningImports running, UploadProperties properties) {
        this.client = client;
        this.running = running;
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(ImportHeaders.STATUS);
        message.setHeader(ImportHeaders.RETRY_AFTER, 0);
        long received = message.getHeader(ResumableHeaders.RECEIVED, Long.class);
        long length = message.getHeader(ResumableHeaders.LENGTH, Long.class);
        if (message.getHeader(ImportHeaders.LENGTH_KNOWN, Boolean.class) && received == length) {
            // All of it came, and was not accepted yet.
            take(message, received, false, length, InputStream.nullInputStream(), 0);
            return;
        }
        String validator = message.getHeader(ImportHeaders.VALIDATOR, String.class);
        long known = message.getHeader(ImportHeaders.LENGTH_KNOWN, Boolean.class) ? length : -1;
        HttpAnswer answer = ask(message, validator == null ? 0 : received, validator);
        Source source = validator == null || received == 0
                ? Source.whole(answer)
                : Source.rest(answer, received, validator, known);
        if (source == null && validator != null && CHANGED.contains(answer.status())) {
            answer = ask(message, 0, null);
            source = Source.whole(answer);
        }
        if (source == null) {
            throw refuse(message, answer);
        }
        requireAsItIs(answer);
        check(source);
        long most = properties.maxSize().toBytes();
        message.setHeader(ImportHeaders.VALIDATOR, source.validator());
        message.setHeader(ImportHeaders.LENGTH_KNOWN, source.length() >= 0);
        message.setHeader(ImportHeaders.TYPE, source.type());
        take(
                message,
                source.begins(),
                source.begins() < received,
                source.length() < 0 ? most : source.length(),
                body(answer),
                source.length() < 0 ? -1 : source.length() - source.begins());
    }

    private static void take(
            Message message, long offset, boolean anew, long length, InputStream body, long contentLength) {
        message.setHeader(ImportHeaders.ANEW, anew);
        message.setHeader(ResumableHeaders.OFFSET, offset);
        message.setHeader(ResumableHeaders.LENGTH, length);
        message.setHeader(
                UploadHeaders.DECLARED, message.getHeader(ImportHeaders.LENGTH_KNOWN, Boolean.class) ? length : 0L);
        message.setBody(ResumableRequest.of(body, contentLength));
    }

    private static InputStream body(HttpAnswer answer) {
        try {
            return answer.body();
        } catch (IOException e) {
            throw later("SOURCE_UNAVAILABLE", "The server broke off before the file began.", 0);
        }
    }

    /** It was asked for, and what is unpacked has no length, no end that can be told, and no place to go on from. */
    private static void requireAsItIs(HttpAnswer answer) {
        String encoding = answer.header("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw ended("FETCH_FAILED", "The server sends the file packed, and was asked not to.");
        }
    }

    private HttpAnswer ask(Message message, long asked, @Nullable String validator) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "*/*", "Accept-Encoding", "identity"));
        if (asked > 0) {
            headers.put("Range", "bytes=" + asked + "-");
            headers.put("If-Range", Objects.requireNonNull(validator));
        }
        try {
            HttpAnswer answer = client.get(URI.create(message.getHeader(ImportHeaders.URL, String.class)), headers);
            running.reading(message.getHeader(ImportHeaders.CLAIM, UUID.class), answer);
            return answer;
        } catch (UrlRefusedException e) {
            throw ended("URL_REFUSED", e.getMessage());
        } catch (SocketTimeoutException e) {
            throw later("SOURCE_TIMED_OUT", "The server did not answer in time.", 0);
        } catch (UnknownHostException e) {
            throw later("SOURCE_UNAVAILABLE", e.getMessage() + ".", 0);
        } catch (IOException e) {
            throw later("SOURCE_UNAVAILABLE", "The server can't be reached.", 0);
        }
    }

    private void check(Source source) {
        if (source.length() > properties.maxSize().toBytes()) {
            throw properties.tooLarge();
        }
        if (source.length() == 0) {
            throw ended("NOT_VIDEO", "The file is empty.");
        }
    }

    private static Fault refuse(Message message, HttpAnswer answer) {
        int status = answer.status();
        message.setHeader(ImportHeaders.STATUS, status);
        String sentence = "The server answered " + status + ".";
        if (status < SERVER_ERROR && !PASSING.contains(status)) {
            return ended("FETCH_FAILED", sentence);
        }
        int wait = RetryAfter.seconds(answer.header("Retry-After"), LONGEST_WAIT);
        message.setHeader(ImportHeaders.RETRY_AFTER, wait);
        return later("SOURCE_UNAVAILABLE", sentence, wait);
    }

    private static Fault ended(String reason, @Nullable String sentence) {
        return Fault.of(Status.Code.FAILED_PRECONDITION, reason, String.valueOf(sentence));
    }

    private static Fault later(String reason, String sentence, int seconds) {
        return Fault.unavailable(reason, sentence, Duration.ofSeconds(seconds));
    }
}
