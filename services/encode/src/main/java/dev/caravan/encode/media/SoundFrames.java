package dev.caravan.encode.media;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where sound without a container, MP3 or AAC, goes on at another rate of samples. What ffmpeg counts its time by is the first
 * one, in all of it or, until version 7, in some.
 */
final class SoundFrames {

    /** Fewer in a row may be anything that looks alike. */
    private static final int LEAST = 4;

    private static final int HEADER = 7;
    private static final int TAG = 10;
    private static final int MOST_STEPS = 1 << 26;

    private static final int[] RATES_OF_MPEG = {44_100, 48_000, 32_000};
    private static final int[] RATES_OF_AAC = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };
    /** Kilobits a second, of layers 1 to 3 of MPEG 1, and of layer 1 and the others of MPEG 2. */
    private static final int[][] BITRATES = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
    };

    private record Frame(int rate, int length) {}

    private final Window window;
    private final boolean aac;
    private final List<Long> starts = new ArrayList<>();
    private int rate;
    private int other;
    private int others;
    private long otherStart;

    private SoundFrames(RandomAccessFile file, boolean aac) {
        this.window = new Window(file);
        this.aac = aac;
    }

    /** Where each part begins that has one rate. */
    static List<Long> starts(RandomAccessFile file, boolean aac) throws IOException {
        SoundFrames frames = new SoundFrames(file, aac);
        frames.walk();
        return frames.starts;
    }

    private void walk() throws IOException {
        long at = 0;
        long tag = -1;
        for (int step = 0; step < MOST_STEPS; step++) {
            int found = window.find(at, HEADER);
            if (found < 0) {
                return;
            }
            byte[] bytes = window.bytes();
            Frame frame = aac ? aac(bytes, found) : mpeg(bytes, found);
            if (frame != null) {
                note(frame.rate, tag < 0 ? at : tag);
                tag = -1;
                at += frame.length;
            } else if (bytes[found] == 'I' && bytes[found + 1] == 'D' && bytes[found + 2] == '3') {
                tag = at;
                at += tag(at);
            } else {
                tag = -1;
                others = 0;
                at++;
            }
        }
    }

    private void note(int seen, long start) {
        if (seen == rate) {
            others = 0;
            return;
        }
        if (others == 0 || seen != other) {
            other = seen;
            others = 0;
            otherStart = start;
        }
        if (++others == LEAST) {
            starts.add(rate == 0 ? Long.valueOf(0) : Long.valueOf(otherStart));
            rate = seen;
            others = 0;
        }
    }

    /** How long one is in front of a song, with its header. */
    private long tag(long at) throws IOException {
        int found = window.find(at, TAG);
        if (found < 0) {
            return TAG;
        }
        byte[] bytes = window.bytes();
        int size = (bytes[found + 6] & 0x7f) << 21
                | (bytes[found + 7] & 0x7f) << 14
                | (bytes[found + 8] & 0x7f) << 7
                | bytes[found + 9] & 0x7f;
        return TAG + size;
    }

    private static @Nullable Frame aac(byte[] bytes, int at) {
        int index = bytes[at + 2] >> 2 & 0xf;
        int length = (bytes[at + 3] & 3) << 11 | (bytes[at + 4] & 0xff) << 3 | (bytes[at + 5] & 0xff) >> 5;
        boolean is = bytes[at] == -1 && (bytes[at + 1] & 0xf6) == 0xf0 && index < RATES_OF_AAC.length;
        return is && length > HEADER ? new Frame(RATES_OF_AAC[index], length) : null;
    }

    private static @Nullable Frame mpeg(byte[] bytes, int at) {
        int version = bytes[at + 1] >> 3 & 3;
        int layer = 4 - (bytes[at + 1] >> 1 & 3);
        int bits = bytes[at + 2] >> 4 & 0xf;
        int index = bytes[at + 2] >> 2 & 3;
        boolean is = bytes[at] == -1 && (bytes[at + 1] & 0xe0) == 0xe0;
        if (!is || version == 1 || layer == 4 || bits == 0 || bits == 0xf || index == 3) {
            return null;
        }
        boolean first = version == 3;
        int rate = RATES_OF_MPEG[index] >> (first ? 0 : version == 2 ? 1 : 2);
        int bitrate = 1000 * BITRATES[first ? layer - 1 : layer == 1 ? 3 : 4][bits];
        int padding = bytes[at + 2] >> 1 & 1;
        int length = layer == 1
                ? 4 * (12 * bitrate / rate + padding)
                : (layer == 3 && !first ? 72 : 144) * bitrate / rate + padding;
        return new Frame(rate, length);
    }
}
