package dev.caravan.upload;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.proto.upload.CreatePresignedUrlResponse;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.upload.store.ObjectKeys;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Answers with URLs that anyone who has them can put the video and the thumbnail to, of any content type. */
@Component
final class PresignUpload implements Processor {

    private final S3Presigner presigner;
    private final String bucket;
    private final UploadProperties properties;

    PresignUpload(S3Presigner presigner, ObjectStoreProperties store, UploadProperties properties) {
        this.presigner = presigner;
        this.bucket = store.bucket();
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        UUID video = exchange.getMessage().getHeader(UploadHeaders.VIDEO, UUID.class);
        UUID thumbnail = exchange.getMessage().getHeader(UploadHeaders.THUMBNAIL, UUID.class);
        exchange.getMessage()
                .setBody(CreatePresignedUrlResponse.newBuilder()
                        .setMessage("Success")
                        .setData(CreatePresignedUrlResponseData.newBuilder()
                                .setVideoId(video.toString())
                                .setThumbnailId(thumbnail.toString())
                                .setVideoUrl(url(ObjectKeys.video(video)))
                                .setThumbnailUrl(url(ObjectKeys.thumbnail(thumbnail))))
                        .build());
    }

    private String url(String key) {
        return presigner
                .presignPutObject(request -> request.signatureDuration(properties.urlLifetime())
                        .putObjectRequest(put -> put.bucket(bucket).key(key)))
                .url()
                .toString();
    }
}
