package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Namespaces of Linux: the program is alone with a root folder that holds its libraries, not writable, and its workspace. It
 * has no network, sees no other process, and has no capability and no way to one. What it started ends with it.
 */
final class NamespaceJail implements Jail {

    private static final List<String> NEW = List.of(
            "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--propagation", "private");
    private static final List<Path> DEVICES = List.of(Path.of("/dev/null"), Path.of("/dev/urandom"));
    /** Any will do: what is mounted there, only the jail sees. */
    private static final List<String> MOUNT_POINTS = List.of("/media", "/srv", "/mnt", "/opt", "/home", "/tmp");

    private static final List<String> TOOLS = List.of("umount", "chroot");
    private static final List<String> PROGRAMS = List.of("setpriv", "env");

    private final boolean ownUsers;
    private final String script;
    private final Layout layout;
    private final List<Path> tools = new ArrayList<>();

    /**
     * A jail for these programs.
     *
     * @param ownUsers whether by a user namespace, which takes no rights; else this process needs them
     * @throws IOException when something that the jail is made of is not there
     */
    NamespaceJail(List<String> programs, Map<String, String> environment, boolean ownUsers)
            throws IOException, InterruptedException {
        this.ownUsers = ownUsers;
        script = ScriptResource.read("namespaces.sh");
        layout = Layout.of(Stream.concat(programs.stream(), PROGRAMS.stream()).toList(), environment);
        for (String tool : TOOLS) {
            Path path = Executables.find(tool);
            layout.addLibraries(path, Map.of());
            tools.add(path);
        }
    }

    @Override
    public String description() {
        return ownUsers
                ? "namespaces (user, mount, network, process, IPC, host name), a root folder of its own, no capability"
                : "namespaces (mount, network, process, IPC, host name), a root folder of its own, no capability";
    }

    @Override
    public List<String> enter(Workspace workspace, Map<String, String> environment, List<String> command)
            throws IOException {
        Map<Path, Path> links = new TreeMap<>();
        Path visible = Layout.follow(workspace.visible(), links);
        Layout.follow(workspace.start(), links);
        List<String> line = new ArrayList<>(List.of("unshare"));
        if (ownUsers) {
            line.addAll(List.of("--user", "--map-root-user"));
        }
        line.addAll(NEW);
        line.addAll(List.of("sh", "-c", script, "jail", mountPoint(visible)));
        layout.folders().forEach(folder -> line.add("folder=" + folder));
        layout.files().forEach(file -> line.add("file=" + file));
        layout.links(links).forEach((link, target) -> line.addAll(List.of("link=" + link, target.toString())));
        DEVICES.forEach(device -> line.add("device=" + device));
        tools.forEach(tool -> line.add("tool=" + tool));
        line.addAll(List.of("workspace=" + visible, "--"));
        line.addAll(layout.resolved(List.of("setpriv", "--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all")));
        line.addAll(List.of("--bounding-set=-all", "--"));
        line.addAll(layout.resolved(List.of("env", "-i", "--chdir=" + workspace.start())));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(layout.resolved(command));
        return line;
    }

    private String mountPoint(Path workspace) throws IOException {
        List<Path> needed = Stream.of(
                        Stream.of(workspace, Path.of("/dev"), Path.of("/proc")),
                        layout.folders().stream(),
                        layout.files().stream(),
                        tools.stream(),
                        Executables.folders())
                .flatMap(paths -> paths)
                .toList();
        return MOUNT_POINTS.stream()
                .filter(point -> Files.isDirectory(Path.of(point))
                        && !Files.isSymbolicLink(Path.of(point))
                        && needed.stream().noneMatch(path -> path.startsWith(point)))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no folder to mount a root on, of " + MOUNT_POINTS));
    }
}
