package dev.caravan.videocatalog.webhook;

/** Exchange variables and headers of the routes and SQL of webhooks. */
final class WebhookVariables {

    /** The caller, an {@link Integer}. */
    static final String CALLER = "caller";

    /** The webhook that a request names, a {@link java.util.UUID}; null for all. */
    static final String WEBHOOK = "webhook_id";

    /** A delivery, a {@link java.util.UUID}. */
    static final String DELIVERY = "delivery_id";

    /** What events are signed with, 32 bytes. */
    static final String SECRET = "secret";

    /** Header of a delivery: which run of it this is, a {@link java.util.UUID}. */
    static final String CLAIM = "claim";

    /** Header of a delivery: where it goes. */
    static final String URL = "url";

    /** Header of a delivery: the status of the answer, an {@link Integer}; null without one. */
    static final String STATUS = "status";

    /** Header of a delivery: why there is no answer; null with one. */
    static final String ERROR = "error";

    /** Header of a delivery: how the answer begins; null without one. */
    static final String ANSWER = "answer";

    /** Header of a delivery: how long it took. */
    static final String MILLISECONDS = "milliseconds";

    /** Header of a delivery: in how many seconds the server wants to be asked again; 0 when it does not say. */
    static final String RETRY_AFTER = "retryAfter";

    /** Header of a delivery: whether the service stopped before there was an answer, a {@link Boolean}. */
    static final String INTERRUPTED = "interrupted";

    private WebhookVariables() {}
}
