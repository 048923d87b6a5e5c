package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import dev.caravan.upload.media.Sizes;
import io.grpc.Status;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What uploads may be.
 *
 * @param urlLifetime how long a presigned URL works
 * @param maxSize of a video
 * @param maxThumbnailSize of a thumbnail
 * @param partSize of the parts that an upload is stored in, of a resumable one at least; at least 5 MB, S3's bound
 * @param maxDirectUploads at a time
 * @param maxDirectUploadsPerUser at a time
 * @param longestUpload that a direct upload may take
 * @param slowestRate bytes a second that a direct upload has to come at
 * @param slowestWindow over which that rate is measured
 * @param longestDrain how long the rest of a refused direct upload is still read
 * @param maxOpenPerUser uploads that a user may have begun and not ended; 0 without limit, as the next two
 * @param maxVideosPerUser that are accepted and not deleted
 * @param maxBytesPerUser of these
 * @param importsAtOnce that one instance fetches
 * @param abandonedAfter age at which what nobody published is removed; longer than any upload takes
 */
@ConfigurationProperties("upload")
public record UploadProperties(
        Duration urlLifetime,
        DataSize maxSize,
        DataSize maxThumbnailSize,
        DataSize partSize,
        int maxDirectUploads,
        int maxDirectUploadsPerUser,
        Duration longestUpload,
        DataSize slowestRate,
        Duration slowestWindow,
        Duration longestDrain,
        int maxOpenPerUser,
        int maxVideosPerUser,
        DataSize maxBytesPerUser,
        int importsAtOnce,
        Duration abandonedAfter) {

    private static final long S3_MOST_PARTS = 10_000;

    /** Fewer than S3 takes, so that no rounding and no retry comes near them. */
    private static final long MOST_PARTS = 9_000;

    private static final DataSize S3_LEAST_PART = DataSize.ofMegabytes(5);

    public UploadProperties {
        if (partSize.compareTo(S3_LEAST_PART) < 0) {
            throw new IllegalArgumentException("upload.part-size is " + partSize + ", S3 takes 5MB and more");
        }
        if (partSize.toBytes() * S3_MOST_PARTS < maxSize.toBytes()) {
            throw new IllegalArgumentException("upload.part-size is " + partSize
                    + ", too small for upload.max-size: S3 takes at most " + S3_MOST_PARTS + " parts");
        }
        if (maxThumbnailSize.compareTo(partSize) >= 0) {
            throw new IllegalArgumentException("upload.max-thumbnail-size has to be less than upload.part-size");
        }
        // What is still being uploaded, or can be, must not be swept away.
        if (abandonedAfter.compareTo(longestUpload) <= 0 || abandonedAfter.compareTo(urlLifetime) <= 0) {
            throw new IllegalArgumentException("upload.abandoned-after is " + abandonedAfter
                    + ", and has to be longer than upload.longest-upload and upload.url-lifetime");
        }
    }

    /**
     * Bytes of every part but the last of a resumable upload: the same for all of it, since some stores want that, and in one
     * request to the store.
     *
     * @param least bytes
     */
    public static long partSizeOf(long length, long least) {
        return Math.max(least, (length + MOST_PARTS - 1) / MOST_PARTS);
    }

    /** What is said of a video that is larger than {@code maxSize}. */
    public Fault tooLarge() {
        return Fault.of(
                Status.Code.OUT_OF_RANGE,
                Problem.TOO_LARGE,
                "A video can have at most " + Sizes.text(maxSize.toBytes()) + ".");
    }
}
