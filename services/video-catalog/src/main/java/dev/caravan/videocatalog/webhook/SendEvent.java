package dev.caravan.videocatalog.webhook;

import dev.caravan.kernel.UserText;
import dev.caravan.kernel.http.client.HttpReply;
import dev.caravan.kernel.http.client.RetryAfter;
import dev.caravan.kernel.http.client.SafeHttpClient;
import dev.caravan.kernel.http.client.UrlRefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sends an event, and says in headers what came of it. When the service stops, what is under way ends and is nobody's fault. */
@Component
class SendEvent implements Processor {

    private static final List<String> SENT =
            List.of("webhook-id", "webhook-timestamp", "webhook-signature", Exchange.CONTENT_TYPE);
    private static final int LONGEST_ANSWER = 1000;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final SafeHttpClient client;

    SendEvent(SafeHttpClient client) {
        this.client = client;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Map<String, String> headers = new HashMap<>();
        SENT.forEach(name -> headers.put(name, message.getHeader(name, String.class)));
        message.setHeader(WebhookVariables.RETRY_AFTER, 0);
        message.setHeader(WebhookVariables.INTERRUPTED, false);
        long start = System.nanoTime();
        try {
            HttpReply reply = client.post(
                    URI.create(message.getHeader(WebhookVariables.URL, String.class)),
                    headers,
                    message.getMandatoryBody(byte[].class),
                    LONGEST_ANSWER);
            message.setHeader(WebhookVariables.STATUS, reply.status());
            message.setHeader(WebhookVariables.RETRY_AFTER, RetryAfter.seconds(reply.retryAfter(), LONGEST_WAIT));
            message.setHeader(WebhookVariables.ANSWER, UserText.repaired(UserText.lines(reply.text())));
        } catch (SocketTimeoutException e) {
            message.setHeader(WebhookVariables.ERROR, "The server did not answer in time.");
        } catch (InterruptedIOException e) {
            message.setHeader(WebhookVariables.INTERRUPTED, true);
        } catch (IOException e) {
            message.setHeader(WebhookVariables.ERROR, sentence(e));
        } catch (IllegalArgumentException e) {
            message.setHeader(WebhookVariables.ERROR, "The URL can't be asked.");
        }
        message.setHeader(
                WebhookVariables.MILLISECONDS, (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        message.setBody(null);
    }

    @EventListener(ContextClosedEvent.class)
    public void stop() {
        client.stopPosts();
    }

    private static @Nullable String sentence(IOException failure) {
        if (failure instanceof UrlRefusedException) {
            return failure.getMessage();
        }
        return failure instanceof UnknownHostException ? failure.getMessage() + "." : "The server can't be reached.";
    }
}
