package dev.caravan.encode.ffmpeg;

/** What a program is ended for having more of than {@link Caps} allow. */
public enum Cap {
    TIME,
    MEMORY,
    THREADS,
    OUTPUT,
    /** The disk is nearly full, whoever filled it. */
    DISK,
    /** It left links or devices where plain files are awaited: whoever reads them would be led elsewhere. */
    PLAIN_FILES
}
