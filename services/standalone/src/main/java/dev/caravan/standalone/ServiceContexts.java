package dev.caravan.standalone;

import dev.caravan.apigateway.ApiGatewayApplication;
import dev.caravan.authentication.AuthenticationApplication;
import dev.caravan.cdnedge.CdnEdgeApplication;
import dev.caravan.encode.EncodeApplication;
import dev.caravan.kernel.CaravanService;
import dev.caravan.upload.UploadApplication;
import dev.caravan.user.UserApplication;
import dev.caravan.videocatalog.VideoCatalogApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.context.ConfigurableApplicationContext;

/** The services, each a Spring context of its own as it is in a process of its own: they share nothing but the JVM. */
final class ServiceContexts implements AutoCloseable {

    /** In the order in which they end: who is called ends after its callers. */
    static final Map<String, Class<?>> SERVICES = services();

    private static final int AT_ONCE = 4;

    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    /**
     * The services that {@code CARAVAN_SERVICES} names, separated by commas; all when it names none.
     *
     * @throws UsageException when there is none of a name
     */
    static Set<String> named(Ports environment) {
        String text = environment.text("CARAVAN_SERVICES");
        if (text == null) {
            return SERVICES.keySet();
        }
        Set<String> names = new LinkedHashSet<>(List.of(text.split("\\s*,\\s*")));
        if (!SERVICES.keySet().containsAll(names)) {
            throw new UsageException("CARAVAN_SERVICES takes some of " + String.join(",", SERVICES.keySet()) + ".");
        }
        return names;
    }

    /**
     * The service that {@code CARAVAN_CLI} opens to Camel's own tools; null for none. They tell programs apart by their
     * process, so it can be one only.
     *
     * @throws UsageException when there is none of the name
     */
    static @Nullable String attachable(Ports environment) {
        String name = environment.text("CARAVAN_CLI");
        if (name != null && !SERVICES.containsKey(name)) {
            throw new UsageException("CARAVAN_CLI takes one of " + String.join(",", SERVICES.keySet()) + ".");
        }
        return name;
    }

    /**
     * Starts them, several at once.
     *
     * @param names of the services
     * @param properties of each service by its name
     */
    void start(Set<String> names, Map<String, Map<String, String>> properties) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletableFuture.allOf(SERVICES.entrySet().stream()
                            .filter(service -> names.contains(service.getKey()))
                            .map(service -> CompletableFuture.runAsync(
                                    () -> start(
                                            service.getKey(),
                                            service.getValue(),
                                            properties.getOrDefault(service.getKey(), Map.of())),
                                    threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private void start(String name, Class<?> application, Map<String, String> properties) {
        ConfigurableApplicationContext context = CaravanService.builder(application, name)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        synchronized (running) {
            running.add(context);
        }
    }

    @Override
    public void close() {
        synchronized (running) {
            Closing.together(List.copyOf(running));
            running.clear();
        }
    }

    private static Map<String, Class<?>> services() {
        Map<String, Class<?>> services = new LinkedHashMap<>();
        services.put("user", UserApplication.class);
        services.put("authentication", AuthenticationApplication.class);
        services.put("upload", UploadApplication.class);
        services.put("encode", EncodeApplication.class);
        services.put("video-catalog", VideoCatalogApplication.class);
        services.put("cdn-edge", CdnEdgeApplication.class);
        services.put("api-gateway", ApiGatewayApplication.class);
        return services;
    }
}
