package dev.caravan.videocatalog.owner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Remembers owners for a short time. One whom the user service could not be asked for is asked for again after a second:
 * soon, but not with every list while that service is down.
 */
@Component
class OwnerMemory {

    private static final int REMEMBERED = 10_000;
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    private final Cache<Integer, Owner> owners;

    OwnerMemory(@Value("${video-catalog.owner-lifetime}") Duration lifetime) {
        owners = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfter(Expiry.<Integer, Owner>writing((id, owner) -> owner.told() ? lifetime : UNTOLD))
                .build();
    }

    @Nullable
    Owner find(int id) {
        return owners.getIfPresent(id);
    }

    void keep(Owner owner) {
        owners.put(owner.user().getId(), owner);
    }
}
