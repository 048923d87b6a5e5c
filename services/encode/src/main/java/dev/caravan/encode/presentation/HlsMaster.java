package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The HLS playlist that names the others: pictures as {@code EXT-X-STREAM-INF}, each with the group of its sound, and
 * sounds as {@code EXT-X-MEDIA}.
 */
final class HlsMaster {

    private static final String VARIANT = "#EXT-X-STREAM-INF";
    private static final String MEDIA = "#EXT-X-MEDIA";
    private static final String GROUP = "GROUP-ID";

    private final List<String> lines;

    private HlsMaster(List<String> lines) {
        this.lines = lines;
    }

    /**
     * A picture and what goes with it.
     *
     * @param playlist file name
     * @param group of its sound; empty when it has none
     */
    record Variant(String playlist, String resolution, String codecs, String group) {}

    /**
     * A sound.
     *
     * @param playlist file name
     * @param name what viewers choose it by
     * @param language BCP 47; empty when it is not said
     */
    record Sound(String playlist, String group, String name, String language, String channels, boolean isDefault) {}

    /** @throws dev.caravan.kernel.Fault when it is missing or no playlist */
    static HlsMaster read(Path folder) throws IOException {
        return new HlsMaster(lines(folder.resolve(EncodeCommand.HLS)));
    }

    /** The lines of a playlist, without those that say nothing. */
    static List<String> lines(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty() || !lines.get(0).equals("#EXTM3U")) {
                throw Unplayable.because("the HLS playlist %s cannot be read", file.getFileName());
            }
            return lines;
        } catch (NoSuchFileException e) {
            throw Unplayable.because("the HLS playlist %s is missing", file.getFileName());
        } catch (CharacterCodingException e) {
            throw Unplayable.because("the HLS playlist %s cannot be read", file.getFileName());
        }
    }

    List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith(VARIANT + ":")) {
                HlsTag tag = HlsTag.parse(lines.get(i));
                variants.add(new Variant(
                        lines.get(i + 1), tag.value("RESOLUTION"), tag.value("CODECS"), tag.value("AUDIO")));
            }
        }
        return variants;
    }

    List<Sound> sounds() {
        return lines.stream()
                .filter(HlsMaster::isSound)
                .map(HlsTag::parse)
                .map(tag -> new Sound(
                        tag.value("URI"),
                        tag.value(GROUP),
                        tag.value("NAME"),
                        tag.value("LANGUAGE"),
                        tag.value("CHANNELS"),
                        tag.value("DEFAULT").equals("YES")))
                .toList();
    }

    private static boolean isSound(String line) {
        return line.startsWith(MEDIA + ":") && HlsTag.parse(line).value("TYPE").equals("AUDIO");
    }
}
