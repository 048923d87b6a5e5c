package dev.caravan.videocatalog.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a request of a row of {@code claim-deliveries.sql}: its body is the event, and its headers are those of Standard Webhooks
 * 1.0.0, signed with each secret that is valid.
 */
@Component
class SignEvent implements Processor {

    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock = Clock.systemUTC();

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getMandatoryBody(Map.class);
        message.removeHeaders("*");
        String id = String.valueOf(row.get("event_id"));
        String time = String.valueOf(clock.instant().getEpochSecond());
        byte[] body = String.valueOf(row.get("body")).getBytes(StandardCharsets.UTF_8);
        String signatures = signature((byte[]) Objects.requireNonNull(row.get("secret")), id, time, body);
        if (row.get("former_secret") instanceof byte[] former) {
            signatures += " " + signature(former, id, time, body);
        }
        message.setHeader(WebhookVariables.CLAIM, row.get("claim"));
        message.setHeader(WebhookVariables.URL, row.get("url"));
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", time);
        message.setHeader("webhook-signature", signatures);
        message.setHeader(Exchange.CONTENT_TYPE, row.get("content_type"));
        message.setBody(body);
    }

    static String signature(byte @Nullable [] secret, String id, String time, byte[] body)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret, ALGORITHM));
        mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
