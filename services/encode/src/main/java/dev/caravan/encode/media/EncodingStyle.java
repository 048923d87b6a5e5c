package dev.caravan.encode.media;

/**
 * How videos are encoded, whatever they are.
 *
 * @param preset of x264: {@code ultrafast} to {@code veryslow}
 * @param crf constant rate factor of x264; smaller is better and larger
 * @param maxFrameRate frames a second
 * @param keyframeSeconds from one keyframe to the next, in every size at the same place
 * @param segmentSeconds a multiple of {@code keyframeSeconds}
 * @param audioBitrate bits a second, both channels together
 * @param surroundBitrate bits a second of 5.1, all channels together
 */
public record EncodingStyle(
        String preset,
        int crf,
        int maxFrameRate,
        int keyframeSeconds,
        int segmentSeconds,
        int audioBitrate,
        int surroundBitrate) {

    /** Throws when the numbers do not go together. */
    public EncodingStyle {
        if (keyframeSeconds < 1 || segmentSeconds < keyframeSeconds || segmentSeconds % keyframeSeconds != 0) {
            throw new IllegalArgumentException(
                    "encode.segment-seconds must be a multiple of encode.keyframe-seconds, which is at least 1.");
        }
    }
}
