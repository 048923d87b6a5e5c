package dev.caravan.upload;

import java.util.regex.Pattern;

/** What files are called where they come from. */
public final class FileNames {

    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");

    private FileNames() {}

    /** A title for a video of which nothing is known but the name of its file. */
    public static String title(String file) {
        return ENDING.matcher(file).replaceFirst("");
    }
}
