package dev.caravan.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One platform for all tests that do not stop it; a parameter of type {@link Platform} gets it. It is the one of {@code ./caravan
 * up} or, with the system property {@code caravan.apart}, one whose services run apart on real servers.
 */
final class SharedPlatform implements ParameterResolver {

    /** The tag of tests that are the same on both. */
    static final String ANYWHERE = "anywhere";

    /** The tag of tests of services that run apart. */
    static final String APART = "apart";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Platform.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent("platform", key -> new Started(), Started.class)
                .platform;
    }

    private static final class Started implements ExtensionContext.Store.CloseableResource {

        private final Platform platform;

        Started() {
            try {
                platform = Boolean.getBoolean("caravan.apart") ? new ApartPlatform() : together();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private static PlatformProcess together() throws IOException {
            Path data = Path.of("target/e2e/shared").toAbsolutePath();
            delete(data);
            delete(Path.of(data + "-routes"));
            Files.createDirectories(data.getParent());
            return PlatformProcess.start(data, PlatformProcess.freePort());
        }

        @Override
        public void close() throws Exception {
            ((AutoCloseable) platform).close();
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
