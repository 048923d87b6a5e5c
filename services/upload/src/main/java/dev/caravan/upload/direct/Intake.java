package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.VideoText;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.media.ImageSignature;
import dev.caravan.upload.media.Sizes;
import dev.caravan.upload.media.VideoSignature;
import dev.caravan.upload.quota.Quota;
import dev.caravan.upload.store.ObjectSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one upload as they come, in any order. The files go straight into the object store, on one buffer;
 * {@link #discard} takes them out again.
 */
final class Intake {

    /** What one character can be decomposed into, and the bytes of each. */
    private static final int MOST_PARTS = 4;

    private static final int LONGEST_PART = 4;

    private static final int LONGEST_VISIBILITY = 20;

    private final ObjectSink store;
    private final UploadProperties properties;
    private final Quota quota;
    private final String videoKey;
    private final String thumbnailKey;
    private final byte[] buffer;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable String visibility;
    private ObjectSink.@Nullable Stored video;
    private ObjectSink.@Nullable Stored thumbnail;

    /** @param quota of the user as it was before the upload */
    Intake(ObjectSink store, UploadProperties properties, Quota quota, String videoKey, String thumbnailKey) {
        this.store = store;
        this.quota = quota;
        this.properties = properties;
        this.videoKey = videoKey;
        this.thumbnailKey = thumbnailKey;
        this.buffer = new byte[(int) properties.partSize().toBytes()];
    }

    /**
     * Takes a field.
     *
     * @param charset of a text; null for UTF-8
     * @throws Fault when it makes the upload one that is not accepted
     * @throws IOException when the content ends in the middle
     */
    void take(String field, @Nullable String charset, InputStream content) throws IOException {
        if (!seen.add(field)) {
            throw Fault.invalid(field, field + " may come once");
        }
        switch (field) {
            case "title" -> title = VideoText.title(text(field, charset, content, VideoText.LONGEST_TITLE));
            case "description" ->
                description = VideoText.description(text(field, charset, content, VideoText.LONGEST_DESCRIPTION));
            case "visibility" -> visibility = visibility(text(field, charset, content, LONGEST_VISIBILITY));
            case "video" -> takeVideo(content);
            case "thumbnail" -> takeThumbnail(content);
            default -> throw Fault.invalid(field, field + " is not expected");
        }
    }

    /** @throws Fault when title or description is missing; for uploads where neither can come after the video */
    void requireDetails() {
        VideoText.check(new FieldErrors(), title, description).orThrow();
    }

    /** @throws Fault when what is there is not enough, with all that is missing */
    void complete() {
        FieldErrors errors = new FieldErrors();
        if (video == null) {
            errors.add("video", "video is required");
        }
        VideoText.check(errors, title, description).orThrow();
    }

    void discard() {
        if (video != null) {
            store.discard(videoKey);
        }
        if (thumbnail != null) {
            store.discard(thumbnailKey);
        }
    }

    String title() {
        return String.valueOf(title);
    }

    String description() {
        return String.valueOf(description);
    }

    /** Null when the user did not say. */
    @Nullable
    String visibility() {
        return visibility;
    }

    /** Only after {@link #complete}. */
    ObjectSink.Stored video() {
        return Objects.requireNonNull(video);
    }

    /** Null when the user sent none. */
    ObjectSink.@Nullable Stored thumbnail() {
        return thumbnail;
    }

    private static String visibility(String said) {
        new FieldErrors().oneOf("visibility", said, VideoText.VISIBILITIES).orThrow();
        return said;
    }

    private void takeVideo(InputStream content) throws IOException {
        // What came before it and is wrong is told now, not after gigabytes.
        VideoText.checkPresent(new FieldErrors(), title, description).orThrow();
        long most = properties.maxSize().toBytes();
        InputStream bounded = new BoundedStream(
                new BoundedStream(content, most, properties::tooLarge), quota.bytesLeft(), quota::tooMuch);
        video = store.store(videoKey, bounded, buffer, VideoSignature.LENGTH, Intake::checkVideo);
    }

    private static void checkVideo(byte[] beginning) {
        if (beginning.length == 0) {
            throw Fault.invalid("video", "video is empty");
        }
        if (!VideoSignature.matches(beginning)) {
            throw Fault.invalid("video", "video is not a video");
        }
    }

    private void takeThumbnail(InputStream content) throws IOException {
        int most = (int) properties.maxThumbnailSize().toBytes();
        int length = content.readNBytes(buffer, 0, most + 1);
        if (length == 0) {
            // A form's file field that the user left empty.
            return;
        }
        if (length > most) {
            throw Fault.invalid("thumbnail", "thumbnail must be at most " + Sizes.text(most));
        }
        String type = ImageSignature.typeOf(Arrays.copyOf(buffer, Math.min(length, ImageSignature.LENGTH)))
                .orElseThrow(() -> Fault.invalid("thumbnail", "thumbnail is not a JPEG, PNG, WebP or GIF image"));
        thumbnail = store.put(thumbnailKey, buffer, length, type);
    }

    /**
     * No text of the longest that is allowed has more bytes, however it is written.
     *
     * @throws Fault for bytes that are no text of the charset: nobody could tell later what stood there
     */
    private static String text(String field, @Nullable String charset, InputStream content, int longest)
            throws IOException {
        int most = longest * MOST_PARTS * LONGEST_PART;
        byte[] octets = content.readNBytes(most + 1);
        if (octets.length > most) {
            throw Fault.invalid(field, field + " must be at most " + longest + " characters");
        }
        try {
            CharsetDecoder decoder = (charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)).newDecoder();
            return decoder.decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw Fault.invalid(
                    field, field + " must be text in " + (charset == null ? "UTF-8" : "the charset that it names"));
        }
    }
}
