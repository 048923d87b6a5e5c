package dev.caravan.standalone;

import dev.caravan.embedded.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;

/** What a deployment says by environment variables, said for services that run beside their servers. */
record PlatformProperties(
        Servers servers, ServicePorts ports, SigningKeys keys, Secrets secrets, Path data, Path routes) {

    private static final String HOST = "127.0.0.1";
    private static final Set<String> MESSAGING = Set.of("upload", "encode", "video-catalog");

    /** Every service's properties by its name. */
    Map<String, Map<String, String>> byService() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        ServiceContexts.SERVICES.keySet().forEach(service -> all.put(service, common(service)));
        database(all, "user", "caravan_user");
        database(all, "authentication", "caravan_authentication");
        database(all, "upload", "caravan_upload");
        database(all, "encode", "caravan_encode");
        database(all, "video-catalog", "caravan_video_catalog");
        put(all, "authentication", "redis.url", servers.redis().url());
        put(
                all,
                "authentication",
                "authentication.signing-key",
                data.resolve("keys/token-signing.json").toString());
        put(all, "video-catalog", "cdn.private-key", keys.privateKey().toString());
        put(all, "cdn-edge", "cdn.public-key", keys.publicKey().toString());
        put(all, "cdn-edge", "management.server.port", "-1");
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

    private Map<String, String> common(String service) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("caravan.routes", "file:" + routes);
        properties.put("caravan.service-key", secrets.serviceKey());
        properties.put("cdn.origin-key", secrets.originKey());
        properties.put("server.port", String.valueOf(ports.http(service)));
        ports.grpc().forEach((name, port) -> {
            properties.put(name + ".address", HOST + ":" + port);
            properties.put(name + ".http-address", HOST + ":" + ports.http(name));
        });
        Integer grpc = ports.grpc().get(service);
        if (grpc != null) {
            properties.put(service + ".port", String.valueOf(grpc));
        }
        if (MESSAGING.contains(service)) {
            properties.put("spring.rabbitmq.host", HOST);
            properties.put(
                    "spring.rabbitmq.port", String.valueOf(servers.broker().port()));
            properties.put("spring.rabbitmq.username", servers.broker().username());
            properties.put("spring.rabbitmq.password", servers.broker().password());
            properties.put("spring.rabbitmq.virtual-host", servers.broker().virtualHost());
        }
        properties.put("s3.bucket", Servers.BUCKET);
        properties.put("s3.endpoint", servers.objectStore().endpoint().toString());
        properties.put("s3.access-key", secrets.s3AccessKey());
        properties.put("s3.secret-key", secrets.s3SecretKey());
        properties.put("cdn.url", "http://" + HOST + ":" + ports.http("cdn-edge"));
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

    private void database(Map<String, Map<String, String>> all, String service, String database) {
        PostgresServer postgres = servers.postgres();
        put(all, service, "spring.datasource.url", postgres.jdbcUrl(database));
        put(all, service, "spring.datasource.username", postgres.username());
        put(all, service, "spring.datasource.password", postgres.password());
    }

    private static void put(Map<String, Map<String, String>> all, String service, String name, String value) {
        all.computeIfAbsent(service, key -> new LinkedHashMap<>()).put(name, value);
    }
}
