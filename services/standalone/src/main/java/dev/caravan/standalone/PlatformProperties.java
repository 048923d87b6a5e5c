package dev.caravan.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;

/**
 * What a deployment says by environment variables, said for services that run beside their servers.
 *
 * @param attachable the service that Camel's own tools may attach to; null for none
 */
record PlatformProperties(
        Servers servers,
        ServicePorts ports,
        SigningKeys keys,
        Secrets secrets,
        Path data,
        Path routes,
        @Nullable String attachable) {

    private static final String HOST = "127.0.0.1";
    private static final Set<String> MESSAGING = Set.of("upload", "encode", "video-catalog");

    /** Every service's properties by its name. */
    Map<String, Map<String, String>> byService() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        ServiceContexts.SERVICES.keySet().forEach(service -> all.put(service, common(service)));
        for (String service : List.of("user", "authentication", "upload", "encode", "video-catalog")) {
            database(all, service);
        }
        if (attachable != null) {
            put(all, attachable, "camel.cli.enabled", "true");
            // The numbers that the tools show come from there.
            put(all, attachable, "camel.main.jmx-enabled", "true");
        }
        put(all, "user", "user.admin.email", Secrets.ADMIN_EMAIL);
        put(all, "user", "user.admin.password", secrets.adminPassword());
        put(all, "authentication", "redis.url", servers.redis().toString());
        put(
                all,
                "authentication",
                "authentication.signing-key",
                data.resolve("keys/token-signing.json").toString());
        put(all, "api-gateway", "api-gateway.url", "http://localhost:" + ports.http("api-gateway"));
        put(all, "video-catalog", "cdn.private-key", keys.privateKey().toString());
        put(all, "cdn-edge", "cdn.public-key", keys.publicKey().toString());
        put(all, "cdn-edge", "server.port", String.valueOf(ports.edge()));
        put(all, "cdn-edge", "management.server.port", String.valueOf(ports.http("cdn-edge")));
        put(all, "cdn-edge", "cdn.cache.folder", data.resolve("cdn-edge").toString());
        put(all, "encode", "encode.ffmpeg", servers.ffmpeg().ffmpeg().toString());
        put(all, "encode", "encode.ffprobe", servers.ffmpeg().ffprobe().toString());
        put(all, "encode", "encode.work-folder", data.resolve("encode").toString());
        all.forEach(
                (service, properties) -> properties.put("spring.autoconfigure.exclude", notOf(properties, service)));
        servers.ffmpeg()
                .environment()
                .forEach((name, value) -> put(all, "encode", "encode.ffmpeg-environment[" + name + "]", value));
        return all;
    }

    /** Of the connectors service, which runs in a process of its own and has no server of its own. */
    Map<String, String> connectors() {
        Map<String, String> properties = common(Connectors.NAME);
        properties.keySet().removeIf(name -> name.startsWith("s3.") || name.startsWith("cdn."));
        properties.put("connectors.owner", System.getenv().getOrDefault("CONNECTORS_OWNER", Secrets.ADMIN_EMAIL));
        // A source that does not load is said to, and keeps no other from running.
        properties.put("caravan.live-routes", "${caravan.routes}/shared/*.yaml,${caravan.routes}/connectors/**/*.yaml");
        properties.put(
                "camel.main.routes-include-pattern",
                "${caravan.routes}/shared/*.yaml,${caravan.routes}/connectors/ingest/*.yaml,${caravan.routes}/connectors/errors/*.yaml");
        return properties;
    }

    private Map<String, String> common(String service) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("caravan.routes", "file:" + routes);
        // Its servers are a developer's, and its keys are made at the first start.
        properties.put("caravan.production", "false");
        properties.put("caravan.service-key", secrets.serviceKey());
        properties.put("cdn.origin-key", secrets.originKey());
        properties.put("server.port", String.valueOf(ports.http(service)));
        ports.grpc().forEach((name, port) -> properties.put(name + ".address", HOST + ":" + port));
        ports.http().forEach((name, port) -> properties.put(name + ".http-address", HOST + ":" + port));
        Integer grpc = ports.grpc().get(service);
        if (grpc != null) {
            properties.put(service + ".port", String.valueOf(grpc));
        }
        if (MESSAGING.contains(service)) {
            URI amqp = servers.amqp();
            String[] user = String.valueOf(amqp.getUserInfo()).split(":", 2);
            properties.put("spring.rabbitmq.host", amqp.getHost());
            properties.put("spring.rabbitmq.port", String.valueOf(amqp.getPort()));
            properties.put("spring.rabbitmq.username", user[0]);
            properties.put("spring.rabbitmq.password", user[user.length - 1]);
            properties.put("spring.rabbitmq.virtual-host", amqp.getPath().isEmpty() ? "/" : amqp.getPath());
        }
        properties.put("s3.bucket", servers.objectStore().bucket());
        properties.put("s3.endpoint", servers.objectStore().endpoint());
        properties.put("s3.access-key", servers.objectStore().accessKey());
        properties.put("s3.secret-key", servers.objectStore().secretKey());
        properties.put("cdn.url", "http://" + HOST + ":" + ports.edge());
        return properties;
    }

    /**
     * All services have one class path here, so Spring Boot would give each the servers of the others. What a service has
     * no configuration for, it has no dependency on either.
     */
    private static String notOf(Map<String, String> properties, String service) {
        List<String> excluded = new ArrayList<>();
        if (!properties.containsKey("spring.datasource.url")) {
            excluded.add(DataSourceAutoConfiguration.class.getName());
        }
        if (!MESSAGING.contains(service)) {
            excluded.add(RabbitAutoConfiguration.class.getName());
        }
        return String.join(",", excluded);
    }

    private void database(Map<String, Map<String, String>> all, String service) {
        Databases databases = servers.databases();
        put(all, service, "spring.datasource.url", databases.urlOf(service.replace('-', '_')));
        put(all, service, "spring.datasource.username", databases.username());
        put(all, service, "spring.datasource.password", databases.password());
    }

    private static void put(Map<String, Map<String, String>> all, String service, String name, String value) {
        all.computeIfAbsent(service, key -> new LinkedHashMap<>()).put(name, value);
    }
}
