package dev.caravan.encode.presentation;

import dev.caravan.kernel.VideoText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a video is downloaded as: a file of each size, with the sound that is played unless a viewer chooses another. */
public final class Downloads {

    private final String title;
    private final List<Size> sizes;
    private final @Nullable String sound;
    private final List<Made> made = new ArrayList<>();

    /**
     * A size of a video.
     *
     * @param playlist of its picture
     */
    public record Size(String playlist, int width, int height) {

        /** What viewers call it: lines of its short side, as the ladder counts them. */
        public String name() {
            return Math.min(width, height) + "p";
        }
    }

    /**
     * A file that is stored.
     *
     * @param bytes its size
     */
    public record Made(Size size, long bytes) {}

    private Downloads(String title, List<Size> sizes, @Nullable String sound) {
        this.title = title;
        this.sizes = List.copyOf(sizes);
        this.sound = sound;
    }

    /**
     * Those of a stored video.
     *
     * @param folder with the playlist that names the others
     * @param title what its files are called
     * @throws dev.caravan.kernel.Fault when it is no playlist
     */
    public static Downloads of(Path folder, String title) throws IOException {
        HlsMaster master = HlsMaster.read(folder);
        List<HlsMaster.Variant> variants = master.variants();
        if (variants.isEmpty()) {
            throw Unplayable.because("the HLS playlist names no picture");
        }
        // A picture is there once with each group of sounds; all players play those of the first.
        Map<String, Size> sizes = new LinkedHashMap<>();
        variants.forEach(variant -> sizes.putIfAbsent(variant.playlist(), size(variant)));
        String group = variants.get(0).group();
        List<HlsMaster.Sound> sounds = master.sounds().stream()
                .filter(sound -> sound.group().equals(group))
                .toList();
        String sound = sounds.stream()
                .filter(HlsMaster.Sound::isDefault)
                .findFirst()
                .or(() -> sounds.stream().findFirst())
                .map(HlsMaster.Sound::playlist)
                .orElse(null);
        return new Downloads(title, List.copyOf(sizes.values()), sound);
    }

    private static Size size(HlsMaster.Variant variant) {
        String[] sides = variant.resolution().split("x", 2);
        try {
            return new Size(variant.playlist(), Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Unplayable.because("the HLS playlist does not say how large %s is", variant.playlist());
        }
    }

    public List<Size> sizes() {
        return sizes;
    }

    /** The playlist of its sound; null when it has none. */
    public @Nullable String sound() {
        return sound;
    }

    /** How the file of a size is called where it is downloaded to. */
    public String fileName(Size size) {
        return VideoText.fileName(title, " " + size.name() + ".mp4");
    }

    /** Notes that a file is stored. */
    public void add(Made file) {
        made.add(file);
    }

    public List<Made> made() {
        return List.copyOf(made);
    }
}
