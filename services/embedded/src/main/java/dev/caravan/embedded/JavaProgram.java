package dev.caravan.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Another Java program on a class path of its own, in a process that ends with this virtual machine, even by kill -9. */
public final class JavaProgram implements AutoCloseable {

    private final ChildProcess process;

    private JavaProgram(ChildProcess process) {
        this.process = process;
    }

    /**
     * Starts it on the Java of this virtual machine.
     *
     * @param name what people call it
     * @param arguments what follows {@code java}: options, class path, main class
     * @param folder its working directory
     * @param grace how long it may take to end before it is killed
     * @param environment all variables that it gets, beside PATH
     * @param said is given each line that it writes
     * @throws EmbeddedServerException when it can't be started
     */
    public static JavaProgram start(
            String name,
            List<String> arguments,
            Path folder,
            Duration grace,
            Map<String, String> environment,
            Consumer<String> said) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ChildProcess process =
                ChildProcess.start(new ChildProcess.Program(name, command, folder, null, "TERM", grace, environment));
        Thread reader = new Thread(() -> read(process, said), name + "-output");
        reader.setDaemon(true);
        reader.start();
        return new JavaProgram(process);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end and returns when it has. */
    @Override
    public void close() {
        process.close();
    }

    private static void read(ChildProcess process, Consumer<String> said) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.accept(line);
            }
        } catch (IOException e) {
            // It has ended.
        }
    }
}
