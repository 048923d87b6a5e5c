package dev.caravan.cdnedge.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the cache has for a request: an object; or a flight, which the one who got it has to bring to its end; or neither,
 * and the object store is asked as if there was no cache.
 */
public record Found(@Nullable KeptObject kept, @Nullable Flight flight) {

    static final Found NOTHING = new Found(null, null);

    static Found kept(KeptObject kept) {
        return new Found(kept, null);
    }

    static Found flight(Flight flight) {
        return new Found(null, flight);
    }
}
