package dev.caravan.videocatalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    private static final String QUERY = "Policy=p&Signature=s&Key-Pair-Id=k";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment-0-00001.m4s",
                "media_0.m3u8",
                "segment-$RepresentationID$-$Number%05d$.m4s",
                "below/it.m4s",
                "a..b.m4s",
                "..a"
            })
    void signsFilesOfTheFolder(String reference) {
        assertThat(Reference.sign(reference, QUERY)).isEqualTo(reference + "?" + QUERY);
    }

    @Test
    void keepsAQueryThatIsThere() {
        assertThat(Reference.sign("a.m4s?b=c", QUERY)).isEqualTo("a.m4s?b=c&" + QUERY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "folder/",
                "/encoded-videos/other/a.m4s",
                "//example.com/a.m4s",
                "https://example.com/a.m4s",
                "data:text/plain,x",
                "../other/a.m4s",
                "a/../../b.m4s",
                ".."
            })
    void leavesWhatTheSignatureDoesNotOpen(String reference) {
        assertThat(Reference.sign(reference, QUERY)).isEqualTo(reference);
    }
}
