package dev.caravan.videocatalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    @Test
    void isAFileInAVideosFolder() {
        Manifest dash = Manifest.at("/manifests/encoded-videos/0b9e-4c/master.mpd");
        Manifest hls = Manifest.at("/manifests/encoded-videos/0b9e-4c/media_12.m3u8");

        assertThat(dash.folder()).isEqualTo("encoded-videos/0b9e-4c");
        assertThat(dash.video()).isEqualTo("0b9e-4c");
        assertThat(dash.key()).isEqualTo("encoded-videos/0b9e-4c/master.mpd");
        assertThat(dash.contentType()).isEqualTo("application/dash+xml");
        assertThat(hls.contentType()).isEqualTo("application/vnd.apple.mpegurl");
    }

    @Test
    void isAFileInAnAttemptsFolder() {
        Manifest dash = Manifest.at("/manifests/encoded-videos/0b9e-4c/12/master.mpd");

        assertThat(dash.folder()).isEqualTo("encoded-videos/0b9e-4c/12");
        assertThat(dash.video()).isEqualTo("0b9e-4c");
        assertThat(dash.key()).isEqualTo("encoded-videos/0b9e-4c/12/master.mpd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/manifests/",
                "/manifests/raw-videos/v/master.mpd",
                "/manifests/encoded-videos/v/segment-0-00001.m4s",
                "/manifests/encoded-videos/v/master.mpd/",
                "/manifests/encoded-videos/v/.mpd",
                "/manifests/encoded-videos/master.mpd",
                "/manifests/encoded-videos/../master.mpd",
                "/manifests/encoded-videos/v/w/master.mpd",
                "/manifests/encoded-videos/v/0/master.mpd",
                "/manifests/encoded-videos/v/1/2/master.mpd",
                "/manifests/encoded-videos/v/1/../master.mpd",
                "/manifests/encoded-videos/v/..%2Fmaster.mpd",
                "/manifests/encoded-videos/v;x=1/master.mpd",
                "/manifests//encoded-videos/v/master.mpd"
            })
    void isNothingElse(String path) {
        assertThatThrownBy(() -> Manifest.at(path)).isInstanceOf(Fault.class);
    }
}
