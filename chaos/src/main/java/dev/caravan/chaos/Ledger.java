package dev.caravan.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What was asked of the platform, and what it said. */
final class Ledger {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final List<String> malformed = new CopyOnWriteArrayList<>();

    /** What is sent. */
    enum Kind {
        GOOD,
        /** Cut off in the middle: it has to end as failed, with that reason. */
        BAD,
        /** Kills the workers each time it is encoded: it has to end as failed by the platform's fault. */
        POISON,
        /** Uploaded and never announced: nothing may stay of it. */
        ABANDONED
    }

    /** One upload. */
    static final class Entry {

        final Kind kind;
        final String title;
        final String token;
        volatile @Nullable String videoId;
        /** Answered 2xx. */
        volatile boolean accepted;
        /** Answered that it is gone: it was announced too late, and nothing may stay of it. */
        volatile boolean lapsed;

        /** What it is called since its owner was told so; null before. */
        volatile @Nullable String renamed;
        /** Asked to go into the trash, and its owner was not told that it is back. */
        volatile boolean trashed;

        volatile boolean deleteAsked;
        volatile boolean deleted;

        Entry(Kind kind, String title, String token) {
            this.kind = kind;
            this.title = title;
            this.token = token;
        }
    }

    Entry begin(Kind kind, String title, String token) {
        Entry entry = new Entry(kind, title, token);
        entries.add(entry);
        return entry;
    }

    List<Entry> entries() {
        return entries;
    }

    /** A message that nothing can be done with was put into a queue; the text names it. */
    void malformed(String text) {
        malformed.add(text);
    }

    List<String> malformed() {
        return malformed;
    }

    long accepted() {
        return entries.stream().filter(entry -> entry.accepted).count();
    }
}
