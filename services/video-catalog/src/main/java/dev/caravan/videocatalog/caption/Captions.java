package dev.caravan.videocatalog.caption;

import dev.caravan.kernel.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Captions in one language.
 *
 * @param content WebVTT, whose lines end in line feeds
 * @param words that a search finds, each once, separated by spaces
 */
public record Captions(String content, int cues, String words) {

    private static final int MOST_CUES = 20_000;
    private static final int LONGEST_TIMES = 1000;
    private static final int LONGEST_WORDS = 50_000;
    private static final int LONGEST_WORD = 100;
    private static final String ARROW = "-->";
    private static final String HEADER = "WEBVTT";

    private static final Pattern TIMES =
            Pattern.compile("\\s*([0-9:.,]{5,20})[ \\t]+-->[ \\t]+([0-9:.,]{5,20})(?:[ \\t].*)?");
    private static final Pattern VTT_TIME = Pattern.compile("(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\\.([0-9]{3})");
    private static final Pattern SRT_TIME = Pattern.compile("([0-9]{1,4}):([0-5]?[0-9]):([0-5]?[0-9])[,.]([0-9]{1,3})");
    private static final Pattern SRT_NUMBER = Pattern.compile("\\s*[0-9]{1,9}\\s*");
    /** What of SubRip's markup WebVTT has too, and the rest of it, which nothing of WebVTT stands for. */
    private static final Pattern SRT_MARKUP =
            Pattern.compile("(?i)(</?[biu]>)|</?font[^<>]{0,200}>|\\{\\\\[^{}]{0,200}\\}|([&<>])");

    private static final Pattern MARKUP = Pattern.compile("<[^<>]*>|&[a-zA-Z#0-9]{1,10};");
    private static final Pattern NO_WORD = Pattern.compile("[\\s\\p{P}\\p{Z}\\p{Cntrl}]+");

    /**
     * Takes WebVTT as it is, and makes it of SubRip.
     *
     * @throws Fault that says the line and what is wrong with it
     */
    public static Captions of(byte[] file) {
        List<String> lines = CaptionFile.lines(file);
        return new Reader(lines, isWebVtt(lines.get(0))).read();
    }

    private static boolean isWebVtt(String line) {
        return line.equals(HEADER) || line.startsWith(HEADER + " ") || line.startsWith(HEADER + "\t");
    }

    /** Reads block by block: lines until an empty one. */
    private static final class Reader {

        private final List<String> lines;
        private final boolean vtt;
        private final StringBuilder content = new StringBuilder();
        private final Set<String> words = new LinkedHashSet<>();
        private int wordsLength;
        private int cues;

        Reader(List<String> lines, boolean vtt) {
            this.lines = lines;
            this.vtt = vtt;
        }

        Captions read() {
            if (!vtt) {
                content.append(HEADER).append("\n\n");
            }
            for (int start = 0; start < lines.size(); ) {
                int end = start;
                while (end < lines.size() && !lines.get(end).isBlank()) {
                    end++;
                }
                if (end > start) {
                    block(start, end);
                }
                start = end + 1;
            }
            if (cues == 0) {
                throw CaptionFile.invalid(lines.size(), "the file ends without a cue");
            }
            return new Captions(content.toString(), cues, String.join(" ", words));
        }

        private void block(int start, int end) {
            int times = start;
            while (times < end && !lines.get(times).contains(ARROW)) {
                times++;
            }
            boolean header = vtt && start == 0;
            if (header ? times < end : times > start + 1 && times < end) {
                throw CaptionFile.invalid(
                        times + 1, "the times of a cue must follow an empty line, or one line with its name");
            }
            if (times == end) {
                checkNoCue(start);
                lines.subList(start, end).forEach(line -> content.append(line).append('\n'));
            } else {
                cue(start, times, end);
            }
            content.append('\n');
        }

        /** A header, note, style or region, which SubRip has not. */
        private void checkNoCue(int start) {
            if (!vtt) {
                throw CaptionFile.invalid(
                        start + 1,
                        cues == 0
                                ? "the file must begin with WEBVTT, or be SubRip (SRT)"
                                : "a cue must have its times, such as 00:01:02,500 --> 00:01:04,000");
            }
        }

        private void cue(int start, int times, int end) {
            if (++cues > MOST_CUES) {
                throw CaptionFile.invalid(times + 1, "there are more than " + MOST_CUES + " cues");
            }
            if (vtt) {
                checkTimes(times);
                lines.subList(start, times + 1)
                        .forEach(line -> content.append(line).append('\n'));
            } else {
                if (times > start && !SRT_NUMBER.matcher(lines.get(start)).matches()) {
                    throw CaptionFile.invalid(start + 1, "the line before the times of a cue must be its number");
                }
                content.append(checkTimes(times)).append('\n');
            }
            for (int i = times + 1; i < end; i++) {
                String line = lines.get(i);
                if (line.contains(ARROW)) {
                    throw CaptionFile.invalid(i + 1, "an empty line must come before the next cue");
                }
                line = vtt ? line : toWebVtt(line);
                content.append(line).append('\n');
                addWords(line);
            }
        }

        /** Times as WebVTT writes them. */
        private String checkTimes(int index) {
            String line = lines.get(index);
            Matcher times = TIMES.matcher(line.length() > LONGEST_TIMES ? "" : line);
            if (!times.matches()) {
                throw badTimes(index);
            }
            long from = millis(times.group(1), index);
            long until = millis(times.group(2), index);
            if (until < from) {
                throw CaptionFile.invalid(index + 1, "the cue ends before it begins");
            }
            return time(from) + " --> " + time(until);
        }

        private long millis(String text, int index) {
            Matcher time = (vtt ? VTT_TIME : SRT_TIME).matcher(text);
            if (!time.matches()) {
                throw badTimes(index);
            }
            long hours = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
            long minutes = hours * 60 + Long.parseLong(time.group(2));
            // Of fewer digits than three SubRip means thousandths all the same.
            return (minutes * 60 + Long.parseLong(time.group(3))) * 1000 + Long.parseLong(time.group(4));
        }

        private Fault badTimes(int index) {
            return CaptionFile.invalid(
                    index + 1,
                    "the times must be written as "
                            + (vtt ? "00:01:02.500 --> 00:01:04.000" : "00:01:02,500 --> 00:01:04,000"));
        }

        private static String time(long millis) {
            return String.format(
                    "%02d:%02d:%02d.%03d", millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
        }

        private static String toWebVtt(String line) {
            return SRT_MARKUP
                    .matcher(line)
                    .replaceAll(markup -> Matcher.quoteReplacement(
                            markup.group(1) != null
                                    ? markup.group(1).toLowerCase(Locale.ROOT)
                                    : markup.group(2) != null ? escaped(markup.group(2)) : ""));
        }

        private static String escaped(String character) {
            return switch (character) {
                case "&" -> "&amp;";
                case "<" -> "&lt;";
                default -> "&gt;";
            };
        }

        /** As many as are worth to be searched; what comes after them is not found. */
        private void addWords(String line) {
            for (String word : NO_WORD.split(MARKUP.matcher(line).replaceAll(" "))) {
                if (!word.isEmpty()
                        && word.length() <= LONGEST_WORD
                        && wordsLength + word.length() < LONGEST_WORDS
                        && words.add(word.toLowerCase(Locale.ROOT))) {
                    wordsLength += word.length() + 1;
                }
            }
        }
    }
}
