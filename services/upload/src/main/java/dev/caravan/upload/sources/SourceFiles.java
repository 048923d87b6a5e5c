package dev.caravan.upload.sources;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.upload.FileNames;
import org.apache.camel.Message;

/** How a file of a source is named: the same in all requests about it. */
final class SourceFiles {

    private static final int LONGEST_SOURCE = 200;
    private static final int LONGEST_ADDRESS = 4096;
    private static final int LONGEST_ETAG = 200;

    private SourceFiles() {}

    /** Sets source, address and stem. */
    static FieldErrors name(Message message, String source, String address) {
        message.setHeader(SourceHeaders.SOURCE, source);
        message.setHeader(SourceHeaders.ADDRESS, address);
        int ending = address.lastIndexOf('.');
        message.setHeader(
                SourceHeaders.STEM, ending > address.lastIndexOf('/') + 1 ? address.substring(0, ending) : address);
        return new FieldErrors()
                .required("source", source)
                .length("source", source, 1, LONGEST_SOURCE)
                .line("source", source)
                .required("address", address)
                .length("address", address, 1, LONGEST_ADDRESS)
                .text("address", address);
    }

    /** As {@link #name} of a file as it is now. */
    static FieldErrors name(Message message, String source, String address, String etag, long size) {
        message.setHeader(SourceHeaders.ETAG, etag);
        FieldErrors errors = name(message, source, address)
                .required("etag", etag)
                .length("etag", etag, 1, LONGEST_ETAG)
                .line("etag", etag);
        return size < 0 ? errors.add("size", "size must be at least 0") : errors;
    }

    /** A title for a video of which nothing is known but its address; whatever a file is called, it is one. */
    static String title(String address) {
        String file = address.substring(address.lastIndexOf('/') + 1);
        return UserText.line(FileNames.titleOr("video", file.replace('\t', ' ')));
    }
}
