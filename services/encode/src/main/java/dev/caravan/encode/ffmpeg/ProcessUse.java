package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process and all that it started have at the moment. Known on Linux; nothing elsewhere.
 *
 * @param memory bytes, resident and swapped
 * @param threads of all of them
 */
record ProcessUse(long memory, long threads) {

    private static final Path PROCESSES = Path.of("/proc");

    static ProcessUse of(Process process) {
        long memory = 0;
        long threads = 0;
        List<Long> ids = process.descendants().map(ProcessHandle::pid).toList();
        for (long id : ids) {
            for (String line : status(id)) {
                if (line.startsWith("VmRSS:") || line.startsWith("VmSwap:")) {
                    memory += number(line) << 10;
                } else if (line.startsWith("Threads:")) {
                    threads += number(line);
                }
            }
        }
        return new ProcessUse(memory, threads);
    }

    private static List<String> status(long id) {
        try {
            return Files.readAllLines(PROCESSES.resolve(id + "/status"));
        } catch (IOException e) {
            // It has ended, or this is no Linux.
            return List.of();
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
