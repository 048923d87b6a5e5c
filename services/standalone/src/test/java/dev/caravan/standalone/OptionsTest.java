package dev.caravan.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @TempDir
    Path folder;

    @Test
    void takesEveryOptionOfUp() {
        UpOptions options = UpOptions.parse(
                "--port", "4100", "--data", folder + "/data", "--routes", folder.toString(), "--no-demo");

        assertThat(options).isEqualTo(new UpOptions(4100, folder.resolve("data"), folder, false));
    }

    @Test
    void hasTheDefaultsOfTheDocumentation() {
        UpOptions options = UpOptions.parse("--routes", folder.toString());

        assertThat(options.port()).isEqualTo(4000);
        assertThat(options.data()).endsWithRaw(Path.of(".caravan"));
        assertThat(options.demo()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", ""})
    void refusesWhatIsNoPort(String port) {
        assertThatThrownBy(() -> UpOptions.parse("--port", port)).isInstanceOf(UsageException.class);
    }

    @Test
    void refusesAnUnknownOptionAndOneWithoutItsValue() {
        assertThatThrownBy(() -> UpOptions.parse("--prot", "4000")).hasMessageContaining("--prot");
        assertThatThrownBy(() -> UpOptions.parse("--port")).hasMessageContaining("needs a value");
        assertThatThrownBy(
                        () -> UpOptions.parse("--routes", folder.resolve("none").toString()))
                .hasMessageContaining("--routes");
    }

    @Test
    void refusesADemoWithoutAReadableFile() throws Exception {
        Path video = Files.createFile(folder.resolve("clip.mp4"));

        assertThat(DemoOptions.parse(video.toString()).video()).isEqualTo(video);
        assertThatThrownBy(DemoOptions::parse).hasMessageContaining("needs a video file");
        assertThatThrownBy(() -> DemoOptions.parse("none.mp4")).hasMessageContaining("none.mp4");
        assertThatThrownBy(() -> DemoOptions.parse(folder.toString())).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> DemoOptions.parse(video.toString(), "--fast")).hasMessageContaining("--fast");
    }
}
