package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The HLS playlist that names the others: pictures as {@code EXT-X-STREAM-INF}, each with the group of its sound, and
 * sounds as {@code EXT-X-MEDIA}.
 */
final class HlsMaster {

    private static final String VARIANT = "#EXT-X-STREAM-INF";
    private static final String MEDIA = "#EXT-X-MEDIA";
    private static final String GROUP = "GROUP-ID";

    private final Path file;
    private final List<String> lines;

    private HlsMaster(Path file, List<String> lines) {
        this.file = file;
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
        Path file = folder.resolve(EncodeCommand.HLS);
        return new HlsMaster(file, lines(file));
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

    /**
     * Writes it anew without sounds.
     *
     * @param left playlists of the sounds that are left out
     * @param codecs that go with them
     * @param bitrate of them together, bits a second
     */
    void writeWithout(Set<String> left, Set<String> codecs, long bitrate) throws IOException {
        Set<String> groups = sounds().stream()
                .filter(sound -> !left.contains(sound.playlist()))
                .map(Sound::group)
                .collect(Collectors.toSet());
        List<String> written = new ArrayList<>();
        for (String line : lines) {
            if (isSound(line)) {
                if (!left.contains(HlsTag.parse(line).value("URI"))) {
                    written.add(line);
                }
            } else if (line.startsWith(VARIANT + ":")) {
                HlsTag variant = HlsTag.parse(line);
                if (!groups.contains(variant.value("AUDIO"))) {
                    silence(variant, codecs, bitrate);
                }
                written.add(variant.toString());
            } else {
                written.add(line);
            }
        }
        Files.write(file, written);
    }

    /**
     * Writes it anew with these groups of sounds, and each picture once with each of them. ffmpeg reckons all with the
     * sound that takes most.
     */
    void writeWith(List<SoundGroup> groups) throws IOException {
        long reckoned = groups.stream().mapToLong(SoundGroup::bitrate).max().orElse(0);
        List<String> written = new ArrayList<>();
        lines.stream()
                .takeWhile(line -> !isSound(line) && !line.startsWith(VARIANT))
                .forEach(written::add);
        groups.forEach(group -> written.addAll(group.lines()));
        for (SoundGroup group : groups) {
            for (int i = 0; i + 1 < lines.size(); i++) {
                if (lines.get(i).startsWith(VARIANT + ":")) {
                    HlsTag variant = HlsTag.parse(lines.get(i));
                    long bitrate = Long.parseLong(variant.value("BANDWIDTH")) - reckoned + group.bitrate();
                    variant.attributes().put("BANDWIDTH", Long.toString(bitrate));
                    variant.attributes().put("AUDIO", HlsTag.quoted(group.name()));
                    written.add(variant.toString());
                    written.add(lines.get(i + 1));
                }
            }
        }
        Files.write(file, written);
    }

    private static void silence(HlsTag variant, Set<String> codecs, long bitrate) {
        variant.attributes().remove("AUDIO");
        variant.attributes().computeIfPresent("CODECS", (name, value) -> Arrays.stream(
                        variant.value(name).split(","))
                .filter(codec -> !codecs.contains(codec))
                .collect(Collectors.joining(",", "\"", "\"")));
        variant.attributes()
                .computeIfPresent(
                        "BANDWIDTH",
                        (name, value) -> value.matches("[0-9]{1,18}")
                                ? Long.toString(Math.max(1, Long.parseLong(value) - bitrate))
                                : value);
    }
}
