package dev.caravan.kernel.log;

import java.util.regex.Pattern;

/** The last line of defence: what has the shape of a token, a signature or a password in a URL does not reach a log. */
final class Secrets {

    private static final String MASK = "[secret]";

    private static final Pattern SHAPES = Pattern.compile(
            // A JWT, whole or without its signature.
            "eyJ[\\w-]{8,}\\.[\\w-]+(\\.[\\w-]*)?"
                    // A header's value.
                    + "|(?<=\\bBearer )[\\w.~+/=-]{8,}"
                    // Of a signed URL.
                    + "|(?<=[?&](?:Signature|Policy|X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token)=)[^&\\s\"']+"
                    // Of a URL with a password.
                    + "|(?<=://[^\\s:/@]{0,64}:)[^\\s/@]+(?=@)",
            Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    static String masked(String text) {
        return SHAPES.matcher(text).replaceAll(MASK);
    }
}
