package dev.caravan.e2e;

/** A platform as its users see it, whatever it runs on. */
interface Platform {

    /** Where the REST API is. */
    String url();

    /** Of the account that administers it. */
    String adminPassword();

    /** An ffmpeg with an ffprobe beside it. */
    String ffmpeg();
}
