package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ProbeReportTest {

    @Test
    void readsPictureAndSound() throws Exception {
        Media media = read("""
                {"programs": [], "stream_groups": [],
                 "streams": [
                  {"index": 0, "codec_name": "h264", "codec_type": "video", "width": 1920, "height": 1080,
                   "sample_aspect_ratio": "1:1", "field_order": "progressive", "r_frame_rate": "30/1",
                   "avg_frame_rate": "2997/100", "duration": "12.500000",
                   "disposition": {"default": 1, "attached_pic": 0}, "side_data_list": [{"rotation": -90}]},
                  {"index": 1, "codec_name": "aac", "codec_type": "audio", "r_frame_rate": "0/0",
                   "avg_frame_rate": "0/0", "duration": "12.480000",
                   "disposition": {"default": 1, "attached_pic": 0}}],
                 "format": {"format_name": "mov,mp4,m4a,3gp,3g2,mj2", "duration": "12.600000"}}
                """);

        assertThat(media)
                .isEqualTo(new Media(
                        "mov,mp4,m4a,3gp,3g2,mj2",
                        12.6,
                        new VideoStream(
                                0,
                                1920,
                                1080,
                                Ratio.ONE,
                                270,
                                new Ratio(2997, 100),
                                new Ratio(30, 1),
                                false,
                                Transfer.SDR,
                                12.5),
                        new AudioStream(1, 12.48)));
        assertThat(media.declaredSeconds()).isEqualTo(12.5);
    }

    @Test
    void readsInterlacedWideScreenWithoutLength() throws Exception {
        Media media = read("""
                {"streams": [{"index": 1, "codec_name": "mpeg2video", "codec_type": "video", "width": 720, "height": 576,
                  "sample_aspect_ratio": "64:45", "field_order": "tt", "r_frame_rate": "25/1", "avg_frame_rate": "0/0"}],
                 "format": {"format_name": "mpegts"}}
                """);

        assertThat(media.video().interlaced()).isTrue();
        assertThat(media.video().averageRate()).isNull();
        assertThat(media.video().shownWidth()).isEqualTo(1024);
        assertThat(media.audio()).isNull();
        assertThat(media.declaredSeconds()).isZero();
    }

    @Test
    void readsHighDynamicRange() throws Exception {
        assertThat(read(video("\"color_transfer\": \"smpte2084\"")).video().transfer())
                .isEqualTo(Transfer.PQ);
        assertThat(read(video("\"color_transfer\": \"arib-std-b67\"")).video().transfer())
                .isEqualTo(Transfer.HLG);
        assertThat(read(video("\"color_transfer\": \"bt709\"")).video().transfer())
                .isEqualTo(Transfer.SDR);
    }

    @Test
    void takesTheStreamThatIsMarkedAsDefault() throws Exception {
        Media media = read("""
                {"streams": [
                  {"index": 0, "codec_name": "h264", "codec_type": "video", "width": 320, "height": 180},
                  {"index": 1, "codec_name": "h264", "codec_type": "video", "width": 640, "height": 360,
                   "disposition": {"default": 1}},
                  {"index": 2, "codec_type": "audio", "disposition": {"default": 1}},
                  {"index": 3, "codec_name": "opus", "codec_type": "audio"}],
                 "format": {"format_name": "matroska,webm", "duration": "3.2"}}
                """);

        assertThat(media.video().index()).isEqualTo(1);
        assertThat(media.audio()).isEqualTo(new AudioStream(3, null));
        assertThat(media.declaredSeconds()).isEqualTo(3.2);
    }

    @Test
    void refusesSoundWithCoverArt() {
        assertThatThrownBy(() -> read("""
                        {"streams": [
                          {"index": 0, "codec_name": "aac", "codec_type": "audio"},
                          {"index": 1, "codec_name": "mjpeg", "codec_type": "video", "width": 100, "height": 100,
                           "disposition": {"attached_pic": 1}}]}
                        """)).hasMessage("The file has no moving picture that can be read.");
    }

    @Test
    void refusesAFileWithoutAnyStream() {
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("no moving picture");
    }

    private static String video(String more) {
        return "{\"streams\": [{\"codec_name\": \"hevc\", \"codec_type\": \"video\", \"width\": 640, \"height\": 360, "
                + more + "}]}";
    }

    private static Media read(String report) throws JsonProcessingException {
        return ProbeReport.read(new ObjectMapper().readTree(report));
    }
}
