package dev.caravan.videocatalog.answer;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.VideoText;
import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.proto.videocatalog.Download;
import dev.caravan.proto.videocatalog.FindDownloadsResponse;
import dev.caravan.proto.videocatalog.FindDownloadsResponseData;
import dev.caravan.videocatalog.signature.CdnProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Answers with the files that a video may be downloaded as: of the sizes that were made as the CDN serves them, and of what was
 * uploaded as the object store does, which is not asked to show it.
 */
@Component
class AnswerDownloads implements Processor {

    private static final String SOURCE = "source";

    private final Rows rows;
    private final S3Presigner presigner;
    private final String bucket;
    private final CdnProperties cdn;

    AnswerDownloads(Rows rows, S3Presigner presigner, ObjectStoreProperties store, CdnProperties cdn) {
        this.rows = rows;
        this.presigner = presigner;
        this.bucket = store.bucket();
        this.cdn = cdn;
    }

    @Override
    @SuppressWarnings("unchecked") // the row of a statement
    public void process(Exchange exchange) {
        Map<String, @Nullable Object> row = (Map<String, @Nullable Object>)
                exchange.getMessage().getBody(List.class).get(0);
        List<Download> files = new ArrayList<>(rows.downloads(row));
        boolean ready = !files.isEmpty();
        addSource(files, row, exchange.getVariable("objects", List.class));
        String rendition = exchange.getVariable("rendition", String.class);
        if (!rendition.isEmpty()) {
            files.removeIf(file -> !file.getRendition().equals(rendition));
            if (files.isEmpty()) {
                throw Fault.notFound("DOWNLOAD_UNKNOWN", "There is no such file of this video, or not yet.");
            }
        }
        exchange.getMessage()
                .setBody(FindDownloadsResponse.newBuilder()
                        .setMessage("Success")
                        .setData(FindDownloadsResponseData.newBuilder()
                                .setDownloads(Rows.text(row, "downloads"))
                                .setState(ready ? "ready" : "preparing")
                                .addAllFiles(files))
                        .build());
    }

    /** @param objects whose keys begin as that of what was uploaded; null when nobody may have it */
    private void addSource(List<Download> files, Map<String, @Nullable Object> row, @Nullable List<?> objects) {
        String key = "raw-videos/" + Rows.text(row, "original_id");
        if (objects == null) {
            return;
        }
        objects.stream()
                .map(S3Object.class::cast)
                .filter(object -> object.key().equals(key))
                .findFirst()
                .ifPresent(object -> files.add(Download.newBuilder()
                        .setRendition(SOURCE)
                        .setSize(object.size())
                        .setUrl(url(key, Rows.text(row, "title")))
                        .build()));
    }

    /** What strangers uploaded is never shown as what it says it is. */
    private String url(String key, String title) {
        String disposition = VideoText.attachment(VideoText.fileName(title, " source"));
        return presigner
                .presignGetObject(
                        request -> request.signatureDuration(cdn.lifetime()).getObjectRequest(get -> get.bucket(bucket)
                                .key(key)
                                .responseContentDisposition(disposition)
                                .responseContentType("application/octet-stream")))
                .url()
                .toString();
    }
}
