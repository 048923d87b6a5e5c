package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a transport stream becomes another one: by its tables of programs. Of a track whose codec changes ffmpeg reads one
 * half, and of tracks that take the place of others nothing.
 */
final class TransportTables {

    /** A track, as a table names it. */
    private enum Kind {
        PICTURE,
        SOUND,
        OTHER
    }

    private record Track(Kind kind, String codec) {}

    static final int PACKET = 188;

    private static final int HEADER = 4;
    private static final int PAT = 0;
    private static final int PMT = 2;
    private static final int CRC = 4;
    private static final int MOST_PROGRAMS = 100;
    private static final int PRIVATE = 6;
    private static final Set<Integer> PICTURES =
            Set.of(0x01, 0x02, 0x10, 0x1b, 0x20, 0x24, 0x33, 0x42, 0xd1, 0xd2, 0xea);
    private static final Set<Integer> SOUNDS =
            Set.of(0x03, 0x04, 0x0f, 0x11, 0x1c, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87);
    private static final Set<String> REGISTERED_PICTURES = Set.of("HEVC", "VC-1", "drac", "AV01", "VVC ");
    private static final Set<String> REGISTERED_SOUNDS = Set.of("AC-3", "EAC3", "Opus", "DTS1", "DTS2", "DTS3", "BSSD");
    private static final int REGISTRATION = 0x05;
    /** Of DVB: AC-3, Enhanced AC-3, DTS and AAC. */
    private static final Set<Integer> SOUND_DESCRIPTORS = Set.of(0x6a, 0x7a, 0x7b, 0x7c);

    private final List<Long> starts = new ArrayList<>();
    /** Of each program by the track of its table: its tracks. */
    private final Map<Integer, Map<Integer, Track>> programs = new HashMap<>();

    private Set<Integer> tables = Set.of();
    /** What was there before other programs came. */
    private Map<Integer, Track> before = Map.of();

    private long lastList = -1;

    TransportTables() {
        starts.add(0L);
    }

    /** Where each part begins. */
    List<Long> starts() {
        return starts;
    }

    /**
     * Reads a packet.
     *
     * @param at where it is in the file
     * @param bytes with the packet at {@code offset}
     */
    void accept(long at, byte[] bytes, int offset) {
        int pid = (bytes[offset + 1] & 0x1f) << 8 | bytes[offset + 2] & 0xff;
        boolean begins = (bytes[offset + 1] & 0x40) != 0;
        if (!begins || pid != PAT && !tables.contains(pid)) {
            return;
        }
        int payload = offset + HEADER;
        if ((bytes[offset + 3] & 0x20) != 0) {
            payload += 1 + (bytes[payload] & 0xff);
        }
        int end = offset + PACKET;
        if ((bytes[offset + 3] & 0x10) == 0 || payload >= end) {
            return;
        }
        int section = payload + 1 + (bytes[payload] & 0xff);
        if (section + 3 > end) {
            return;
        }
        int length = 3 + ((bytes[section + 1] & 0x0f) << 8 | bytes[section + 2] & 0xff);
        // Longer ones, and damaged ones, are passed over: they come again.
        if (section + length > end || length < 8 + CRC || crc(bytes, section, length) != 0) {
            return;
        }
        if (pid == PAT && bytes[section] == PAT) {
            readList(at, bytes, section, length);
        } else if (pid != PAT && bytes[section] == PMT) {
            readTable(at, pid, bytes, section, length);
        }
    }

    private void readList(long at, byte[] bytes, int section, int length) {
        lastList = at;
        Set<Integer> named = new HashSet<>();
        for (int i = section + 8; i + 4 <= section + length - CRC && named.size() < MOST_PROGRAMS; i += 4) {
            int program = (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
            if (program != 0) {
                named.add((bytes[i + 2] & 0x1f) << 8 | bytes[i + 3] & 0xff);
            }
        }
        if (!named.equals(tables)) {
            Map<Integer, Track> all = new TreeMap<>();
            programs.values().forEach(all::putAll);
            before = named.stream().anyMatch(programs::containsKey) ? Map.of() : all;
            tables = named;
        }
    }

    private void readTable(long at, int pid, byte[] bytes, int section, int length) {
        Map<Integer, Track> tracks = tracks(bytes, section, length);
        if (tracks.isEmpty()) {
            return;
        }
        Map<Integer, Track> old = programs.getOrDefault(pid, before);
        if (isOther(old, tracks)) {
            starts.add(lastList < 0 ? at : lastList);
            programs.clear();
        }
        before = Map.of();
        // What is named once may still come, also when it is not any more.
        programs.computeIfAbsent(pid, key -> new TreeMap<>()).putAll(tracks);
    }

    /** Whether ffmpeg would not go on from one to the other. */
    private static boolean isOther(Map<Integer, Track> old, Map<Integer, Track> tracks) {
        boolean changed = tracks.entrySet().stream()
                .anyMatch(track -> old.containsKey(track.getKey())
                        && !old.get(track.getKey()).equals(track.getValue()));
        return changed || isReplaced(Kind.PICTURE, old, tracks) || isReplaced(Kind.SOUND, old, tracks);
    }

    private static boolean isReplaced(Kind kind, Map<Integer, Track> old, Map<Integer, Track> tracks) {
        Set<Integer> were = of(kind, old);
        Set<Integer> are = of(kind, tracks);
        return !were.isEmpty() && !are.isEmpty() && were.stream().noneMatch(are::contains);
    }

    private static Set<Integer> of(Kind kind, Map<Integer, Track> tracks) {
        Set<Integer> pids = new HashSet<>();
        tracks.forEach((pid, track) -> {
            if (track.kind == kind) {
                pids.add(pid);
            }
        });
        return pids;
    }

    private static Map<Integer, Track> tracks(byte[] bytes, int section, int length) {
        Map<Integer, Track> tracks = new TreeMap<>();
        int end = section + length - CRC;
        int at = section + 12 + ((bytes[section + 10] & 0x0f) << 8 | bytes[section + 11] & 0xff);
        while (at + 5 <= end) {
            int pid = (bytes[at + 1] & 0x1f) << 8 | bytes[at + 2] & 0xff;
            int descriptors = at + 5;
            int next = descriptors + ((bytes[at + 3] & 0x0f) << 8 | bytes[at + 4] & 0xff);
            Track track = track(bytes[at] & 0xff, bytes, descriptors, Math.min(next, end));
            if (track.kind != Kind.OTHER) {
                tracks.put(pid, track);
            }
            at = next;
        }
        return tracks;
    }

    private static Track track(int type, byte[] bytes, int from, int to) {
        String codec = Integer.toString(type);
        Kind kind = PICTURES.contains(type) ? Kind.PICTURE : SOUNDS.contains(type) ? Kind.SOUND : Kind.OTHER;
        if (type != PRIVATE) {
            return new Track(kind, codec);
        }
        for (int at = from; at + 2 <= to; at += 2 + (bytes[at + 1] & 0xff)) {
            int tag = bytes[at] & 0xff;
            if (tag == REGISTRATION && at + 6 <= to) {
                codec = letters(bytes, at + 2);
                return new Track(
                        REGISTERED_PICTURES.contains(codec)
                                ? Kind.PICTURE
                                : REGISTERED_SOUNDS.contains(codec) ? Kind.SOUND : Kind.OTHER,
                        codec);
            }
            if (SOUND_DESCRIPTORS.contains(tag)) {
                kind = Kind.SOUND;
                codec = "dvb-" + tag;
            }
        }
        return new Track(kind, codec);
    }

    private static String letters(byte[] bytes, int from) {
        StringBuilder letters = new StringBuilder();
        for (int i = from; i < from + 4; i++) {
            letters.append((char) (bytes[i] & 0xff));
        }
        return letters.toString();
    }

    private static int crc(byte[] bytes, int from, int length) {
        int crc = -1;
        for (int i = from; i < from + length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }
}
