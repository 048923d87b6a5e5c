package dev.caravan.apigateway;

import dev.caravan.proto.videocatalog.PlaybackReport;
import dev.caravan.proto.videocatalog.Stretch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;

/**
 * A line of Common Media Client Data in event mode: CTA-5004-A, version 2, whose lines are dictionaries of RFC 9651. Of its keys
 * {@code cid} (the number of the video), {@code sid}, {@code sn}, {@code e}, {@code sta}, {@code ec}, {@code msd} and
 * {@code cdn} count, and two of our own:
 * {@code com.caravan-played}, an inner list of milliseconds, each two the beginning and the end of a stretch that was played since
 * the event before; and {@code com.caravan-height}, the lines of the picture. Other keys may come along.
 */
final class Cmcd {

    private static final Pattern VIDEO = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern SESSION = Pattern.compile("[ -~]{1,64}");
    private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_STRETCHES = 50;
    private static final long LONGEST_VIDEO = 1L << 40;
    private static final long LONGEST_START = 300_000;
    private static final long MOST_EVENTS = 1_000_000;
    private static final long HIGHEST = 100_000;

    private final Map<String, ListElement<?>> keys;

    private Cmcd(Map<String, ListElement<?>> keys) {
        this.keys = keys;
    }

    /** The report, or nothing when the line is none. */
    @SuppressWarnings("unchecked")
    static Optional<PlaybackReport> read(String line) {
        try {
            return new Cmcd((Map<String, ListElement<?>>)
                            (Map<?, ?>) Parser.parseDictionary(line).get())
                    .report();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<PlaybackReport> report() {
        String video = text("cid");
        String session = text("sid");
        OptionalLong number = number("sn", MOST_EVENTS);
        if (!VIDEO.matcher(video).matches()
                || !SESSION.matcher(session).matches()
                || number.isEmpty()
                || text("e").isEmpty()) {
            return Optional.empty();
        }
        PlaybackReport.Builder report = PlaybackReport.newBuilder()
                .setVideoId(Integer.parseInt(video))
                .setSession(session)
                .setNumber((int) number.getAsLong())
                .setStalled(text("e").equals("ps") && text("sta").equals("r"))
                .setHeight((int) number("com.caravan-height", HIGHEST).orElse(0))
                .setEdge(text("cdn"));
        number("msd", LONGEST_START).ifPresent(start -> report.setFirstFrameMs((int) start));
        if (text("e").equals("e")) {
            report.setError(ERROR.matcher(text("ec")).matches() ? text("ec") : "unknown");
        }
        return addPlayed(report) ? Optional.of(report.build()) : Optional.empty();
    }

    /** Whether it is a list as it has to be, or none. */
    private boolean addPlayed(PlaybackReport.Builder report) {
        ListElement<?> played = keys.get("com.caravan-played");
        if (played == null) {
            return true;
        }
        if (!(played instanceof InnerList list)
                || list.get().size() % 2 != 0
                || list.get().size() > 2 * MOST_STRETCHES
                || !list.get().stream().allMatch(end -> isWithin(end.get(), LONGEST_VIDEO))) {
            return false;
        }
        List<Item<?>> ends = list.get();
        for (int i = 0; i < ends.size(); i += 2) {
            report.addPlayed(
                    Stretch.newBuilder().setFrom((Long) ends.get(i).get()).setTo((Long)
                            ends.get(i + 1).get()));
        }
        return true;
    }

    /** A string, a token, or the first of a list of them; empty for anything else. */
    private String text(String key) {
        ListElement<?> element = keys.get(key);
        if (element instanceof InnerList list) {
            element = list.get().isEmpty() ? null : list.get().get(0);
        }
        return element != null && element.get() instanceof String text ? text : "";
    }

    private OptionalLong number(String key, long most) {
        ListElement<?> element = keys.get(key);
        return element != null && isWithin(element.get(), most)
                ? OptionalLong.of((Long) element.get())
                : OptionalLong.empty();
    }

    private static boolean isWithin(Object value, long most) {
        return value instanceof Long number && number >= 0 && number <= most;
    }
}
