package dev.caravan.encode.presentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryboardTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "0.04, 1, 1",
        "3.9, 1, 1",
        "4, 2, 1",
        "19, 9, 1",
        "21, 10, 1",
        "39.9, 10, 1",
        "40, 10, 2",
        "100, 10, 5",
        "899.9, 10, 5",
        "900, 10, 10",
        "43200, 10, 10"
    })
    void hasNoEmptyTileNoMoreThanKeyframesAndMoreOfALongVideo(double seconds, int columns, int rows) {
        Storyboard storyboard = Storyboard.of(video(seconds, 426, 240), 2);

        assertThat(storyboard.columns()).isEqualTo(columns);
        assertThat(storyboard.rows()).isEqualTo(rows);
        assertThat(storyboard.text().split("-->")).hasSize(columns * rows + 1);
    }

    @ParameterizedTest
    @CsvSource({"426, 240, 160, 90", "240, 426, 90, 160", "100, 60, 100, 60", "2000, 16, 160, 2", "321, 241, 160, 120"})
    void hasTilesOfTheShapeOfTheVideoWithEvenSides(int width, int height, int tileWidth, int tileHeight) {
        Storyboard storyboard = Storyboard.of(video(10, width, height), 2);

        assertThat(storyboard.width()).isEqualTo(tileWidth);
        assertThat(storyboard.height()).isEqualTo(tileHeight);
    }

    @Test
    void readsOfALongVideoTheSegmentsInTheMiddleOfEachTilesTime() {
        Storyboard storyboard = Storyboard.of(video(3600, 426, 240), 2);

        assertThat(storyboard.segments()).hasSize(100).startsWith("segment-00005", "segment-00014");
    }

    @Test
    void saysWhichTileIsOfWhichTime() {
        assertThat(Storyboard.of(video(7200, 426, 240), 2).text())
                .startsWith("WEBVTT\n\n00:00:00.000 --> 00:01:12.000\nstoryboard.jpg#xywh=0,0,160,90\n")
                .endsWith("01:58:48.000 --> 02:00:00.000\nstoryboard.jpg#xywh=1440,810,160,90\n");
    }

    @Test
    void isASetOfPicturesInTheDashManifestAndNoTrackThatHasToPlay() throws Exception {
        Encoding encoding = Encoding.in(folder);
        Presentation before = DashManifest.read(encoding.file("master.mpd")).presentation();
        DashManifest manifest = DashManifest.read(encoding.file("master.mpd"));

        manifest.add(Storyboard.of(before, 2), 9009);

        assertThat(Files.readString(encoding.file("master.mpd")))
                .contains("<AdaptationSet contentType=\"image\" mimeType=\"image/jpeg\">")
                .contains("media=\"storyboard.jpg\"", "duration=\"9009\"")
                .contains("bandwidth=\"8000\" height=\"24\" id=\"storyboard\" width=\"128\"")
                .contains("schemeIdUri=\"http://dashif.org/guidelines/thumbnail_tile\" value=\"4x1\"");
        assertThat(DashManifest.read(encoding.file("master.mpd")).presentation())
                .isEqualTo(before);
    }

    /** Segments of four seconds, in two sizes. */
    private static Presentation video(double seconds, int width, int height) {
        List<Segment> segments = new ArrayList<>();
        long end = Math.round(1000 * seconds);
        for (long start = 0; start < end; start += 4000) {
            String file = "segment-%05d".formatted(segments.size() + 1);
            segments.add(new Segment(file, start, Math.min(4000, end - start)));
        }
        Track large = new Track("0", true, 2 * width, 2 * height, 0, "", 1, "avc1", 1000, "init-0", List.of());
        Track small = new Track("1", true, width, height, 0, "", 1, "avc1", 1000, "init-1", List.copyOf(segments));
        return new Presentation(seconds, 4, List.of(large, small));
    }
}
