package dev.caravan.upload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What uploads may be.
 *
 * @param urlLifetime how long a presigned URL works
 * @param maxSize of a video
 * @param maxThumbnailSize of a thumbnail
 * @param partSize of the parts that a direct upload is stored in; at least 5 MB, S3's bound
 * @param maxDirectUploads at a time
 * @param longestUpload that a direct upload may take
 */
@ConfigurationProperties("upload")
public record UploadProperties(
        Duration urlLifetime,
        DataSize maxSize,
        DataSize maxThumbnailSize,
        DataSize partSize,
        int maxDirectUploads,
        Duration longestUpload) {

    private static final long S3_MOST_PARTS = 10_000;
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
    }
}
