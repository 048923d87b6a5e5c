package dev.caravan.cdnedge.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a signature allows.
 *
 * @param resource URL with wildcards
 * @param from when it begins; null for always
 * @param until when it has ended
 * @param addresses whom it is for; null for everybody
 */
record Policy(
        String resource,
        @Nullable Instant from,
        Instant until,
        @Nullable AddressRange addresses) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern EPOCH_SECONDS = Pattern.compile("[1-9][0-9]{0,11}");
    private static final Set<String> CONDITIONS = Set.of("DateLessThan", "DateGreaterThan", "IpAddress");

    /**
     * The text that a signer of a canned policy signed: it isn't sent, each side writes it down.
     *
     * @throws dev.caravan.kernel.Fault {@link Refusal#MALFORMED}
     */
    static String canned(String url, String expires) {
        if (!EPOCH_SECONDS.matcher(expires).matches() || url.indexOf('"') >= 0 || url.indexOf('\\') >= 0) {
            throw Refusal.MALFORMED.fault();
        }
        return "{\"Statement\":[{\"Resource\":\"" + url + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
                + expires + "}}}]}";
    }

    /**
     * Reads the text of a policy, which must be known to be a trusted signer's. A condition that isn't understood
     * refuses, because ignoring it would allow more than the signer did.
     *
     * @throws dev.caravan.kernel.Fault {@link Refusal#BAD_POLICY}
     */
    static Policy parse(byte[] text) {
        try {
            JsonNode statements = JSON.readTree(text).path("Statement");
            JsonNode statement = statements.path(0);
            JsonNode condition = statement.path("Condition");
            if (statements.size() != 1 || !statement.path("Resource").isTextual() || !isUnderstood(condition)) {
                throw Refusal.BAD_POLICY.fault();
            }
            Instant until = time(condition.path("DateLessThan"));
            if (until == null) {
                throw Refusal.BAD_POLICY.fault();
            }
            return new Policy(
                    statement.path("Resource").textValue(),
                    time(condition.path("DateGreaterThan")),
                    until,
                    addresses(condition.path("IpAddress")));
        } catch (JsonProcessingException e) {
            throw Refusal.BAD_POLICY.fault();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isUnderstood(JsonNode condition) {
        for (Iterator<String> names = condition.fieldNames(); names.hasNext(); ) {
            if (!CONDITIONS.contains(names.next())) {
                return false;
            }
        }
        return condition.isObject();
    }

    private static @Nullable Instant time(JsonNode condition) {
        if (condition.isMissingNode()) {
            return null;
        }
        JsonNode seconds = condition.path("AWS:EpochTime");
        if (condition.size() != 1 || !EPOCH_SECONDS.matcher(seconds.asText()).matches()) {
            throw Refusal.BAD_POLICY.fault();
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds.asText()));
    }

    private static @Nullable AddressRange addresses(JsonNode condition) {
        if (condition.isMissingNode()) {
            return null;
        }
        AddressRange range = AddressRange.parse(condition.path("AWS:SourceIp").asText());
        if (condition.size() != 1 || range == null) {
            throw Refusal.BAD_POLICY.fault();
        }
        return range;
    }
}
