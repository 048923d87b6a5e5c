package dev.caravan.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One platform for all tests that do not stop it; a parameter of type {@link PlatformProcess} gets it. */
final class SharedPlatform implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PlatformProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent("platform", key -> new Started(), Started.class)
                .platform;
    }

    private static final class Started implements ExtensionContext.Store.CloseableResource {

        private final PlatformProcess platform;

        Started() {
            try {
                Path data = Path.of("target/e2e/shared").toAbsolutePath();
                delete(data);
                delete(Path.of(data + "-routes"));
                Files.createDirectories(data.getParent());
                platform = PlatformProcess.start(data, PlatformProcess.freePort());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            platform.close();
        }
    }

    static void delete(Path folder) throws java.io.IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
