package dev.caravan.encode.picture;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Cap;
import dev.caravan.encode.ffmpeg.Caps;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.media.Diagnosis;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes pictures anew, in the jail of ffmpeg. An IOException says that the platform is at fault. */
public final class Pictures {

    private static final Logger log = LoggerFactory.getLogger(Pictures.class);
    private static final String UNREADABLE = "could not be read";
    /** More than all sizes come to, whatever they show. */
    private static final long MOST_OUTPUT = 64L << 20;

    private final EncodeProperties properties;
    private final Programs programs;
    private final ObjectMapper json;
    private final Tracer tracer;

    /** Pictures of a service. */
    public Pictures(EncodeProperties properties, Programs programs, ObjectMapper json, Tracer tracer) {
        this.properties = properties;
        this.programs = programs;
        this.json = json;
        this.tracer = tracer;
    }

    /**
     * Makes every size of a picture.
     *
     * @param source a JPEG, PNG, WebP or GIF file; of an animation the first picture is taken
     * @param folder the only one that is seen, with the file and the output folder in it
     * @param output an empty folder
     * @param stem what the names of the files begin with
     * @return the files, those of the largest size first, of each size the JPEG first
     * @throws UnusablePictureException when it can't be shown
     */
    public List<Thumbnail> make(Path source, Path folder, Path output, String stem)
            throws IOException, InterruptedException, UnusablePictureException {
        return make(source, folder, output, stem, false);
    }

    /**
     * Makes a square picture of the middle of another.
     *
     * @param source as {@link #make}
     * @param folder as {@link #make}
     * @param output as {@link #make}
     * @return a JPEG file
     * @throws UnusablePictureException when it can't be shown
     */
    public Path portrait(Path source, Path folder, Path output)
            throws IOException, InterruptedException, UnusablePictureException {
        return output.resolve(
                make(source, folder, output, "portrait-", true).get(0).file());
    }

    private List<Thumbnail> make(Path source, Path folder, Path output, String stem, boolean square)
            throws IOException, InterruptedException, UnusablePictureException {
        byte[] file = Files.readAllBytes(source);
        PictureType type = PictureType.of(file).orElseThrow(() -> new UnusablePictureException(UNREADABLE));
        Optional<WebpAnimation> animation = type == PictureType.WEBP ? WebpAnimation.read(file) : Optional.empty();
        if (animation.isPresent()) {
            Files.write(source, animation.get().still());
        }
        PictureLook look = look(source, folder, type);
        Canvas canvas = animation.map(WebpAnimation::canvas).orElse(Canvas.of(look));
        if (canvas.pixels() > properties.maxThumbnailPixels()) {
            throw new UnusablePictureException(
                    "is larger than allowed, at %d x %d pixels".formatted(canvas.width(), canvas.height()));
        }
        Orientation orientation = Orientation.of(type, file);
        List<ThumbnailSize> sizes = square
                ? List.of(ThumbnailSize.portrait(canvas.width(), canvas.height()))
                : orientation.isOnItsSide()
                        ? ThumbnailSize.of(canvas.height(), canvas.width())
                        : ThumbnailSize.of(canvas.width(), canvas.height());
        run(
                "ffmpeg",
                PictureCommand.make(
                        properties.ffmpeg(),
                        source,
                        type,
                        look,
                        canvas,
                        orientation,
                        sizes,
                        square,
                        stem,
                        properties.maxThumbnailPixels()),
                new Workspace(folder, output));
        List<Thumbnail> thumbnails = new ArrayList<>();
        for (ThumbnailSize size : sizes) {
            thumbnails.add(new Thumbnail(size.jpeg(stem), size.width(), size.height(), Thumbnail.JPEG));
            thumbnails.add(new Thumbnail(size.webp(stem), size.width(), size.height(), Thumbnail.WEBP));
        }
        for (Thumbnail thumbnail : thumbnails) {
            // Versions differ in whether it is a failure when nothing could be decoded.
            Path made = output.resolve(thumbnail.file());
            if (!Files.exists(made) || Files.size(made) == 0) {
                throw new UnusablePictureException(UNREADABLE);
            }
        }
        return List.copyOf(thumbnails);
    }

    /**
     * Takes a picture from an encoded video.
     *
     * @param video a part of it that can be decoded
     * @param second of that part; null for the picture that is most like the others, which also stands for one that is not there
     * @param folder the only one that is seen, with the file in it
     * @return a JPEG file in that folder
     * @throws UnusablePictureException when there is none in it
     */
    public Path still(Path video, @Nullable Double second, Path folder)
            throws IOException, InterruptedException, UnusablePictureException {
        Path still = folder.resolve("still.jpg");
        run("ffmpeg", PictureCommand.still(properties.ffmpeg(), video, second, still), Workspace.of(folder));
        if (second != null && !Files.exists(still)) {
            return still(video, null, folder);
        }
        if (!Files.exists(still)) {
            throw new UnusablePictureException(UNREADABLE);
        }
        return still;
    }

    private PictureLook look(Path source, Path folder, PictureType type)
            throws IOException, InterruptedException, UnusablePictureException {
        long maxPixels = properties.maxThumbnailPixels();
        Outcome outcome = run(
                "ffprobe", PictureCommand.probe(properties.ffprobe(), source, type, maxPixels), Workspace.of(folder));
        return PictureLook.read(json.readTree(outcome.output()))
                .orElseThrow(() -> new UnusablePictureException(UNREADABLE));
    }

    private Outcome run(String name, List<String> command, Workspace room)
            throws IOException, InterruptedException, UnusablePictureException {
        Caps caps = properties.caps(properties.probeTimeout()).withOutput(MOST_OUTPUT);
        Outcome outcome = Spans.within(tracer, name, () -> programs.run(command, room, caps));
        if (outcome.isSuccess()) {
            return outcome;
        }
        log.info("{} cannot read a picture: code {}, {}", name, outcome.exitCode(), outcome.errorLine());
        if (outcome.cap() == Cap.DISK) {
            throw new IOException(name + " was ended because the disk is nearly full.");
        }
        if (outcome.cap() == null && Diagnosis.isOurs(outcome.exitCode(), outcome.errors())) {
            throw new IOException(name + " failed with code " + outcome.exitCode() + ": " + outcome.errorLine());
        }
        throw new UnusablePictureException(
                outcome.cap() == null ? UNREADABLE : "takes too long, or more memory than is allowed");
    }
}
