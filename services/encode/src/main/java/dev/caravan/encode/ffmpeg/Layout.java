package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files without which programs do not start: themselves, the folders of the shared libraries that they are linked
 * to, and the symbolic links on the way there.
 */
final class Layout {

    /** {@code libm.so.6 => /lib/libm.so.6 (0x00007f)}, or the loader's own path at the start of a line. */
    private static final Pattern LIBRARY = Pattern.compile("(?m)^(?:.* => |\\s+)(/.*) \\(0x[0-9a-f]+\\)$");

    private static final Path LIBRARY_CACHE = Path.of("/etc/ld.so.cache");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_LINKS = 1000;

    private final Set<Path> folders = new TreeSet<>();
    private final Set<Path> files = new TreeSet<>();
    private final Map<Path, Path> links = new TreeMap<>();
    private final Map<String, Path> programs = new TreeMap<>();

    private Layout() {}

    /**
     * What these programs need.
     *
     * @param names paths, or names that are looked up on PATH
     * @param environment where they find libraries of their own
     * @throws IOException when one is not there
     */
    static Layout of(List<String> names, Map<String, String> environment) throws IOException, InterruptedException {
        Layout layout = new Layout();
        for (String name : names) {
            Path program = Executables.find(name);
            layout.programs.put(name, program);
            layout.files.add(layout.follow(program));
            layout.addLibraries(program, environment);
        }
        if (Files.exists(LIBRARY_CACHE)) {
            layout.files.add(layout.follow(LIBRARY_CACHE));
        }
        return layout;
    }

    /** Adds the folders of what a program is linked to; nothing when it is complete in itself. */
    void addLibraries(Path program, Map<String, String> environment) throws IOException, InterruptedException {
        try (Programs tools = new Programs(0, environment)) {
            Outcome ldd = tools.run(List.of("ldd", program.toString()), Path.of("/"), PATIENCE);
            for (Matcher library = LIBRARY.matcher(ldd.output()); library.find(); ) {
                folders.add(follow(Path.of(library.group(1))).getParent());
            }
        }
    }

    /** The program of this name, by its path. */
    List<String> resolved(List<String> command) {
        List<String> line = new ArrayList<>(command);
        Path program = programs.get(command.get(0));
        if (program != null) {
            line.set(0, program.toString());
        }
        return line;
    }

    /** Finds a path's real place; the links on the way belong to the layout from then on. */
    Path follow(Path path) throws IOException {
        return follow(path, links);
    }

    static Path follow(Path path, Map<Path, Path> links) throws IOException {
        Path at = path.getRoot();
        Deque<Path> rest = new ArrayDeque<>(names(path));
        int followed = 0;
        while (!rest.isEmpty()) {
            Path next = at.resolve(rest.pop()).normalize();
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            if (++followed > MOST_LINKS) {
                throw new IOException("Too many links on the way to " + path);
            }
            Path target = Files.readSymbolicLink(next);
            links.put(next, target);
            List<Path> names = names(at.resolve(target));
            for (int i = names.size() - 1; i >= 0; i--) {
                rest.push(names.get(i));
            }
            at = path.getRoot();
        }
        if (!Files.exists(at)) {
            throw new IOException(path + " is not there");
        }
        return at;
    }

    private static List<Path> names(Path path) {
        Path[] names = new Path[path.getNameCount()];
        Arrays.setAll(names, path::getName);
        return List.of(names);
    }

    /** Real folders, none in another. */
    List<Path> folders() {
        return folders.stream()
                .filter(folder -> folders.stream().noneMatch(other -> isIn(folder, other)))
                .toList();
    }

    /** Real files, none in a folder of the layout. */
    List<Path> files() {
        return files.stream().filter(this::isApart).toList();
    }

    /** Links by their path, none in a folder of the layout. */
    Map<Path, Path> links(Map<Path, Path> more) {
        Map<Path, Path> all = new TreeMap<>(links);
        all.putAll(more);
        all.keySet().removeIf(link -> !isApart(link));
        return all;
    }

    private boolean isApart(Path path) {
        return folders.stream().noneMatch(folder -> isIn(path, folder));
    }

    private static boolean isIn(Path path, Path folder) {
        return path.startsWith(folder) && !path.equals(folder);
    }
}
