package dev.caravan.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml, with what its services have in common in each of them. */
final class ComposeFile {

    private final Map<String, Map<String, Object>> services;

    ComposeFile() {
        Map<String, Map<String, Map<String, Object>>> file;
        LoaderOptions options = new LoaderOptions();
        // It is ours, and says what services have in common by aliases.
        options.setMaxAliasesForCollections(1000);
        try {
            file = new Yaml(options).load(Files.readString(PlatformProcess.ROOT.resolve("docker-compose.yml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        services = file.get("services");
    }

    Map<String, Map<String, Object>> services() {
        return services;
    }

    /** The variables that a container is given, with what is said of each. */
    Map<String, String> variables(String service) {
        Map<String, String> variables = new TreeMap<>();
        Map<String, Object> environment = part(service, "environment");
        if (environment != null) {
            environment.forEach((name, value) -> variables.put(name, String.valueOf(value)));
        }
        return variables;
    }

    /** The same of one of our services, and its secrets as the variables that would say them. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = variables(service);
        // Told where secrets are, not what.
        environment.remove("SPRING_CONFIG_IMPORT");
        for (Object secret : (List<?>) services.get(service).get("secrets")) {
            String property = String.valueOf(((Map<?, ?>) secret).get("target"));
            environment.put(
                    property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), "${" + property + "}");
        }
        // It is within REDIS_URL.
        environment.remove("REDIS_PASSWORD");
        return environment;
    }

    /** Where volumes and temporary files are in a service's container. */
    List<String> mounts(String service) {
        List<String> mounts = strings(service, "volumes").stream()
                .map(volume -> volume.split(":")[1])
                .collect(Collectors.toList());
        mounts.addAll(strings(service, "tmpfs"));
        return mounts;
    }

    /** What a service's health is asked by. */
    String healthUrl(String service) {
        List<?> test = (List<?>) part(service, "healthcheck").get("test");
        return String.valueOf(test.get(test.size() - 1));
    }

    String text(String service, String key) {
        return String.valueOf(services.get(service).get(key));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> part(String service, String key) {
        return (Map<String, Object>) services.get(service).get(key);
    }

    @SuppressWarnings("unchecked")
    private List<String> strings(String service, String key) {
        return (List<String>) services.get(service).getOrDefault(key, List.of());
    }
}
