package dev.caravan.videocatalog.manifest;

import java.io.Serial;

/** An object that is called like a manifest and is none. */
final class UnreadableManifestException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableManifestException(String message) {
        super(message);
    }
}
