package dev.caravan.kernel.http.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a server said to what was sent to it.
 *
 * @param retryAfter as its header says; null without one
 * @param body its first bytes
 */
public record HttpReply(int status, @Nullable String retryAfter, byte[] body) {

    /** Its first bytes as UTF-8, with U+FFFD for what is none. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
