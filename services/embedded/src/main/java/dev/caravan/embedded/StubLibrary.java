package dev.caravan.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shared libraries without content, for the names that the bundled ffmpeg is linked against but never calls.
 *
 * <p>It wants X11, PulseAudio, ALSA and graphics libraries for capture devices and hardware; a server, and many a
 * container, has none of them, and the loader then refuses to start it. Functions are bound at their first call, so a
 * library with the right name and no function satisfies the loader.
 */
final class StubLibrary {
    /** The libraries' names, each with the symbol versions that ffmpeg asks it for (the loader warns without them). */
    private static final Map<String, List<String>> NEEDED = Map.of(
            "libxcb.so.1", List.of(),
            "libxcb-shm.so.0", List.of(),
            "libasound.so.2", List.of("ALSA_0.9", "ALSA_0.9.0rc4"),
            "libpulse.so.0", List.of("PULSE_0"),
            "libdrm.so.2", List.of(),
            "libva.so.2", List.of("VA_API_0.33.0"),
            "libva-drm.so.2", List.of());

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int PROGRAM_HEADERS = 3;
    private static final int SYMBOL = 24;
    private static final int SYMBOL_VERSION = 8;
    private static final int HASH = 16;
    private static final int VERSION_ENTRY = 20;
    private static final int VERSION_NAME = 8;
    private static final int DYNAMIC_ENTRY = 16;
    private static final int DYNAMIC_ENTRIES = 10;
    /** The largest page size of the two processors, so that the file maps on any. */
    private static final int PAGE = 0x10000;

    private static final int SYMBOLS_AT = HEADER + PROGRAM_HEADERS * PROGRAM_HEADER;
    private static final int SYMBOL_VERSIONS_AT = SYMBOLS_AT + SYMBOL;
    private static final int HASH_AT = SYMBOL_VERSIONS_AT + SYMBOL_VERSION;
    private static final int VERSIONS_AT = HASH_AT + HASH;

    private static final int READ_WRITE = 6;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_GNU_STACK = 0x6474e551;

    private StubLibrary() {}

    /** Writes every library that ffmpeg asks for and that its own archive does not bring. */
    static void writeMissing(Path folder, Platform platform) throws IOException {
        for (Map.Entry<String, List<String>> library : NEEDED.entrySet()) {
            Path file = folder.resolve(library.getKey());
            if (!Files.exists(file)) {
                Files.write(file, elf(library.getKey(), library.getValue(), platform.elfMachine()));
            }
        }
    }

    /** Returns a 64-bit little-endian ELF shared object that defines symbol versions, but no symbol. */
    static byte[] elf(String name, List<String> versions, int machine) {
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(versions);
        byte[] strings = ("\0" + String.join("\0", names) + "\0").getBytes(StandardCharsets.US_ASCII);
        int stringsAt = VERSIONS_AT + names.size() * (VERSION_ENTRY + VERSION_NAME);
        int dynamicAt = align(stringsAt + strings.length);
        int dynamicSize = DYNAMIC_ENTRIES * DYNAMIC_ENTRY;
        int size = dynamicAt + dynamicSize;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header(file, machine);
        // One writable segment holds all: older loaders write absolute addresses into the dynamic section.
        programHeader(file, PT_LOAD, 0, size, PAGE);
        programHeader(file, PT_DYNAMIC, dynamicAt, dynamicSize, Long.BYTES);
        // Without this the loader would make the stack executable.
        programHeader(file, PT_GNU_STACK, 0, 0, DYNAMIC_ENTRY);
        // The null symbol and its version are zeros; the hash table has one empty bucket and one chain.
        file.position(HASH_AT).putInt(1).putInt(1);
        file.position(VERSIONS_AT);
        versions(file, names);
        file.position(stringsAt).put(strings);
        file.position(dynamicAt);
        dynamic(file, 14, 1); // DT_SONAME: the string at offset 1
        dynamic(file, 4, HASH_AT); // DT_HASH
        dynamic(file, 5, stringsAt); // DT_STRTAB
        dynamic(file, 10, strings.length); // DT_STRSZ
        dynamic(file, 6, SYMBOLS_AT); // DT_SYMTAB
        dynamic(file, 11, SYMBOL); // DT_SYMENT
        dynamic(file, 0x6ffffff0, SYMBOL_VERSIONS_AT); // DT_VERSYM
        dynamic(file, 0x6ffffffc, VERSIONS_AT); // DT_VERDEF
        dynamic(file, 0x6ffffffd, names.size()); // DT_VERDEFNUM
        dynamic(file, 0, 0); // DT_NULL
        return file.array();
    }

    /** Writes the version definitions: the first is the library itself, then its versions. */
    private static void versions(ByteBuffer file, List<String> names) {
        int nameAt = 1;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean last = i == names.size() - 1;
            file.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)); // structure's version, VER_FLG_BASE
            file.putShort((short) (i + 1)).putShort((short) 1).putInt(hash(name)); // index, one name
            file.putInt(VERSION_ENTRY).putInt(last ? 0 : VERSION_ENTRY + VERSION_NAME); // to the name, to the next
            file.putInt(nameAt).putInt(0);
            nameAt += name.length() + 1;
        }
    }

    /** The hash of the ELF specification. */
    private static int hash(String name) {
        int hash = 0;
        for (char c : name.toCharArray()) {
            hash = (hash << 4) + c;
            hash ^= (hash & 0xf0000000) >>> 24;
            hash &= 0x0fffffff;
        }
        return hash;
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
