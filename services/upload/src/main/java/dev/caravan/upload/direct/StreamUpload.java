package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.quota.Quota;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Reads a {@link DirectUpload} into the object store, and title, description, visibility and what was stored into headers. When it fails nothing stays in the store.
 */
@Component
final class StreamUpload implements Processor {

    private final ObjectSink store;
    private final UploadProperties properties;
    private final ConcurrentUploads concurrentUploads;

    StreamUpload(ObjectSink store, UploadProperties properties, ConcurrentUploads concurrentUploads) {
        this.store = store;
        this.properties = properties;
        this.concurrentUploads = concurrentUploads;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        DirectUpload upload = message.getMandatoryBody(DirectUpload.class);
        long overhead = upload.overhead(properties);
        long most = properties.maxSize().toBytes();
        if (upload.contentLength() > most + overhead) {
            throw properties.tooLarge();
        }
        Quota quota = message.getHeader(UploadHeaders.QUOTA, Quota.class);
        try (ConcurrentUploads.Turn ignored =
                concurrentUploads.take(message.getHeader(UploadHeaders.CALLER, Integer.class))) {
            stream(upload, message, quota, bounded(upload.body(), most + overhead));
        }
    }

    private void stream(DirectUpload upload, Message message, Quota quota, InputStream body) {
        UUID video = message.getHeader(UploadHeaders.VIDEO, UUID.class);
        UUID thumbnail = message.getHeader(UploadHeaders.THUMBNAIL, UUID.class);
        Intake intake = new Intake(store, properties, quota, ObjectKeys.video(video), ObjectKeys.thumbnail(thumbnail));
        boolean complete = false;
        try {
            if (MultipartReader.reads(upload.contentType())) {
                readForm(String.valueOf(upload.contentType()), body, intake);
            } else {
                readQuery(upload.query(), intake);
                intake.take("video", null, body);
            }
            intake.complete();
            complete = true;
        } catch (IOException e) {
            throw Fault.of(
                    Status.Code.INVALID_ARGUMENT, "UPLOAD_INCOMPLETE", "The upload is malformed, or ended too early.");
        } finally {
            if (!complete) {
                intake.discard();
            }
        }
        message.setHeader(UploadHeaders.TITLE, intake.title());
        message.setHeader(UploadHeaders.DESCRIPTION, intake.description());
        message.setHeader(UploadHeaders.VISIBILITY, intake.visibility());
        ObjectSink.Stored picture = intake.thumbnail();
        message.setHeader(UploadHeaders.HAS_THUMBNAIL, picture != null);
        message.setHeader(UploadHeaders.THUMBNAIL_SIZE, picture == null ? null : picture.size());
        message.setHeader(UploadHeaders.THUMBNAIL_ETAG, picture == null ? null : picture.etag());
        message.setHeader(UploadHeaders.SIZE, intake.video().size());
        message.setHeader(UploadHeaders.ETAG, intake.video().etag());
        message.setBody(null);
    }

    private static void readForm(String contentType, InputStream body, Intake intake) throws IOException {
        MultipartReader form = new MultipartReader(contentType, body);
        for (MultipartReader.Part part = form.next(); part != null; part = form.next()) {
            intake.take(part.name(), part.charset(), part.content());
        }
    }

    private static void readQuery(Map<String, List<String>> query, Intake intake) throws IOException {
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            if (parameter.getKey().equals("video") || parameter.getKey().equals("thumbnail")) {
                throw Fault.invalid(parameter.getKey(), parameter.getKey() + " is the body, or a part of a form");
            }
            for (String value : parameter.getValue()) {
                intake.take(parameter.getKey(), null, new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)));
            }
        }
        intake.requireDetails();
    }

    private InputStream bounded(InputStream body, long most) {
        return new BoundedStream(ClientStream.of(body, properties), most, properties::tooLarge);
    }
}
