package dev.caravan.upload.resumable;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The leases of uploads that this instance is receiving bytes of at this moment. */
@Component
final class Leases {

    private final Map<UUID, Transfer> transfers = new ConcurrentHashMap<>();

    void add(Transfer transfer) {
        transfers.put(transfer.lease(), transfer);
    }

    void remove(UUID lease) {
        transfers.remove(lease);
    }

    /** Those whose clients are not silent, in PostgreSQL's form of an array; null when there are none. */
    @Nullable
    String alive() {
        List<String> alive = transfers.values().stream()
                .filter(Transfer::isAlive)
                .map(transfer -> transfer.lease().toString())
                .toList();
        return alive.isEmpty() ? null : "{" + String.join(",", alive) + "}";
    }
}
