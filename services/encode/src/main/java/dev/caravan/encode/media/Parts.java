package dev.caravan.encode.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole files one behind the other in one: recordings that were joined by writing one after the other, and radio, whose
 * every song is an Ogg file. ffmpeg would read the later ones by the header of the first. When they are of the same kind it
 * reads a list of them; when they are not, each is read by itself.
 */
public final class Parts {

    /** What ffmpeg reads in the place of such a file, in the job's folder. No upload is called so. */
    public static final String LIST = "parts.ffconcat";

    /** More are radio of a week, and are left as they are. */
    private static final int MOST = 200;

    private static final int MOST_STEPS = 2_000_000;

    private static final long EBML = 0x1a45dfa3L;
    private static final long SEGMENT = 0x18538067L;
    private static final long CLUSTER = 0x1f43b675L;

    private static final int OGG_HEADER = 27;
    private static final int OGG_BEGINS = 2;
    private static final byte[] VORBIS = {1, 'v', 'o', 'r', 'b', 'i', 's'};

    private final RandomAccessFile file;
    private final List<Long> starts = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final List<Span> holes = new ArrayList<>();
    /** Whether each has to be read by itself, because ffmpeg would read the later ones as the first. */
    private boolean apart;

    private Parts(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * Finds them.
     *
     * @param container of the first, as ffprobe names it
     * @param folder of the job; {@link #LIST} is in it afterwards when ffmpeg is to read them as one
     */
    public static Parts of(Path source, String container, Path folder) throws IOException {
        Path list = folder.resolve(LIST);
        Files.deleteIfExists(list);
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "r")) {
            Parts parts = new Parts(file);
            try {
                parts.walk(container);
            } catch (EOFException e) {
                // Cut off, in the last part.
            }
            int count = parts.starts.size();
            if (count < 2 || count > MOST) {
                parts.inputs.add(Input.of(source, folder));
            } else if (parts.apart) {
                parts.addEach(source, folder);
            } else {
                Files.writeString(list, parts.inWords(source));
                parts.inputs.add(Input.of(list, folder));
            }
            return parts;
        }
    }

    /** What is to be read by itself, one after the other: mostly the file as it is. */
    public List<Input> inputs() {
        return inputs;
    }

    /** What is missing in the file, and ffmpeg does not tell. */
    public List<Span> holes() {
        return holes;
    }

    private void walk(String container) throws IOException {
        if (container.startsWith("matroska")) {
            walkMatroska();
        } else if (container.equals("ogg")) {
            walkOgg();
        } else if (container.equals("mpegts")) {
            apart = true;
            TransportStream stream = TransportStream.read(file);
            starts.addAll(stream.tables().starts());
            holes.addAll(stream.clock().holes());
        } else if (container.equals("mp3") || container.equals("aac")) {
            apart = true;
            starts.addAll(SoundFrames.starts(file, container.equals("aac")));
        }
    }

    private void addEach(Path source, Path folder) throws IOException {
        for (int i = 0; i < starts.size(); i++) {
            Path own = Files.createDirectories(folder.resolve("part-" + i));
            inputs.add(Input.of(source, starts.get(i), end(i), own));
        }
    }

    private long end(int part) throws IOException {
        return part + 1 < starts.size() ? starts.get(part + 1) : file.length();
    }

    private String inWords(Path source) throws IOException {
        StringBuilder text = new StringBuilder("ffconcat version 1.0\n");
        for (int i = 0; i < starts.size(); i++) {
            String part = Input.part(source, starts.get(i), end(i));
            text.append("file '%s'\n".formatted(part.replace("'", "'\\''")));
        }
        return text.toString();
    }

    /** From element to element; into what has no length of its own. */
    private void walkMatroska() throws IOException {
        long at = 0;
        for (int step = 0; at < file.length() && step < MOST_STEPS; step++) {
            file.seek(at);
            long id = number(false);
            long size = number(true);
            if (id == EBML) {
                starts.add(at);
            } else if (starts.isEmpty() || id == 0) {
                return;
            }
            boolean open = size < 0 && (id == SEGMENT || id == CLUSTER);
            if (size < 0 && !open || size > file.length() - at) {
                return;
            }
            at = file.getFilePointer() + (open ? 0 : size);
        }
    }

    /** One of EBML's, with the bits that say how long it is or without; -1 for an unknown size, 0 for none. */
    private long number(boolean plain) throws IOException {
        int first = file.readUnsignedByte();
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > Long.BYTES) {
            return 0;
        }
        long ones = (1L << 7 * length) - 1;
        long number = first;
        for (int i = 1; i < length; i++) {
            number = number << 8 | file.readUnsignedByte();
        }
        return !plain ? number : (number & ones) == ones ? -1 : number & ones;
    }

    /** From page to page. Of Vorbis each part has a code book of its own, which a list of parts would not change. */
    private void walkOgg() throws IOException {
        long at = 0;
        boolean beginning = false;
        byte[] header = new byte[OGG_HEADER];
        byte[] lengths = new byte[255];
        for (int step = 0; at < file.length() && step < MOST_STEPS; step++) {
            file.seek(at);
            file.readFully(header);
            if (header[0] != 'O' || header[1] != 'g' || header[2] != 'g' || header[3] != 'S') {
                return;
            }
            int count = header[OGG_HEADER - 1] & 0xff;
            file.readFully(lengths, 0, count);
            int size = 0;
            for (int i = 0; i < count; i++) {
                size += lengths[i] & 0xff;
            }
            boolean begins = (header[5] & OGG_BEGINS) != 0;
            apart |= begins && isVorbis(size);
            if (begins && !beginning) {
                starts.add(at);
            }
            beginning = begins;
            at += OGG_HEADER + count + size;
        }
    }

    private boolean isVorbis(int size) throws IOException {
        byte[] name = new byte[Math.min(size, VORBIS.length)];
        file.readFully(name);
        return Arrays.equals(name, VORBIS);
    }
}
