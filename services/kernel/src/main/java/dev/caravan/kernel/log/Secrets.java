package dev.caravan.kernel.log;

import java.util.regex.Pattern;

/**
 * The last line of defence: what has the shape of a token, a signature or a password in a URL, or the name of one, does not reach
 * a log or what is kept for people to read.
 */
public final class Secrets {

    /** Stands in the place of a secret. */
    public static final String MASK = "[secret]";

    private static final Pattern NAMES = Pattern.compile(
            "authorization|cookie|token|secret|passw|credential|signature|api[-_]?key|origin[-_]?key|service[-_]?key",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SHAPES = Pattern.compile(
            // A JWT, whole or without its signature.
            "eyJ[\\w-]{8,}\\.[\\w-]+(\\.[\\w-]*)?"
                    // A header's value.
                    + "|(?<=\\bBearer )[\\w.~+/=-]{8,}"
                    // Of a signed URL.
                    + "|(?<=[?&](?:Signature|Policy|X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token)=)[^&\\s\"']+"
                    // Of the address of a video that is shown to who has a link of it.
                    + "|(?<=[?&]link=)[\\w-]{8,}"
                    // Of a URL with a password.
                    + "|(?<=://[^\\s:/@]{0,64}:)[^\\s/@]+(?=@)",
            Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** The text without what has the shape of a secret. */
    public static String masked(String text) {
        return SHAPES.matcher(text).replaceAll(MASK);
    }

    /** Whether a header of this name holds a secret, whatever its shape. */
    public static boolean isNameOfOne(String header) {
        return NAMES.matcher(header).find();
    }
}
