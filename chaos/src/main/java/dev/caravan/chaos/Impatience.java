package dev.caravan.chaos;

import java.util.Map;

/** Settings of the services, by which in seconds happens what otherwise takes minutes or days. */
final class Impatience {

    /** More than in service: faults follow each other by seconds here, and so do attempts. */
    static final int MAX_ATTEMPTS = 8;

    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("ENCODE_CONCURRENCY", "2"),
            Map.entry("ENCODE_LEASE", "PT5S"),
            Map.entry("ENCODE_MAX_ATTEMPTS", Integer.toString(MAX_ATTEMPTS)),
            Map.entry("ENCODE_RETRY_DELAY", "PT0.2S"),
            Map.entry("ENCODE_RETRY_MAX_DELAY", "PT2S"),
            Map.entry("ENCODE_RENEWAL_PERIOD", "1000"),
            Map.entry("ENCODE_MIN_FREE_DISK", "4MB"),
            Map.entry("ENCODE_SWEEP_PERIOD", "2000"),
            Map.entry("ENCODE_ORPHANS_AFTER", "PT3S"),
            Map.entry("UPLOAD_ASK_AFTER", "PT5S"),
            Map.entry("UPLOAD_ASK_PERIOD", "1000"),
            Map.entry("UPLOAD_SWEEP_PERIOD", "2000"),
            Map.entry("UPLOAD_SWEEP_OBJECTS_PERIOD", "3000"),
            Map.entry("UPLOAD_URL_LIFETIME", "PT15S"),
            Map.entry("UPLOAD_LONGEST_UPLOAD", "PT15S"),
            Map.entry("UPLOAD_ABANDONED_AFTER", "PT20S"),
            Map.entry("UPLOAD_IMPORTS_PERIOD", "200"),
            Map.entry("VIDEO_CATALOG_DELIVERIES_PERIOD", "200"),
            Map.entry("VIDEO_CATALOG_DELIVERY_LEASE", "PT5S"),
            Map.entry("VIDEO_CATALOG_DELIVERY_RETRIES", "0,1,1,1,1,1,1,1,1"),
            // Where videos are imported from here, and where webhooks are.
            Map.entry("CARAVAN_HTTP_CLIENT_ALLOWED_NETWORKS", "127.0.0.0/8"),
            // All users come from one address, and ask again all the time.
            Map.entry("API_GATEWAY_RATE_PER_ADDRESS", "1000000"),
            Map.entry("API_GATEWAY_RATE_PER_USER", "1000000"));

    private Impatience() {}
}
