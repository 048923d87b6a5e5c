package dev.caravan.components;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jars of what was added, and of all that these need, each with its SHA-256: a line is the sum, two blanks and
 * {@code group:artifact:version}, or {@code group:artifact:version:classifier}.
 */
final class Lock {

    /** As {@code mvn dependency:list -DoutputAbsoluteArtifactFilename=true} writes them. */
    private static final Pattern LISTED = Pattern.compile(
            "\\s*([\\w.-]+):([\\w.-]+):jar:(?:([\\w.-]+):)?([\\w.+-]+):(?:compile|runtime):(.+?)(?: -- .*)?");

    private Lock() {}

    /** @param list the file that Maven wrote */
    static SortedMap<Coordinate, Path> listed(Path list) throws IOException {
        SortedMap<Coordinate, Path> jars = new TreeMap<>();
        for (String line : Files.readAllLines(list)) {
            Matcher parts = LISTED.matcher(line.replaceAll("\\u001B\\[[0-9;]*m", ""));
            if (parts.matches()) {
                String version = parts.group(4) + (parts.group(3) == null ? "" : ":" + parts.group(3));
                jars.put(new Coordinate(parts.group(1), parts.group(2), version), Path.of(parts.group(5)));
            } else if (line.contains(":jar:") && !line.contains(":test:")) {
                throw new UsageException("Maven lists what is not understood: " + line.strip());
            }
        }
        return jars;
    }

    static void write(Path lock, SortedMap<Coordinate, Path> jars) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# The jars that ./caravan add brought, with their SHA-256; written by it.");
        for (var jar : jars.entrySet()) {
            lines.add(sum(jar.getValue()) + "  " + jar.getKey());
        }
        Files.write(lock, lines);
    }

    /**
     * Compares them with the lock.
     *
     * @throws UsageException for a jar that is not the one of the lock, or not in it
     */
    static void check(Path lock, SortedMap<Coordinate, Path> jars) throws IOException {
        List<String> lines = Files.readAllLines(lock);
        for (var jar : jars.entrySet()) {
            String line = sum(jar.getValue()) + "  " + jar.getKey();
            if (!lines.contains(line)) {
                throw new UsageException(jar.getKey() + " is not the jar that " + lock + " names: its SHA-256 is "
                        + line.substring(0, line.indexOf(' '))
                        + ". If it is meant to change, ./caravan add writes the lock anew.");
            }
        }
    }

    private static String sum(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
