package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeReportTest {

    @Test
    void readsPictureAndSound() throws Exception {
        Contents contents = read("""
                {"programs": [], "stream_groups": [],
                 "streams": [
                  {"index": 0, "codec_name": "h264", "codec_type": "video", "width": 1920, "height": 1080,
                   "pix_fmt": "yuv420p", "color_space": "bt709", "color_transfer": "iec61966-2-1",
                   "sample_aspect_ratio": "1:1", "field_order": "progressive", "r_frame_rate": "30/1",
                   "avg_frame_rate": "2997/100", "duration": "12.500000", "nb_frames": "375",
                   "disposition": {"default": 1, "attached_pic": 0}, "side_data_list": [{"rotation": -90}]},
                  {"index": 1, "codec_name": "aac", "codec_type": "audio", "r_frame_rate": "0/0",
                   "avg_frame_rate": "0/0", "channels": 2, "channel_layout": "stereo",
                   "disposition": {"default": 1, "attached_pic": 0}}],
                 "format": {"format_name": "mov,mp4,m4a,3gp,3g2,mj2", "duration": "12.600000"}}
                """);

        assertThat(contents.container()).isEqualTo("mov,mp4,m4a,3gp,3g2,mj2");
        assertThat(contents.pictures())
                .containsExactly(new VideoStream(
                        0,
                        "h264",
                        1920,
                        1080,
                        Ratio.ONE,
                        270,
                        new Ratio(2997, 100),
                        new Ratio(30, 1),
                        false,
                        Transfer.SDR,
                        new Colours("auto", "bt709", "bt709", "iec61966-2-1"),
                        true,
                        new Span(0, 0),
                        0));
        assertThat(contents.sounds())
                .containsExactly(new AudioStream(1, 2, true, true, AudioStream.Said.NOTHING, new Span(0, 0)));
        assertThat(contents.declared())
                .isEqualTo(Map.of(0, new Contents.Declared(12.5, 375), 1, new Contents.Declared(12.6, 0)));
    }

    @Test
    void readsInterlacedWideScreenWithoutLength() throws Exception {
        Contents contents = read("""
                {"streams": [{"index": 1, "codec_name": "mpeg2video", "codec_type": "video", "width": 720, "height": 576,
                  "sample_aspect_ratio": "64:45", "field_order": "tt", "r_frame_rate": "25/1", "avg_frame_rate": "0/0"}],
                 "format": {"format_name": "mpegts"}}
                """);

        VideoStream picture = contents.pictures().get(0);
        assertThat(picture.interlaced()).isTrue();
        assertThat(picture.averageRate()).isNull();
        assertThat(picture.shownWidth()).isEqualTo(1024);
        assertThat(contents.sounds()).isEmpty();
        assertThat(contents.declared()).isEqualTo(Map.of(1, new Contents.Declared(0, 0)));
    }

    @Test
    void readsHighDynamicRange() throws Exception {
        assertThat(picture("\"color_transfer\": \"smpte2084\"").transfer()).isEqualTo(Transfer.PQ);
        assertThat(picture("\"color_transfer\": \"arib-std-b67\"").transfer()).isEqualTo(Transfer.HLG);
        assertThat(picture("\"color_transfer\": \"bt709\"").transfer()).isEqualTo(Transfer.SDR);
    }

    @Test
    void takesColoursThatAreNotSaidAsPlayersDo() throws Exception {
        assertThat(picture("\"pix_fmt\": \"yuv420p\"").colours())
                .isEqualTo(new Colours("smpte170m", "smpte170m", "smpte170m", "smpte170m"));
        assertThat(Colours.of("yuv420p", "unknown", "", "", 1280, 720))
                .isEqualTo(new Colours("bt709", "bt709", "bt709", "bt709"));
        assertThat(Colours.of("gbrp", "gbr", "", "", 64, 48)).isEqualTo(Colours.HD);
        assertThat(Colours.of("yuv420p10le", "bt2020nc", "bt2020", "bt2020-10", 64, 48))
                .isEqualTo(new Colours("auto", "bt709", "bt2020", "bt2020-10"));
    }

    @Test
    void putsFirstWhatIsMarkedAsTheOneToPlayAndLeavesOutWhatHasNoCodec() throws Exception {
        Contents contents = read("""
                {"streams": [
                  {"index": 0, "codec_name": "h264", "codec_type": "video", "width": 320, "height": 180},
                  {"index": 1, "codec_name": "h264", "codec_type": "video", "width": 640, "height": 360,
                   "disposition": {"default": 1}},
                  {"index": 2, "codec_type": "audio", "disposition": {"default": 1}},
                  {"index": 3, "codec_name": "opus", "codec_type": "audio"}],
                 "format": {"format_name": "matroska,webm", "duration": "3.2"}}
                """);

        assertThat(contents.pictures()).extracting(VideoStream::index).containsExactly(1, 0);
        assertThat(contents.sounds()).extracting(AudioStream::index).containsExactly(3);
    }

    @Test
    void readsWhatAFileSaysOfItsSounds() throws Exception {
        assertThat(sound("\"tags\": {\"language\": \"GER\", \"title\": \" Deutsch \"}")
                        .says())
                .isEqualTo(new AudioStream.Said("de", "Deutsch", false));
        assertThat(sound("\"disposition\": {\"visual_impaired\": 1}, \"tags\": {\"language\": \"und\"}")
                        .says())
                .isEqualTo(new AudioStream.Said("", "", true));
        assertThat(sound("\"disposition\": {\"descriptions\": 1}, \"tags\": {\"language\": \"no such\"}")
                        .says())
                .isEqualTo(new AudioStream.Said("", "", true));
        assertThat(sound("\"tags\": {\"language\": \"mul\"}").says()).isEqualTo(AudioStream.Said.NOTHING);
        assertThat(sound("\"tags\": {\"title\": \"%s\"}".formatted("a".repeat(200)))
                        .says()
                        .title())
                .hasSize(100);
    }

    @Test
    void tellsACoverFromAMovingPicture() throws Exception {
        Contents contents = read("""
                {"streams": [
                  {"index": 0, "codec_name": "aac", "codec_type": "audio"},
                  {"index": 1, "codec_name": "mjpeg", "codec_type": "video", "width": 100, "height": 80,
                   "disposition": {"attached_pic": 1}}]}
                """);

        assertThat(contents.pictures()).isEmpty();
        assertThat(contents.cover()).extracting(VideoStream::index).isEqualTo(1);
    }

    @Test
    void knowsWhichSoundHasNoOrderOfItsChannels() throws Exception {
        assertThat(sound("\"channels\": 10, \"channel_layout\": \"unknown\"").arranged())
                .isFalse();
        assertThat(sound("\"channels\": 10, \"channel_layout\": \"10 channels\"")
                        .arranged())
                .isFalse();
        assertThat(sound("\"channels\": 24, \"channel_layout\": \"22.2\"").arranged())
                .isTrue();
        assertThat(sound("\"channels\": 4").arranged()).isTrue();
    }

    @Test
    void readsAFileWithoutAnyStream() throws Exception {
        assertThat(read("{}").pictures()).isEmpty();
        assertThat(read("{}").sounds()).isEmpty();
    }

    @Test
    void learnsSizesAndWhatCanBeDecodedFromSamples() throws Exception {
        Contents contents = read("""
                {"streams": [
                  {"index": 0, "codec_name": "h264", "codec_type": "video", "width": 320, "height": 180},
                  {"index": 1, "codec_name": "h264", "codec_type": "video", "width": 0, "height": 0},
                  {"index": 2, "codec_name": "h264", "codec_type": "video", "width": 0, "height": 0},
                  {"index": 3, "codec_name": "mpegh_3d_audio", "codec_type": "audio"},
                  {"index": 4, "codec_name": "aac", "codec_type": "audio"}]}
                """);
        Samples samples = new Samples();
        for (String line : new String[] {
            "stream_index=1|width=320|height=180|side_data|",
            "",
            "stream_index=1|width=640|height=360|",
            "stream_index=4|"
        }) {
            samples.accept(line);
        }

        Contents sampled = contents.sampled(samples);

        assertThat(sampled.pictures()).extracting(VideoStream::index).containsExactly(1, 0);
        assertThat(sampled.pictures().get(0).width()).isEqualTo(640);
        assertThat(sampled.sounds()).extracting(AudioStream::index).containsExactly(4, 3);
    }

    private static VideoStream picture(String more) throws JsonProcessingException {
        return read("{\"streams\": [{\"codec_name\": \"hevc\", \"codec_type\": \"video\", \"width\": 640, \"height\": 360, "
                        + more + "}]}")
                .pictures()
                .get(0);
    }

    private static AudioStream sound(String more) throws JsonProcessingException {
        return read("{\"streams\": [{\"codec_name\": \"aac\", \"codec_type\": \"audio\", " + more + "}]}")
                .sounds()
                .get(0);
    }

    private static Contents read(String report) throws JsonProcessingException {
        return ProbeReport.read(new ObjectMapper().readTree(report));
    }
}
