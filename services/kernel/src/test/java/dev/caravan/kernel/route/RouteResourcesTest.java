package dev.caravan.kernel.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class RouteResourcesTest {

    @TempDir
    Path folder;

    @Test
    void findsAndReadsTheRoutesOfEveryFolderInAJar() throws Exception {
        Path jar = folder.resolve("user.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (String name : new String[] {"routes/", "routes/user/", "routes/user/names/"}) {
                entries.putNextEntry(new JarEntry(name));
            }
            for (String name : new String[] {"routes/user/names/user-name.yaml", "routes/user/user-greet.yaml"}) {
                entries.putNextEntry(new JarEntry(name));
                entries.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.setApplicationContextClassLoader(loader);
            context.start();

            var found = new RouteResources(context, new PathMatchingResourcePatternResolver(loader))
                    .findResources("classpath:routes/user/**/*.yaml");

            assertThat(found)
                    .extracting(Resource::getLocation)
                    .containsExactly(
                            "classpath:routes/user/names/user-name.yaml", "classpath:routes/user/user-greet.yaml");
            for (Resource resource : found) {
                assertThat(new String(resource.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(resource.getLocation().substring("classpath:".length()));
            }
        }
    }
}
