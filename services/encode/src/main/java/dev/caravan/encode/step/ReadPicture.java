package dev.caravan.encode.step;

import com.google.protobuf.ByteString;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.picture.PictureType;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.PutThumbnailRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the parameters of put-thumbnail.sql of what an owner chose: a file, a second of the video, or neither.
 *
 * @throws Fault when the file is too large or no picture, or the second is not one of the video
 */
@Component
public class ReadPicture implements Processor {

    private static final String FILE = "thumbnail";
    private static final String SECOND = "second";

    private final long maxSize;

    ReadPicture(EncodeProperties properties) {
        this.maxSize = properties.maxThumbnailSize().toBytes();
    }

    @Override
    public void process(Exchange exchange) {
        PutThumbnailRequest request = exchange.getVariable("request", PutThumbnailRequest.class);
        Map<?, ?> row = exchange.getProperty(CheckOwner.ROW, Map.class);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("video_id", request.getVideoId());
        parameters.put("picture", request.hasPicture() ? picture(request.getPicture()) : null);
        parameters.put(
                "picture_second",
                request.hasSecond() ? second(request.getSecond(), (Long) row.get("duration_ms")) : null);
        exchange.getMessage().setBody(parameters);
    }

    private byte[] picture(ByteString picture) {
        if (picture.size() > maxSize) {
            throw Fault.invalid(FILE, "thumbnail may have " + maxSize + " bytes at most");
        }
        byte[] file = picture.toByteArray();
        if (PictureType.of(file).isEmpty()) {
            throw Fault.invalid(FILE, "thumbnail is not a JPEG, PNG, WebP or GIF image");
        }
        return file;
    }

    /** @param millis of the video; null when that is not known yet */
    private static double second(double second, @Nullable Long millis) {
        if (!(second >= 0) || second > Integer.MAX_VALUE) {
            throw Fault.invalid(SECOND, "second must be at least 0");
        }
        if (millis != null && 1000 * second >= millis) {
            throw Fault.invalid(
                    SECOND, "second must be less than " + millis / 1000.0 + ", which is where the video ends");
        }
        return second;
    }
}
