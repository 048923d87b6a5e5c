package dev.caravan.upload.quota;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.media.Sizes;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user has, and what he may have in all; {@link #UNLIMITED} where there is no limit.
 *
 * @param bytes of videos that are accepted and not deleted, and of those that are coming in directly
 * @param videos of these
 * @param uploads that are begun and not ended
 */
public record Quota(long bytes, int videos, int uploads, long maxBytes, long maxVideos, long maxUploads) {

    /** More than anybody can have. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Long enough to end one of them. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** @param row of find-usage.sql: used_bytes, used_videos, used_uploads, max_bytes, max_videos, max_uploads */
    public static Quota of(Map<?, ?> row, UploadProperties properties) {
        return new Quota(
                used(row, "used_bytes").longValue(),
                used(row, "used_videos").intValue(),
                used(row, "used_uploads").intValue(),
                most(row.get("max_bytes"), properties.maxBytesPerUser().toBytes()),
                most(row.get("max_videos"), properties.maxVideosPerUser()),
                most(row.get("max_uploads"), properties.maxOpenPerUser()));
    }

    /** Bytes that the user may still store; less than 0 when he was allowed more before. */
    public long bytesLeft() {
        return maxBytes - bytes;
    }

    /** @throws Fault RESOURCE_EXHAUSTED when a video of so many bytes does not fit in */
    public void requireRoom(long wanted) {
        if (wanted > bytesLeft()) {
            throw tooMuch();
        }
        if (videos >= maxVideos) {
            throw exceeded("You have " + videos + " videos, and may have " + maxVideos
                    + ". Delete one for good first; those in the trash count too.");
        }
    }

    /** @throws Fault RESOURCE_EXHAUSTED when the user may not begin one more upload now */
    public void requireTurn() {
        if (uploads >= maxUploads) {
            throw Fault.exhausted(
                    "TOO_MANY_OPEN_UPLOADS",
                    "You have begun " + uploads + " uploads and not ended them, and may have " + maxUploads
                            + " under way; end one first.",
                    A_MINUTE);
        }
    }

    /** Waiting does not help. */
    public Fault tooMuch() {
        return exceeded("Your videos may take " + Sizes.text(maxBytes)
                + " in all, and this one does not fit in. Delete others for good first; those in the trash count too.");
    }

    private static Fault exceeded(String sentence) {
        return Fault.of(Status.Code.RESOURCE_EXHAUSTED, Problem.QUOTA_EXCEEDED, sentence);
    }

    private static Number used(Map<?, ?> row, String column) {
        return (Number) Objects.requireNonNull(row.get(column), column);
    }

    private static long most(@Nullable Object own, long everybody) {
        long most = own == null ? everybody : ((Number) own).longValue();
        return most == 0 ? UNLIMITED : most;
    }
}
