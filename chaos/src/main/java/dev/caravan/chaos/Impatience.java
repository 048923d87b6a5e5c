package dev.caravan.chaos;

import java.util.Map;

/** Settings of the services, by which in seconds happens what otherwise takes minutes or days. */
final class Impatience {

    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("ENCODE_CONCURRENCY", "2"),
            Map.entry("ENCODE_LEASE", "PT5S"),
            Map.entry("ENCODE_RENEWAL_PERIOD", "1000"),
            Map.entry("ENCODE_RETRY_DELAY", "PT0.2S"),
            Map.entry("ENCODE_RETRY_MAX_DELAY", "PT2S"),
            Map.entry("ENCODE_SWEEP_PERIOD", "2000"),
            Map.entry("ENCODE_ORPHANS_AFTER", "PT3S"),
            Map.entry("UPLOAD_SWEEP_PERIOD", "2000"),
            Map.entry("UPLOAD_ABANDONED_AFTER", "PT20S"));

    private Impatience() {}
}
