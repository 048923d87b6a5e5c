package dev.caravan.standalone;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the services' metrics are, as Prometheus reads it from a file ({@code file_sd_configs}). */
final class ScrapeTargets {

    private ScrapeTargets() {}

    static String of(Collection<String> services, Map<String, Integer> ports) {
        return services.stream()
                .map(service -> "{\"targets\": [\"127.0.0.1:%d\"], \"labels\": {\"job\": \"%s\"}}"
                        .formatted(ports.get(service), service))
                .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
    }
}
