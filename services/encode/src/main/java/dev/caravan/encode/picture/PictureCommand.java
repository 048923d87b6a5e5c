package dev.caravan.encode.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command lines that look at a picture and that make it anew, both of ffmpeg and of ffprobe. */
final class PictureCommand {

    /** Of one piece of memory: 16 bits for each of four colours of the largest pictures. */
    private static final int BYTES_PER_PIXEL = 8;

    private static final String SCALE = "flags=lanczos+accurate_rnd+full_chroma_int";

    private final List<String> command = new ArrayList<>();

    private PictureCommand() {}

    /** Reports width, height and pixel format as JSON. */
    static List<String> probe(String ffprobe, Path source, PictureType type, long maxPixels) {
        PictureCommand probe = new PictureCommand();
        probe.add(ffprobe, "-hide_banner", "-v", "error");
        // Of one with more pixels than allowed it tells how many; to decode it takes more memory than it gets.
        probe.addGuards(type, maxPixels);
        probe.add("-show_entries", "stream=width,height,pix_fmt", "-print_format", "json", "-i", source.toString());
        return List.copyOf(probe.command);
    }

    /**
     * Makes every size as JPEG and as WebP, in the working folder.
     *
     * @param look what ffprobe said of it
     * @param canvas what it stands on
     * @param sizes largest first
     * @param square whether they are of the square in the middle
     * @param stem what the names of the files begin with
     */
    static List<String> make(
            String ffmpeg,
            Path source,
            PictureType type,
            PictureLook look,
            Canvas canvas,
            Orientation orientation,
            List<ThumbnailSize> sizes,
            boolean square,
            String stem,
            long maxPixels) {
        PictureCommand make = new PictureCommand();
        make.add(ffmpeg, "-nostdin", "-hide_banner", "-v", "error", "-nostats");
        make.addGuards(type, maxPixels);
        make.add("-max_pixels", Long.toString(maxPixels));
        // Turned below, by every version alike.
        make.add("-noautorotate", "-i", source.toString());
        make.add("-filter_complex", graph(type, look, canvas, orientation, sizes, square));
        for (int i = 0; i < sizes.size(); i++) {
            make.addOutput("[jpeg" + i + "]", sizes.get(i).jpeg(stem), "-c:v", "mjpeg", "-q:v", "3");
            make.addOutput("[webp" + i + "]", sizes.get(i).webp(stem), "-c:v", "libwebp", "-quality", "82");
        }
        return List.copyOf(make.command);
    }

    /**
     * Takes a picture from a part of an encoded video.
     *
     * @param second of the part; null for the picture that is most like the others
     */
    static List<String> still(String ffmpeg, Path video, @Nullable Double second, Path still) {
        PictureCommand take = new PictureCommand();
        take.add(ffmpeg, "-nostdin", "-hide_banner", "-v", "error", "-nostats");
        if (second != null) {
            take.add("-ss", String.format(Locale.ROOT, "%.3f", second));
        }
        take.add("-protocol_whitelist", "file", "-format_whitelist", "mov", "-i", video.toString());
        take.add(
                "-filter_complex",
                "[0:v]" + (second == null ? "thumbnail," : "")
                        + "scale=out_color_matrix=bt601:out_range=full,format=yuvj420p[still]");
        take.addOutput("[still]", still.toString(), "-c:v", "mjpeg", "-q:v", "2");
        return List.copyOf(take.command);
    }

    /** Nothing is read but this one file, as a picture of this one kind, and nothing of a size that only an attack has. */
    private void addGuards(PictureType type, long maxPixels) {
        add("-max_alloc", Long.toString(BYTES_PER_PIXEL * maxPixels + (1 << 20)));
        add("-protocol_whitelist", "file", "-format_whitelist", type.demuxer(), "-codec_whitelist", type.decoder());
        add("-f", type.demuxer());
    }

    private void addOutput(String label, String file, String... codec) {
        add("-map", label, "-map_metadata", "-1", "-frames:v", "1");
        add(codec);
        // Without the names of programs.
        add("-flags:v", "+bitexact", "-fflags", "+bitexact", "-f", "image2", "-update", "1", file);
    }

    /**
     * The picture is put on white where one can look through it, scaled to the largest size, turned upright, and freed of
     * what came beside it. Pixels are squares, as browsers take them, whatever the file says.
     */
    private static String graph(
            PictureType type,
            PictureLook look,
            Canvas canvas,
            Orientation orientation,
            List<ThumbnailSize> sizes,
            boolean square) {
        List<String> chains = new ArrayList<>();
        List<String> filters = new ArrayList<>(List.of("[0:v]setsar=1"));
        if (look.isYuv()) {
            // What both kinds of file say by being what they are.
            // The flags keep ffmpeg 8.0 from its short cut to gbrp, which leaves the last columns black where the width
            // is no multiple of 16.
            filters.add("scale=" + SCALE + ":in_color_matrix=bt601:in_range="
                    + (type == PictureType.JPEG ? "full" : "limited"));
        }
        if (look.hasAlpha() || !canvas.isCoveredBy(look)) {
            filters.add("format=rgba");
            chains.add(String.join(",", filters) + "[picture]");
            chains.add("color=c=white:s=" + canvas.width() + "x" + canvas.height() + ":r=1:d=1,format=rgba[ground]");
            filters.clear();
            filters.add("[ground][picture]overlay=" + canvas.left() + ":" + canvas.top() + ":format=rgb");
        } else {
            filters.add("format=gbrp");
        }
        if (square) {
            filters.add("crop='min(iw,ih)':'min(iw,ih)'");
        }
        ThumbnailSize largest = sizes.get(0);
        filters.add("scale="
                + (orientation.isOnItsSide()
                        ? largest.height() + ":" + largest.width()
                        : largest.width() + ":" + largest.height())
                + ":" + SCALE);
        filters.addAll(orientation.filters());
        filters.add("sidedata=mode=delete");
        filters.add("metadata=mode=delete");
        String chain = String.join(",", filters);
        for (int i = 0; i < sizes.size(); i++) {
            boolean last = i == sizes.size() - 1;
            chains.add(String.format(
                    Locale.ROOT,
                    "%s,split=%d[forjpeg%d][forwebp%d]%s",
                    chain,
                    last ? 2 : 3,
                    i,
                    i,
                    last ? "" : "[next" + i + "]"));
            chains.add("[forjpeg" + i + "]scale=" + SCALE
                    + ":out_color_matrix=bt601:out_range=full,format=yuvj420p[jpeg" + i + "]");
            chains.add("[forwebp" + i + "]format=bgra[webp" + i + "]");
            if (!last) {
                ThumbnailSize next = sizes.get(i + 1);
                chain = "[next" + i + "]scale=" + next.width() + ":" + next.height() + ":" + SCALE;
            }
        }
        return String.join(";", chains);
    }

    private void add(String... arguments) {
        command.addAll(List.of(arguments));
    }
}
