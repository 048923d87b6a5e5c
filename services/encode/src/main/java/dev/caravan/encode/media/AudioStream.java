package dev.caravan.encode.media;

import java.util.regex.Pattern;

/**
 * A sound of a file.
 *
 * @param index of the stream in its file
 * @param channels as declared; 0 when unknown
 * @param arranged whether it says which channel is left, right and so on, or has so few that it is clear
 * @param preferred whether the file marks it as the one to play
 * @param says what the file says of it
 * @param span when it is heard
 */
public record AudioStream(int index, int channels, boolean arranged, boolean preferred, Said says, Span span) {

    /**
     * What viewers choose a sound by.
     *
     * @param language BCP 47; empty when it is not said
     * @param title empty when there is none
     * @param description whether it tells what is seen, for those who do not see it
     */
    public record Said(String language, String title, boolean description) {

        private static final int LONGEST = 100;

        /** What cannot be said in a manifest, or is not seen. */
        private static final Pattern UNFIT = Pattern.compile(
                "[\\p{Cc}\\p{Cs}\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]+");

        /** Nothing is said. After the others, which it needs. */
        public static final Said NOTHING = new Said("", "", false);

        /** Takes the title as it can be shown. */
        public Said {
            title = UNFIT.matcher(title.replace('"', '\'')).replaceAll(" ").strip();
            if (title.codePointCount(0, title.length()) > LONGEST) {
                title = title.substring(0, title.offsetByCodePoints(0, LONGEST)).strip();
            }
        }
    }

    private static final int SURROUND = 6;

    /** Whether it has so many channels that they are kept beside the stereo that is made of them: 5.1 to 7.1. */
    public boolean surround() {
        return arranged && channels >= SURROUND && SurveyCommand.isUsual(channels);
    }

    AudioStream at(Span when) {
        return new AudioStream(index, channels, arranged, preferred, says, when);
    }

    /** The same without anything but stereo. */
    AudioStream stereo() {
        return surround() ? new AudioStream(index, 2, true, preferred, says, span) : this;
    }
}
