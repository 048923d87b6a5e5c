package dev.caravan.kernel;

import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts a service, alone or as one of several contexts in a JVM, with the configuration that carries its name. */
public final class CaravanService {

    private CaravanService() {}

    /** The {@code main} of a service: {@code config/caravan.yaml}, then {@code config/<name>.yaml}, then the arguments. */
    public static void run(Class<?> application, String name, String... args) {
        builder(application, name).run(args);
    }

    /** As {@link #run}, for a caller that adds to it before it runs. */
    public static SpringApplicationBuilder builder(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .properties(Map.of("spring.config.name", "caravan," + name, "spring.application.name", name));
    }
}
