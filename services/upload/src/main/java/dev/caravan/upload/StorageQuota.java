package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.media.Sizes;
import io.grpc.Status;

/** What a user may store. */
public final class StorageQuota {

    private StorageQuota() {}

    /**
     * Becomes HTTP 429 without Retry-After: waiting does not help.
     *
     * @param most bytes that a user may store in all
     */
    public static Fault exceeded(long most) {
        return Fault.of(
                Status.Code.RESOURCE_EXHAUSTED,
                "QUOTA_EXCEEDED",
                "Your videos may take " + Sizes.text(most)
                        + " in all, and this one does not fit in; delete others first.");
    }
}
