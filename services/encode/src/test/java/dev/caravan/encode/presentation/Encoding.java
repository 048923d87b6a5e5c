package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.Ratio;
import dev.caravan.encode.media.Rung;
import dev.caravan.encode.media.Videos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What ffmpeg made of nine seconds at 23.976 frames a second, in two sizes and with sound, in a folder where it can be
 * damaged.
 */
record Encoding(Path folder) {

    static final List<Rung> RUNGS = List.of(new Rung(64, 48, 200_000), new Rung(32, 24, 100_000));
    static final Ratio RATE = new Ratio(24_000, 1001);
    static final double SECONDS = 9.009;
    private static final Plan PLAN = Videos.plan(SECONDS, RUNGS, RATE);

    static Encoding in(Path folder) throws Exception {
        Path made = Path.of(
                        Encoding.class.getResource("/presentation/master.mpd").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return new Encoding(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    /** @param edit has to change something */
    void edit(String name, UnaryOperator<String> edit) {
        try {
            String before = text(name);
            String after = edit.apply(before);
            if (after.equals(before)) {
                throw new IllegalArgumentException("Nothing to edit in " + name);
            }
            Files.writeString(file(name), after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Overwrites bytes; from the end where it is negative. */
    void overwrite(String name, int at, byte... by) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        System.arraycopy(by, 0, bytes, at < 0 ? bytes.length + at : at, by.length);
        Files.write(file(name), bytes);
    }

    void cut(String name, int bytesLess) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        Files.write(file(name), java.util.Arrays.copyOf(bytes, bytes.length - bytesLess));
    }

    void copy(String name, String to) throws IOException {
        Files.write(file(to), Files.readAllBytes(file(name)));
    }

    void delete(String name) throws IOException {
        Files.delete(file(name));
    }

    EncodedVideo corrected() throws IOException {
        return corrected(PLAN);
    }

    EncodedVideo corrected(Plan plan) throws IOException {
        return Manifests.correct(folder, plan.sounds());
    }

    Presentation verify(EncodedVideo encoded) throws IOException {
        return verify(encoded, PLAN);
    }

    Presentation verify(EncodedVideo encoded, Plan plan) throws IOException {
        return Verification.of(folder, plan, encoded);
    }

    /** As two runs of ffmpeg write it, of which the first made the smaller size and the sound. */
    void split() throws IOException {
        String whole = text("master.mpd");
        String large =
                whole.substring(whole.indexOf("<Representation id=\"0\""), whole.indexOf("<Representation id=\"1\""));
        String sound = whole.substring(whole.indexOf("<AdaptationSet id=\"1\""), whole.lastIndexOf("</Period>"));
        String first = whole.replace(large, "")
                .replace("id=\"1\" mimeType=\"video", "id=\"0\" mimeType=\"video")
                .replace("<Representation id=\"2\"", "<Representation id=\"1\"")
                .replace("init-$", "init-first-$")
                .replace("segment-$", "segment-first-$");
        int from = whole.indexOf("<Representation id=\"1\"");
        String small = whole.substring(from, whole.indexOf("</AdaptationSet>", from));
        Files.writeString(file("first-master.mpd"), first);
        Files.writeString(file("master.mpd"), whole.replace(small, "").replace(sound, ""));
        for (int id = 1; id <= 2; id++) {
            Files.move(file("init-" + id + ".mp4"), file("init-first-" + (id - 1) + ".mp4"));
            for (int i = 1; i <= 3; i++) {
                Files.move(
                        file("segment-" + id + "-0000" + i + ".m4s"),
                        file("segment-first-" + (id - 1) + "-0000" + i + ".m4s"));
            }
        }
    }

    /** As ffmpeg writes another sound. */
    void addSound(int id, int channels) throws IOException {
        for (String segment : List.of("-00001.m4s", "-00002.m4s", "-00003.m4s")) {
            copy("segment-2" + segment, "segment-" + id + segment);
        }
        copy("init-2.mp4", "init-" + id + ".mp4");
        edit("master.mpd", text -> {
            String set = text.substring(text.indexOf("<AdaptationSet id=\"1\""), text.lastIndexOf("</Period>"));
            String other = set.replace("<AdaptationSet id=\"1\"", "<AdaptationSet id=\"" + (id - 1) + "\"")
                    .replace("<Representation id=\"2\"", "<Representation id=\"" + id + "\"")
                    .replace("value=\"2\"", "value=\"" + channels + "\"");
            return text.replace(
                    "</Period>", other.substring(0, other.indexOf("</AdaptationSet>")) + "</AdaptationSet></Period>");
        });
    }
}
