package dev.caravan.kernel.http.client;

import dev.caravan.kernel.FieldErrors;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** A field of a request that says which server is to be asked. */
public final class UrlField {

    private static final int LONGEST = 2000;

    private UrlField() {}

    /**
     * Reads a URL that the safe client would ask; whether its addresses are public is seen when it is asked.
     *
     * @param example one as it may be, for the sentence that says that this is none
     * @return null when it is none, and the errors say why
     */
    public static @Nullable URI read(FieldErrors errors, String field, String written, String example) {
        errors.required(field, written).length(field, written, 1, LONGEST);
        if (errors.sentences().containsKey(field)) {
            return null;
        }
        try {
            URI url = new URI(written);
            SafeHttpClient.check(url);
            return url;
        } catch (URISyntaxException e) {
            errors.add(field, field + " must be a URL, such as " + example);
        } catch (UrlRefusedException e) {
            errors.add(field, field + " is refused: " + e.getMessage());
        }
        return null;
    }
}
