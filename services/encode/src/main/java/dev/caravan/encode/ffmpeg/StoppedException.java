package dev.caravan.encode.ffmpeg;

import java.io.IOException;

/** The service is stopping, so a program was ended or not started. Says nothing about the video. */
public final class StoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("The encode service is stopping.");
    }
}
