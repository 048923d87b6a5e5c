package dev.caravan.kernel.http.client;

import java.io.IOException;

/** A URL that is not asked, whoever wants it; the message says why, for people. */
public final class UrlRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    UrlRefusedException(String sentence) {
        super(sentence);
    }
}
