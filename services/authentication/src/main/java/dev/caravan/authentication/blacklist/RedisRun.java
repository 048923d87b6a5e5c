package dev.caravan.authentication.blacklist;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Redis server from its start to its end.
 *
 * @param id another one after each restart or failover
 * @param evictsKeys whether it drops keys when its memory is full, revocations among them
 */
record RedisRun(String id, boolean evictsKeys) {

    private static final String NO_EVICTION = "noeviction";

    /** @param info what INFO answers */
    static RedisRun of(String info) {
        Map<String, String> values = info.lines()
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (one, other) -> one));
        return new RedisRun(
                values.getOrDefault("run_id", ""),
                !NO_EVICTION.equals(values.getOrDefault("maxmemory_policy", NO_EVICTION)));
    }
}
