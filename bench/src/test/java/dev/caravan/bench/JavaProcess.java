package dev.caravan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java virtual machine of its own, which is told to end when it is closed. What it says is in
 * {@code target/<service or class>.log}.
 */
final class JavaProcess implements AutoCloseable {

    /** {@code -Dcaravan.bench.java}: the folder that would be its JAVA_HOME; this one when none is said. */
    private static final Path HOME = Path.of(System.getProperty("caravan.bench.java", System.getProperty("java.home")));

    /** {@code -Dcaravan.bench.flags}: more of them for what is measured, such as those of a flight recording. */
    private static final String MORE_FLAGS = System.getProperty("caravan.bench.flags", "");

    private final Process process;

    private JavaProcess(String name, List<String> flags, Map<String, String> environment, List<String> program)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin/java").toString());
        command.addAll(flags);
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true)
                .redirectOutput(Path.of("target", name + ".log").toFile())
                .start();
    }

    /**
     * A service as it is deployed: its jar.
     *
     * @param flags of the virtual machine
     * @param environment beside one's own
     */
    static JavaProcess service(String name, List<String> flags, Map<String, String> environment) throws IOException {
        Path jar = Path.of(System.getProperty("caravan.root"), "services", name, "target", name + ".jar");
        Stream<String> more = Stream.of(MORE_FLAGS.split(" ")).filter(flag -> !flag.isEmpty());
        return new JavaProcess(
                name, Stream.concat(flags.stream(), more).toList(), environment, List.of("-jar", jar.toString()));
    }

    /**
     * A program of this class path.
     *
     * @param flags of the virtual machine
     * @param environment beside one's own
     */
    static JavaProcess program(Class<?> main, List<String> flags, Map<String, String> environment) throws IOException {
        return new JavaProcess(
                main.getSimpleName(),
                flags,
                environment,
                List.of(
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName()));
    }

    double processorSeconds() throws IOException {
        return Figures.processorSeconds(Stream.of(process.toHandle()));
    }

    double mebibytes() throws IOException {
        return Figures.mebibytes(Stream.of(process.toHandle()));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
