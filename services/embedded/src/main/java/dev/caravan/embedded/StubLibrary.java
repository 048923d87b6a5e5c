package dev.caravan.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Shared libraries without content, for the names that the bundled ffmpeg is linked against but never calls.
 *
 * <p>It wants X11, PulseAudio, ALSA and graphics libraries for capture devices and hardware; a server, and many a
 * container, has none of them, and the loader then refuses to start it. Functions are bound at their first call, so a
 * library with the right name and no function satisfies the loader.
 */
final class StubLibrary {
    private static final List<String> NAMES = List.of(
            "libxcb.so.1",
            "libxcb-shm.so.0",
            "libasound.so.2",
            "libpulse.so.0",
            "libdrm.so.2",
            "libva.so.2",
            "libva-drm.so.2");

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int PROGRAM_HEADERS = 3;
    private static final int SYMBOL = 24;
    private static final int HASH = 16;
    private static final int DYNAMIC_ENTRY = 16;
    private static final int DYNAMIC_ENTRIES = 7;
    /** The largest page size of the two processors, so that the file maps on any. */
    private static final int PAGE = 0x10000;

    private static final int SYMBOLS_AT = HEADER + PROGRAM_HEADERS * PROGRAM_HEADER;
    private static final int HASH_AT = SYMBOLS_AT + SYMBOL;
    private static final int STRINGS_AT = HASH_AT + HASH;

    private static final int READ_WRITE = 6;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_GNU_STACK = 0x6474e551;

    private StubLibrary() {}

    /** Writes every library that ffmpeg asks for and that its own archive does not bring. */
    static void writeMissing(Path folder, Platform platform) throws IOException {
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                Files.write(file, elf(name, platform.elfMachine()));
            }
        }
    }

    /** Returns a 64-bit little-endian ELF shared object of that name, with an empty symbol table. */
    static byte[] elf(String name, int machine) {
        byte[] strings = ("\0" + name + "\0").getBytes(StandardCharsets.US_ASCII);
        int dynamicAt = align(STRINGS_AT + strings.length);
        int dynamicSize = DYNAMIC_ENTRIES * DYNAMIC_ENTRY;
        int size = dynamicAt + dynamicSize;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header(file, machine);
        // One writable segment holds all: older loaders write absolute addresses into the dynamic section.
        programHeader(file, PT_LOAD, 0, size, PAGE);
        programHeader(file, PT_DYNAMIC, dynamicAt, dynamicSize, Long.BYTES);
        // Without this the loader would make the stack executable.
        programHeader(file, PT_GNU_STACK, 0, 0, DYNAMIC_ENTRY);
        // The null symbol is zeros; the hash table has one empty bucket and one chain.
        file.position(HASH_AT).putInt(1).putInt(1);
        file.position(STRINGS_AT).put(strings);
        file.position(dynamicAt);
        dynamic(file, 14, 1); // DT_SONAME: the string at offset 1
        dynamic(file, 4, HASH_AT); // DT_HASH
        dynamic(file, 5, STRINGS_AT); // DT_STRTAB
        dynamic(file, 10, strings.length); // DT_STRSZ
        dynamic(file, 6, SYMBOLS_AT); // DT_SYMTAB
        dynamic(file, 11, SYMBOL); // DT_SYMENT
        dynamic(file, 0, 0); // DT_NULL
        return file.array();
    }

    private static void header(ByteBuffer file, int machine) {
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        file.putShort((short) 3).putShort((short) machine).putInt(1); // ET_DYN, processor, version
        file.putLong(0).putLong(HEADER).putLong(0); // no entry point, program headers, no section headers
        file.putInt(0).putShort((short) HEADER); // flags, size of this header
        file.putShort((short) PROGRAM_HEADER).putShort((short) PROGRAM_HEADERS);
        file.putShort((short) 0).putShort((short) 0).putShort((short) 0); // sections: none
    }

    private static void programHeader(ByteBuffer file, int type, long offset, long size, long alignment) {
        file.putInt(type).putInt(READ_WRITE);
        file.putLong(offset).putLong(offset).putLong(offset); // in the file, virtual, physical
        file.putLong(size).putLong(size).putLong(alignment); // in the file, in memory
    }

    private static void dynamic(ByteBuffer file, long tag, long value) {
        file.putLong(tag).putLong(value);
    }

    private static int align(int offset) {
        return (offset + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
}
