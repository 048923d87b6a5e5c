package dev.caravan.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {

    private static final String TYPE = "multipart/form-data; boundary=\"x y\"";

    @Test
    void givesThePartsOneAfterTheOther() throws IOException {
        assertThat(read("""
                --x y
                Content-Disposition: form-data; name="title"

                Ünïcode
                --x y
                content-type: video/mp4
                CONTENT-DISPOSITION: form-data;
                 filename="a; name=b.mp4"; name=video

                line 1

                line 2
                --x y--
                """))
                .containsExactly(Map.entry("title", "Ünïcode"), Map.entry("video", "line 1\r\n\r\nline 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename=\"a;name=x\\\"; name=y.mp4\"",
                "filename=\"видео 🎬.mp4\"",
                "filename*=UTF-8''%D0%B2.mp4",
                "filename*=bogus-8''%zz%",
                "filename*=UTF-8''\u0432%\u0432",
                "filename=\"=?bogus?B?%%%?=\"",
                "filename=\"unfinished",
                "filename=C:\\",
                "filename",
                "filename=;;=;",
                "x=\"\"; name=\"other\""
            })
    void letsTheFileBeNamedAnything(String filename) throws IOException {
        for (String type : new String[] {"", "Content-Type: video/mp4; charset=\"bogus;8\"\n"}) {
            assertThat(read("--x y\nContent-Disposition: form-data; name=\"video\"; " + filename + "\n" + type
                            + "\nbytes\n--x y--\n"))
                    .containsExactly(Map.entry("video", "bytes"));
        }
    }

    @Test
    void tellsTheCharsetOfAPart() throws IOException {
        MultipartReader reader = reader("""
                --x y
                Content-Disposition: form-data; name="a"
                Content-Type: text/plain; Charset="ISO-8859-1"

                x
                --x y
                Content-Disposition: form-data; name="b"
                Content-Type: text/plain

                x
                --x y--
                """);

        assertThat(reader.next()).extracting(MultipartReader.Part::charset).isEqualTo("ISO-8859-1");
        assertThat(reader.next()).extracting(MultipartReader.Part::charset).isNull();
    }

    @Test
    void skipsWhatIsNotRead() throws IOException {
        MultipartReader reader = reader("""
                preamble
                --x y
                Content-Disposition: form-data; name="a"

                never read
                --x y
                Content-Disposition: form-data; name="b"


                --x y--
                epilogue
                """);

        assertThat(reader.next()).extracting(MultipartReader.Part::name).isEqualTo("a");
        assertThat(reader.next()).extracting(MultipartReader.Part::name).isEqualTo("b");
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary at all",
                "--x y\nContent-Disposition: form-data; name=\"a\"",
                "--x y\nContent-Disposition: form-data; name=\"a\"\n\ncut off",
                "--x y\nContent-Disposition: form-data; name=\"a\"\n\ncut off\n--x y",
                "--x y\nContent-Disposition: form-data\n\nno name\n--x y--\n"
            })
    void failsOnABodyThatIsNotWhole(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 31, 4096, 100_000})
    void givesEveryByteHoweverLikeADelimiterAndHoweverItComes(int atATime) throws IOException {
        String delimiter = "\r\n--x y";
        StringBuilder content = new StringBuilder();
        for (int length = 0; length < delimiter.length(); length++) {
            content.append(delimiter, 0, length).append(delimiter, length / 2, length);
        }
        String all = content.toString().repeat(500);
        String body = "--x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + all
                + "\r\n--x y\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--x y--";
        MultipartReader reader = new MultipartReader(
                TYPE, new FilterInputStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII))) {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        return super.read(target, offset, Math.min(length, atATime));
                    }
                });

        assertThat(reader.next().content().readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(all);
        assertThat(reader.next().content().readAllBytes()).isEmpty();
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--x yz\n", "--x y\n\n\n", "--x y--", "--x y-\n"})
    void failsOnADelimiterThatGoesOnAsNone(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }

    @Test
    void failsOnAHeadThatDoesNotEnd() {
        assertThatThrownBy(() ->
                        read("--x y\nContent-Disposition: form-data; name=\"" + "a".repeat(10_000) + "\"\n\n\n--x y--"))
                .hasMessageContaining("8192");
    }

    @Test
    void failsOnMorePartsThanAFormHas() {
        String part = "--x y\nContent-Disposition: form-data; name=\"a\"\n\n\n";

        assertThatThrownBy(() -> read(part.repeat(51) + "--x y--\n")).hasMessageContaining("50");
    }

    @Test
    void failsWithoutABoundary() {
        assertThatThrownBy(() -> new MultipartReader("multipart/form-data", new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void knowsFormsByTheirContentType() {
        assertThat(MultipartReader.reads(TYPE)).isTrue();
        assertThat(MultipartReader.reads("Multipart/Form-Data;boundary=x")).isTrue();
        assertThat(MultipartReader.reads("video/mp4")).isFalse();
        assertThat(MultipartReader.reads(null)).isFalse();
    }

    private static Map<String, String> read(String body) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        MultipartReader reader = reader(body);
        for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
            parts.put(part.name(), new String(part.content().readAllBytes(), StandardCharsets.UTF_8));
        }
        return parts;
    }

    private static MultipartReader reader(String body) throws IOException {
        byte[] bytes = body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new MultipartReader(TYPE, new ByteArrayInputStream(bytes));
    }
}
