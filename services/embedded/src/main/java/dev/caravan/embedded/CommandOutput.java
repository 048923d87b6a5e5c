package dev.caravan.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a short command said.
 *
 * @param code its exit code; {@value #NOT_RUN} when it could not be started or did not end
 * @param text its output and its errors
 */
record CommandOutput(int code, String text) {
    private static final int NOT_RUN = -1;
    private static final long LIMIT_SECONDS = 20;

    /** Runs a command to its end with additional environment variables. */
    static CommandOutput of(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return new CommandOutput(process.exitValue(), text);
            }
            process.destroyForcibly();
            return new CommandOutput(NOT_RUN, "it did not end within " + LIMIT_SECONDS + " s");
        } catch (IOException e) {
            return new CommandOutput(NOT_RUN, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandOutput(NOT_RUN, "it was interrupted");
        }
    }
}
