package dev.caravan.encode.media;

/** How a picture's numbers stand for light. */
public enum Transfer {
    /** Standard dynamic range. */
    SDR(""),
    /** HDR10 and Dolby Vision's base layer. */
    PQ("smpte2084"),
    /** Broadcast HDR; also what phones record. */
    HLG("arib-std-b67");

    private final String ffmpegName;

    Transfer(String ffmpegName) {
        this.ffmpegName = ffmpegName;
    }

    static Transfer of(String ffmpegName) {
        for (Transfer transfer : values()) {
            if (transfer != SDR && transfer.ffmpegName.equals(ffmpegName)) {
                return transfer;
            }
        }
        return SDR;
    }

    String ffmpegName() {
        return ffmpegName;
    }
}
