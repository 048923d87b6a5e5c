package dev.caravan.kernel.grpc;

import io.grpc.Metadata;
import java.util.regex.Pattern;

final class MetadataKeys {

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    private MetadataKeys() {}

    static Metadata.Key<String> of(String header) {
        return Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** Whether gRPC sends it. One that it does not, such as a token behind a tab, it would write into the log, byte by byte. */
    static boolean isValue(String value) {
        return PRINTABLE.matcher(value).matches();
    }
}
