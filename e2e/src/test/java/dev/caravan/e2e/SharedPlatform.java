package dev.caravan.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One platform for all tests of a JVM that do not stop it; a parameter of type {@link Platform} gets it. It is the one of {@code ./caravan
 * up} or, with the system property {@code caravan.apart}, one whose services run apart on real servers.
 */
final class SharedPlatform implements ParameterResolver {

    /** The tag of tests that are the same on both. */
    static final String ANYWHERE = "anywhere";

    /** The tag of tests of services that run apart. */
    static final String APART = "apart";

    private static Platform shared;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Platform.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return platform();
    }

    /** A root store of JUnit would end with each class: a fork is given its classes one after another. */
    private static synchronized Platform platform() {
        if (shared == null) {
            try {
                Platform started = Boolean.getBoolean("caravan.apart") ? new ApartPlatform() : together();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end((AutoCloseable) started), "e2e-end"));
                shared = started;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return shared;
    }

    private static PlatformProcess together() throws IOException {
        Path data = Path.of("target/e2e", System.getProperty("caravan.e2e.platform", "shared"))
                .toAbsolutePath();
        delete(data);
        delete(Path.of(data + "-routes"));
        Files.createDirectories(data.getParent());
        // Where tests have videos to import.
        Map<String, String> environment = Map.of("CARAVAN_HTTP_CLIENT_ALLOWED_NETWORKS", "127.0.0.1/32");
        return PlatformProcess.start(data, PlatformProcess.freePort(), environment);
    }

    private static void end(AutoCloseable platform) {
        try {
            platform.close();
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
