package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import org.apache.camel.Message;

/** Who asks, by the metadata that the gateway sets. */
public final class Caller {

    /** No account has this id. */
    static final int NOBODY = 0;

    private Caller() {}

    /** The caller's id, or {@link #NOBODY}. */
    public static int of(Message message) {
        String id = message.getHeader(Headers.USER_ID, "", String.class);
        try {
            return Math.max(NOBODY, Integer.parseInt(id));
        } catch (NumberFormatException e) {
            return NOBODY;
        }
    }

    /** Whether the caller may see and change what is another's. */
    public static boolean isAdmin(Message message) {
        return of(message) != NOBODY && Headers.ADMIN.equals(message.getHeader(Headers.USER_ROLE));
    }

    /** @throws Fault {@code UNAUTHENTICATED} when nobody is named */
    public static int required(Message message) {
        int caller = of(message);
        if (caller == NOBODY) {
            throw Fault.unauthenticated("NO_CALLER", "Log in first.");
        }
        return caller;
    }
}
