package dev.caravan.upload.direct;

import dev.caravan.upload.UploadProperties;
import java.io.InputStream;

/** A client's bytes as they come, which fail when they come too slowly or for too long. */
public final class ClientStream {

    private ClientStream() {}

    public static InputStream of(InputStream body, UploadProperties properties) {
        return new TimedStream(
                new PacedStream(body, properties.slowestRate().toBytes(), properties.slowestWindow()),
                properties.longestUpload(),
                () -> PacedStream.tooSlow("The upload took too long."));
    }
}
