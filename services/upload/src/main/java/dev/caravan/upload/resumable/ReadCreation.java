package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.VideoText;
import dev.caravan.kernel.http.Problem;
import dev.caravan.upload.FileNames;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import io.grpc.Status;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes what an upload is to be from the request that creates it: its length, from which its parts have their size, and title,
 * description and visibility from Upload-Metadata. Without a title the file's name is one, and without a description the title.
 */
@Component
final class ReadCreation implements Processor {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int LONGEST_NUMBER = 18;

    private final UploadProperties properties;

    ReadCreation(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ResumableRequest request = message.getMandatoryBody(ResumableRequest.class);
        if (!request.hasBytes() && request.contentLength() > 0) {
            throw wrongType();
        }
        long length = length(request);
        takeText(message, Metadata.read(request.metadata()));
        message.setHeader(ResumableHeaders.CHECKSUM, Checksum.read(request.checksum()));
        message.setHeader(ResumableHeaders.HAS_BYTES, request.hasBytes());
        message.setHeader(ResumableHeaders.OFFSET, 0L);
        message.setHeader(ResumableHeaders.RECEIVED, 0L);
        message.setHeader(ResumableHeaders.METADATA, request.metadata());
        message.setHeader(ResumableHeaders.LENGTH, length);
        message.setHeader(
                ResumableHeaders.PART_SIZE,
                UploadProperties.partSizeOf(length, properties.partSize().toBytes()));
        message.setHeader(UploadHeaders.DECLARED, length);
        message.setHeader(UploadHeaders.REQUEST_KEY, "");
    }

    static Fault wrongType() {
        return Fault.of(
                Status.Code.INVALID_ARGUMENT,
                Problem.UNSUPPORTED_MEDIA_TYPE,
                "Bytes of an upload come as " + Tus.OFFSET_TYPE + ".");
    }

    private long length(ResumableRequest request) {
        if (request.deferLength() != null) {
            throw Fault.invalid(Tus.UPLOAD_LENGTH, Tus.UPLOAD_LENGTH + " has to be known from the beginning");
        }
        if (request.length() != null
                && DIGITS.matcher(request.length()).matches()
                && request.length().length() > LONGEST_NUMBER) {
            throw properties.tooLarge();
        }
        long length = number(Tus.UPLOAD_LENGTH, request.length());
        if (length == 0) {
            throw Fault.invalid(Tus.UPLOAD_LENGTH, Tus.UPLOAD_LENGTH + " must be more than 0");
        }
        if (length > properties.maxSize().toBytes()) {
            throw properties.tooLarge();
        }
        return length;
    }

    /** @throws Fault INVALID_FIELDS for what is no number of bytes that anything has */
    static long number(String field, @Nullable String value) {
        if (value == null) {
            throw Fault.invalid(field, field + " is required");
        }
        if (value.length() > LONGEST_NUMBER || !DIGITS.matcher(value).matches()) {
            throw Fault.invalid(field, field + " must be a number of bytes");
        }
        return Long.parseLong(value);
    }

    private static void takeText(Message message, Metadata metadata) {
        String title = metadata.text("title");
        if (title == null) {
            String file = metadata.text("filename") == null ? metadata.text("name") : metadata.text("filename");
            title = file == null ? null : FileNames.title(file);
        }
        String description = metadata.text("description") == null ? title : metadata.text("description");
        String keptTitle = title == null ? null : VideoText.title(title);
        String keptDescription = description == null ? null : VideoText.description(description);
        String visibility = metadata.text("visibility");
        VideoText.check(new FieldErrors(), keptTitle, keptDescription)
                .oneOf("visibility", visibility, VideoText.VISIBILITIES)
                .orThrow();
        message.setHeader(UploadHeaders.TITLE, keptTitle);
        message.setHeader(UploadHeaders.DESCRIPTION, keptDescription);
        message.setHeader(UploadHeaders.VISIBILITY, visibility);
    }
}
