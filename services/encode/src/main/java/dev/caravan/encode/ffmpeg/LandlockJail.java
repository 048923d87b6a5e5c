package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a container allows no namespaces: the kernel opens no file to the program but its libraries and its workspace
 * (Landlock), and refuses it sockets, signals and whatever else leads outside (seccomp). Names and sizes of other files
 * stay visible to it. Done by perl, which every Debian and Ubuntu has, because a JVM cannot make these system calls.
 */
final class LandlockJail implements Jail {

    private final String script;
    private final Layout layout;

    /**
     * A jail for these programs.
     *
     * @throws IOException when something that the jail is made of is not there
     */
    LandlockJail(List<String> programs, Map<String, String> environment) throws IOException, InterruptedException {
        script = ScriptResource.read("landlock.pl");
        layout = Layout.of(programs, environment);
        Executables.find("perl");
    }

    @Override
    public String description() {
        return "Landlock (files) and seccomp (no sockets, no signals, no tracing), no capability";
    }

    @Override
    public List<String> enter(Workspace workspace, Map<String, String> environment, List<String> command)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin"));
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(List.of("perl", "-e", script, workspace.start().toString()));
        layout.folders().forEach(folder -> line.add("folder=" + folder));
        layout.files().forEach(file -> line.add("file=" + file));
        line.addAll(List.of("device=/dev/null", "device=/dev/urandom"));
        line.addAll(List.of("workspace=" + Layout.follow(workspace.visible(), new TreeMap<>()), "--"));
        line.addAll(layout.resolved(command));
        return line;
    }
}
