package dev.caravan.kernel.grpc;

import io.grpc.Metadata;

final class MetadataKeys {

    private MetadataKeys() {}

    static Metadata.Key<String> of(String header) {
        return Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
    }
}
