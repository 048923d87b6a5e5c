package dev.caravan.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small videos, and files that are none, and looks into what was made of them. */
final class Clips implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FfmpegBinaries binaries;
    private final Path folder;
    private final Programs programs;

    Clips(FfmpegBinaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
        this.programs = new Programs(0, binaries.environment());
    }

    /** Runs ffmpeg with these arguments, divided by blanks; returns the file that the last one names. */
    Path make(String arguments) {
        List<String> command =
                new ArrayList<>(List.of(binaries.ffmpeg().toString(), "-nostdin", "-hide_banner", "-v", "error", "-y"));
        command.addAll(List.of(arguments.split(" ")));
        Outcome outcome = run(command);
        if (!outcome.isSuccess()) {
            throw new IllegalStateException("No clip from " + arguments + ": " + outcome.errors());
        }
        return folder.resolve(command.get(command.size() - 1));
    }

    /** What ffprobe shows of a file. */
    JsonNode probe(Path file, String entries) {
        Outcome outcome = run(List.of(
                binaries.ffprobe().toString(),
                "-v",
                "error",
                "-show_entries",
                entries,
                "-print_format",
                "json",
                file.toString()));
        try {
            return new ObjectMapper().readTree(outcome.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path text(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A few kilobytes that unpack to 64 MiB. */
    Path zipBomb() throws IOException {
        Path file = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("video.mp4"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(zeros);
            }
        }
        return file;
    }

    Path cut(Path file, double share) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Path cut = folder.resolve("cut-" + share + "-" + file.getFileName());
        return Files.write(cut, Arrays.copyOf(bytes, (int) (bytes.length * share)));
    }

    /** Lays an MP4 on its side, as phones do: by the matrix in its track header. */
    Path rotate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd");
        int[] quarterTurn = {0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30};
        ByteBuffer.wrap(bytes).position(header + 44).asIntBuffer().put(quarterTurn);
        return Files.write(file, bytes);
    }

    Path flipBits(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            int position = bytes.length / 3 + random.nextInt(bytes.length / 3);
            bytes[position] = (byte) (bytes[position] ^ 1 << random.nextInt(8));
        }
        return Files.write(folder.resolve("flipped-" + file.getFileName()), bytes);
    }

    /** Nothing but zeros from a place on. */
    Path blank(Path file, double share) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (int) (bytes.length * share), bytes.length, (byte) 0);
        return Files.write(folder.resolve("blank-" + file.getFileName()), bytes);
    }

    /** One file of several, as a player puts segments together. */
    Path join(String name, List<byte[]> parts) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, new byte[0]);
        for (byte[] part : parts) {
            Files.write(file, part, StandardOpenOption.APPEND);
        }
        return file;
    }

    private Outcome run(List<String> command) {
        try {
            return programs.run(command, folder, LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        programs.close();
    }
}
