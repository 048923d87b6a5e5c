package dev.caravan.encode.ffmpeg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A virtual machine that runs a program in a jail until it is killed. */
final class DoomedEncoder {

    private DoomedEncoder() {}

    public static void main(String[] arguments) throws Exception {
        Jail jail = JailIT.jails().get(arguments[0]).open();
        try (Programs programs = new Programs(0, Map.of("PATH", "/usr/bin:/bin"), jail)) {
            programs.run(
                    List.of("sh", "-c", "touch started; sleep " + arguments[2] + " & sleep " + arguments[2]),
                    Path.of(arguments[1]),
                    Duration.ofMinutes(5));
        }
    }
}
