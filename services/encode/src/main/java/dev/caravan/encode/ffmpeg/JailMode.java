package dev.caravan.encode.ffmpeg;

/** Whether programs have to run in a {@link Jail}. */
public enum JailMode {
    /** The service does not start without. */
    REQUIRED,
    /** The best that the machine has, which may be none. */
    PREFERRED,
    /** None, even where there is one. */
    OFF
}
