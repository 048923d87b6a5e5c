package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.ffmpeg.JailMode;
import dev.caravan.encode.ffmpeg.JailSearch;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.picture.Pictures;
import dev.caravan.encode.picture.Thumbnail;
import dev.caravan.encode.picture.UnusablePictureException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** Pictures of every kind through a real ffmpeg in its jail: what is made of them, and what is in that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PicturesIT {

    private static final int RED = 0xd02020;
    private static final int GREEN = 0x20b040;
    private static final int BLUE = 0x2040d0;
    private static final int GREY = 0x808080;
    private static final int WHITE = 0xffffff;
    private static final Map<Integer, String> NAMES = Map.of(RED, "R", GREEN, "G", BLUE, "B", GREY, "X", WHITE, "W");
    /** Of 255, for each of red, green and blue. */
    private static final int TOLERANCE = 6;

    private Path work;
    private Path files;
    private Clips clips;
    private Programs programs;
    private Pictures pictures;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        work = folder.resolve("work");
        files = Files.createDirectory(folder.resolve("files"));
        FfmpegBinaries binaries = ffmpeg();
        clips = new Clips(Encoders.bundled(), files);
        programs = new JailSearch(
                        10, binaries.ffmpeg().toString(), binaries.ffprobe().toString(), binaries.environment())
                .find(JailMode.PREFERRED, false);
        pictures = new Pictures(
                properties(binaries, folder),
                programs,
                new ObjectMapper(),
                io.opentelemetry.api.OpenTelemetry.noop().getTracer("test"));
    }

    /** What they are made with. */
    FfmpegBinaries ffmpeg() {
        return Encoders.bundled();
    }

    @AfterAll
    void end() {
        programs.close();
        clips.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, RGBX", "2, GRXB", "3, XBGR", "4, BXRG", "5, RBGX", "6, BRXG", "7, XGBR", "8, GXRB",
    })
    void standUprightHoweverTheCameraWasHeld(int orientation, String corners) throws Exception {
        BufferedImage quarters = quarters(400, 200);
        byte[] exif = Photos.exif(orientation, orientation % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Map<String, byte[]> photos = Map.of(
                "jpeg", Photos.jpeg(jpeg(quarters), exif),
                "png", Photos.png(png(quarters), exif),
                "webp", Photos.webp(webp(quarters), 400, 200, exif));
        for (Map.Entry<String, byte[]> photo : photos.entrySet()) {
            List<Thumbnail> made = make(photo.getValue());
            String size = orientation < 5 ? "400x200 320x160" : "200x400";
            assertThat(sizes(made)).as(photo.getKey()).isEqualTo(size);
            for (Thumbnail thumbnail : made) {
                assertThat(corners(thumbnail))
                        .as("%s of %s", thumbnail, photo.getKey())
                        .isEqualTo(corners);
            }
        }
    }

    @Test
    void holdNothingButThePicture() throws Exception {
        BufferedImage quarters = quarters(1500, 1000);
        byte[] exif = Photos.exif(6, ByteOrder.LITTLE_ENDIAN);
        for (byte[] photo : List.of(
                Photos.jpeg(jpeg(quarters), exif),
                Photos.png(png(quarters), exif),
                Photos.webp(webp(quarters), 1500, 1000, exif))) {
            List<Thumbnail> made = make(photo);
            assertThat(sizes(made)).isEqualTo("1000x1500 640x960 320x480");
            for (Thumbnail thumbnail : made) {
                byte[] bytes = Files.readAllBytes(output().resolve(thumbnail.file()));
                assertThat(parts(thumbnail, bytes)).as(thumbnail.file()).isSubsetOf(allowed(thumbnail));
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .doesNotContain(Photos.MAKER, "Exif", "http", "ICC", "Lavc", "Lavf", "GPS");
            }
        }
    }

    @Test
    void areSquareAsPortraitsOfTheirMiddleAndHoldNothingElse() throws Exception {
        byte[] exif = Photos.exif(6, ByteOrder.LITTLE_ENDIAN);
        for (byte[] photo :
                List.of(Photos.jpeg(jpeg(quarters(1500, 1000)), exif), Photos.png(png(quarters(300, 1200)), exif))) {
            Path folder = Files.createDirectories(work.resolve("portrait"));
            Path output = folder.resolve("made");
            WorkFolder.empty(folder);
            WorkFolder.empty(output);

            Path portrait = pictures.portrait(Files.write(folder.resolve("image"), photo), folder, output);

            BufferedImage seen = ImageIO.read(portrait.toFile());
            assertThat(seen.getWidth()).isEqualTo(256);
            assertThat(seen.getHeight()).isEqualTo(256);
            assertThat(name(seen.getRGB(5, 5))
                            + name(seen.getRGB(250, 5))
                            + name(seen.getRGB(5, 250))
                            + name(seen.getRGB(250, 250)))
                    .isEqualTo("BRXG");
            assertThat(new String(Files.readAllBytes(portrait), StandardCharsets.ISO_8859_1))
                    .doesNotContain(Photos.MAKER, "Exif", "http", "ICC", "Lavc", "Lavf", "GPS");
        }
    }

    @Test
    void areMadeInThreeSizesAsJpegAndAsWebp() throws Exception {
        assertThat(make(jpeg(quarters(1920, 1080))))
                .containsExactly(
                        new Thumbnail("thumbnail-1280.jpg", 1280, 720, "image/jpeg"),
                        new Thumbnail("thumbnail-1280.webp", 1280, 720, "image/webp"),
                        new Thumbnail("thumbnail-640.jpg", 640, 360, "image/jpeg"),
                        new Thumbnail("thumbnail-640.webp", 640, 360, "image/webp"),
                        new Thumbnail("thumbnail-320.jpg", 320, 180, "image/jpeg"),
                        new Thumbnail("thumbnail-320.webp", 320, 180, "image/webp"));
        for (Thumbnail size : make(png(quarters(77, 33)))) {
            assertThat(corners(size)).isEqualTo("RGBX");
            assertThat(size.width()).isEqualTo(77);
        }
    }

    @Test
    void keepTheirColoursWhateverTheyAreWrittenIn() throws Exception {
        BufferedImage quarters = quarters(400, 200);
        Path png = Files.write(files.resolve("quarters.png"), png(quarters));
        Map<String, Path> kinds = new HashMap<>();
        for (String arguments : List.of(
                "-pix_fmt yuvj420p -q:v 1 a.jpg",
                "-pix_fmt yuvj444p -q:v 1 b.jpg",
                "-pix_fmt rgb48be c.png",
                "-pix_fmt rgba64be d.png",
                "-pix_fmt rgba e.png",
                "-lossless 1 f.webp",
                "-quality 95 -pix_fmt yuv420p g.webp",
                "-quality 95 -pix_fmt yuva420p h.webp",
                "-filter_complex [0]split[a][b];[b]palettegen[p];[a][p]paletteuse=dither=none i.png",
                "-filter_complex [0]split[a][b];[b]palettegen[p];[a][p]paletteuse=dither=none j.gif")) {
            kinds.put(arguments, clips.make("-i " + png + " " + arguments));
        }
        kinds.put("CMYK", Files.write(files.resolve("cmyk.jpg"), cmyk(quarters)));
        for (Map.Entry<String, Path> kind : kinds.entrySet()) {
            for (Thumbnail thumbnail : make(Files.readAllBytes(kind.getValue()))) {
                assertThat(corners(thumbnail))
                        .as("%s of %s", thumbnail, kind.getKey())
                        .isEqualTo("RGBX");
            }
        }
    }

    /** As those are whose width is no multiple of 16. */
    @ParameterizedTest
    @ValueSource(ints = {323, 354, 360, 854})
    void reachToTheirLastColumn(int width) throws Exception {
        Path png = Files.write(files.resolve("white.png"), png(plain(width, 40, WHITE)));
        for (String arguments : List.of("-pix_fmt yuvj420p -q:v 1 a.jpg", "-quality 95 -pix_fmt yuv420p b.webp")) {
            for (Thumbnail thumbnail : make(Files.readAllBytes(clips.make("-i " + png + " " + arguments)))) {
                BufferedImage seen = seen(thumbnail);
                assertThat(name(seen.getRGB(seen.getWidth() - 1, seen.getHeight() / 2)))
                        .as("%s of %s", thumbnail, arguments)
                        .isEqualTo("W");
            }
        }
    }

    @Test
    void keepTheirGreysWithOneColourAlone() throws Exception {
        Path png = Files.write(files.resolve("grey.png"), png(plain(60, 40, GREY)));
        for (String arguments : List.of(
                "-pix_fmt gray a.png", "-pix_fmt gray16be b.png", "-pix_fmt ya8 c.png", "-pix_fmt gray d.jpg")) {
            for (Thumbnail thumbnail : make(Files.readAllBytes(clips.make("-i " + png + " " + arguments)))) {
                assertThat(corners(thumbnail))
                        .as("%s of %s", thumbnail, arguments)
                        .isEqualTo("XXXX");
            }
        }
    }

    @Test
    void standOnWhiteWhereOneCanLookThrough() throws Exception {
        BufferedImage glass = new BufferedImage(400, 200, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 400; x++) {
            for (int y = 0; y < 200; y++) {
                glass.setRGB(x, y, x < 200 ? RED : 0xff000000 | RED);
            }
        }
        Path png = Files.write(files.resolve("glass.png"), png(glass));
        for (Path file : List.of(
                png,
                clips.make("-i " + png + " -c:v libwebp -lossless 1 glass.webp"),
                clips.make("-i " + png + " -c:v libwebp -quality 95 -pix_fmt yuva420p glass2.webp"),
                // Whose one picture is the half that one can see.
                clips.make("-i " + png + " -c:v libwebp_anim -quality 95 -pix_fmt yuva420p glass3.webp"),
                clips.make(
                        "-i " + png
                                + " -filter_complex [0]split[a][b];[b]palettegen=reserve_transparent=1[p];[a][p]paletteuse glass.gif"))) {
            for (Thumbnail thumbnail : make(Files.readAllBytes(file))) {
                assertThat(corners(thumbnail))
                        .as("%s of %s", thumbnail, file.getFileName())
                        .isEqualTo("WRWR");
            }
        }
    }

    @Test
    void areTheFirstOfAnAnimation() throws Exception {
        String twoPictures = "-f lavfi -i color=0xd02020:s=64x48:r=5:d=1 -f lavfi -i color=0x2040d0:s=64x48:r=5:d=1"
                + " -filter_complex [0][1]concat";
        for (String kind : List.of(
                " -c:v libwebp_anim -quality 95 moving.webp",
                " -c:v libwebp_anim -lossless 1 moving2.webp",
                ",split[a][b];[b]palettegen[p];[a][p]paletteuse=dither=none moving.gif")) {
            for (Thumbnail thumbnail : make(Files.readAllBytes(clips.make(twoPictures + kind)))) {
                assertThat(corners(thumbnail)).as(kind).isEqualTo("RRRR");
            }
        }
    }

    @Test
    void areMadeOfWhatIsThereWhenAPhotoIsCutOff() throws Exception {
        byte[] jpeg = jpeg(quarters(640, 400));

        List<Thumbnail> made = make(Arrays.copyOf(jpeg, jpeg.length * 3 / 4));

        assertThat(corners(made.get(0))).startsWith("RG");
    }

    @Test
    void areRefusedInWordsWhenNothingCanBeSeen() throws Exception {
        byte[] png = png(quarters(64, 48));
        byte[] webp = webp(quarters(64, 48));
        Map<String, byte[]> broken = Map.of(
                "empty", new byte[0],
                "text", latin("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                "a signature", latin("\u00ff\u00d8\u00ff\u00e0"),
                "text behind a signature", latin("\u0089PNG\r\n\u001a\n<script>alert(1)</script>"),
                "half a PNG", Arrays.copyOf(png, png.length / 2),
                "half a WebP", Arrays.copyOf(webp, webp.length / 2),
                "a playlist behind a signature", latin("GIF89a#EXTM3U\nfile:///etc/passwd"),
                "a WebP of nothing", latin("RIFF\u0004\0\0\0WEBP"));
        broken.forEach((name, file) -> assertThatThrownBy(() -> make(file))
                .as(name)
                .isInstanceOf(UnusablePictureException.class)
                .hasMessage("could not be read"));
    }

    @Test
    void areRefusedWhenTheyAreMeantToFillTheMemory() {
        assertThat(catchThrowable(() -> make(hugePng(20_000, 10_000))))
                .isInstanceOf(UnusablePictureException.class)
                .hasMessage("is larger than allowed, at 20000 x 10000 pixels");
        assertThat(catchThrowable(() -> make(hugePng(60_000, 60_000)))).isInstanceOf(UnusablePictureException.class);
    }

    private List<Thumbnail> make(byte[] picture) throws Exception {
        Files.createDirectories(work);
        WorkFolder.empty(work);
        Path source = Files.write(work.resolve("thumbnail"), picture);
        Files.createDirectory(output());
        List<Thumbnail> made = pictures.make(source, work, output(), "thumbnail-");
        try (var all = Files.list(output())) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            made.stream().map(Thumbnail::file).toList());
        }
        return made;
    }

    private Path output() {
        return work.resolve("thumbnails");
    }

    private static String sizes(List<Thumbnail> made) {
        List<String> sizes = made.stream()
                .map(thumbnail -> thumbnail.width() + "x" + thumbnail.height())
                .distinct()
                .toList();
        return String.join(" ", sizes);
    }

    private BufferedImage seen(Thumbnail thumbnail) throws IOException {
        Path file = output().resolve(thumbnail.file());
        return ImageIO.read(
                thumbnail.isJpeg()
                        ? file.toFile()
                        : clips.make("-i " + file + " seen.png").toFile());
    }

    /** The colours of its quarters: above, left to right, then below. */
    private String corners(Thumbnail thumbnail) throws IOException {
        BufferedImage picture = seen(thumbnail);
        assertThat(picture.getWidth()).isEqualTo(thumbnail.width());
        assertThat(picture.getHeight()).isEqualTo(thumbnail.height());
        int left = picture.getWidth() / 4;
        int right = picture.getWidth() - 1 - left;
        int above = picture.getHeight() / 4;
        int below = picture.getHeight() - 1 - above;
        return name(picture.getRGB(left, above))
                + name(picture.getRGB(right, above))
                + name(picture.getRGB(left, below))
                + name(picture.getRGB(right, below));
    }

    private static String name(int colour) {
        return NAMES.entrySet().stream()
                .filter(entry -> isClose(entry.getKey(), colour))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("#%06x".formatted(colour & 0xffffff));
    }

    private static boolean isClose(int one, int other) {
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /** Markers of segments, or names of chunks. */
    private static List<String> parts(Thumbnail thumbnail, byte[] file) {
        List<String> parts = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (thumbnail.isJpeg()) {
            int position = 2;
            while ((file[position + 1] & 0xff) != 0xda) {
                parts.add("%02x".formatted(file[position + 1]));
                position += 2 + (bytes.getShort(position + 2) & 0xffff);
            }
            return parts;
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int position = 12;
        while (position < file.length) {
            parts.add(new String(file, position, 4, StandardCharsets.ISO_8859_1));
            int length = bytes.getInt(position + 4);
            position += 8 + length + length % 2;
        }
        return parts;
    }

    private static List<String> allowed(Thumbnail thumbnail) {
        return thumbnail.isJpeg() ? List.of("e0", "db", "c0", "c4") : List.of("VP8 ");
    }

    private static BufferedImage quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                boolean left = x < width / 2;
                image.setRGB(x, y, y < height / 2 ? (left ? RED : GREEN) : (left ? BLUE : GREY));
            }
        }
        return image;
    }

    private static BufferedImage plain(int width, int height, int colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, colour);
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private byte[] jpeg(BufferedImage image) throws IOException {
        Path png = Files.write(files.resolve("for.png"), png(image));
        return Files.readAllBytes(clips.make("-i " + png + " -q:v 1 -pix_fmt yuvj444p for.jpg"));
    }

    private byte[] webp(BufferedImage image) throws IOException {
        Path png = Files.write(files.resolve("for.png"), png(image));
        return Files.readAllBytes(clips.make("-i " + png + " -c:v libwebp -lossless 1 for.webp"));
    }

    /** As programs for print write it: four inks, the other way round, and a segment that says so. */
    private static byte[] cmyk(BufferedImage image) throws IOException {
        WritableRaster inks = Raster.createInterleavedRaster(0, image.getWidth(), image.getHeight(), 4, null);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                int colour = image.getRGB(x, y);
                inks.setPixel(x, y, new int[] {colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff, 255});
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(javax.imageio.ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(1);
            writer.write(null, new IIOImage(inks, null, null), parameters);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = bytes.toByteArray();
        byte[] adobe = latin("\u00ff\u00ee\0\u000eAdobe\0\u0064\0\0\0\0\0");
        return ByteBuffer.allocate(jpeg.length + adobe.length)
                .put(jpeg, 0, 2)
                .put(adobe)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** Zeros, of which a gigabyte takes a megabyte. */
    private static byte[] hugePng(int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(latin("\u0089PNG\r\n\u001a\n"));
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(rows)) {
            byte[] row = new byte[3 * width + 1];
            for (int y = 0; y < 200; y++) {
                deflater.write(row);
            }
        }
        chunk(png, "IDAT", rows.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(latin(name));
        sum.update(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(latin(name));
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The defaults of the product. */
    private static EncodeProperties properties(FfmpegBinaries binaries, Path folder) throws IOException {
        Map<String, Object> own = Map.of(
                "encode.ffmpeg", binaries.ffmpeg().toString(),
                "encode.ffprobe", binaries.ffprobe().toString(),
                "java.io.tmpdir", folder.toString());
        List<PropertySource<?>> sources = new ArrayList<>(List.of(new MapPropertySource("own", own)));
        sources.addAll(new YamlPropertySourceLoader().load("encode", new ClassPathResource("config/encode.yaml")));
        return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bind("encode", EncodeProperties.class)
                .get();
    }
}
