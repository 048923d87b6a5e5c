package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosisTest {

    @Test
    void knowsWhatWouldFailWithAnyVideo() {
        assertThat(Diagnosis.isOurs(127, "sh: ffmpeg: not found")).isTrue();
        assertThat(Diagnosis.isOurs(137, "")).isTrue();
        assertThat(Diagnosis.isOurs(228, "[out#0/dash] Error: No space left on device"))
                .isTrue();
        assertThat(Diagnosis.isOurs(8, "Unknown encoder 'libx264'")).isTrue();
        assertThat(Diagnosis.isOurs(125, "mount: /media: permission denied.")).isTrue();
        assertThat(Diagnosis.isOurs(1, "unshare: unshare failed: Operation not permitted"))
                .isTrue();
        assertThat(Diagnosis.isOurs(1, "[in#0 @ 0x5] mount: is no prefix of a line"))
                .isFalse();
        assertThat(Diagnosis.isOurs(183, "Invalid data found when processing input"))
                .isFalse();
    }

    @Test
    void knowsAFileThatWasNotLetGrow() {
        assertThat(Diagnosis.isTooLarge(153, "")).isTrue();
        assertThat(Diagnosis.isTooLarge(229, "[out#0/dash] Error writing trailer: File too large"))
                .isTrue();
        assertThat(Diagnosis.isTooLarge(228, "No space left on device")).isFalse();
    }

    @Test
    void tellsACutFileFromADamagedOneAndFromAnythingElse() {
        assertThat(Diagnosis.ofProbe("[mov,mp4 @ 0x5] moov atom not found\nsource: Invalid data found"))
                .isEqualTo(Refusal.TRUNCATED);
        assertThat(Diagnosis.ofProbe("source: Invalid data found when processing input"))
                .isEqualTo(Refusal.NOT_A_VIDEO);
        assertThat(Diagnosis.ofEncoding("[matroska,webm @ 0x5] File ended prematurely"))
                .isEqualTo(Refusal.TRUNCATED);
        assertThat(Diagnosis.ofEncoding("[mpegts @ 0x5] corrupt input packet in stream 0"))
                .isEqualTo(Refusal.DAMAGED);
        assertThat(Diagnosis.ofEncoding("[dec:h264 @ 0x5] Error submitting packet to decoder"))
                .isEqualTo(Refusal.DAMAGED);
    }
}
