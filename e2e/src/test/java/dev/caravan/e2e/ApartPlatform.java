package dev.caravan.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Every service a process of its own, from its executable jar, on real servers; some of them twice. A service's instances have
 * the same ports on loopback addresses of their own, and one name for all.
 */
final class ApartPlatform implements Platform, AutoCloseable {

    private static final String ADMIN_PASSWORD = "e2e-administrator-1f7c";
    private static final List<String> GRPC = List.of("user", "authentication", "upload", "video-catalog", "encode");
    private static final Map<String, Integer> INSTANCES = Map.of("encode", 2, "video-catalog", 2, "api-gateway", 2);
    private static final String DOMAIN = ".caravan.test";

    final FoundServers servers;
    private final Path folder = Path.of("target/e2e/apart").toAbsolutePath();
    private Process objectStore;
    private final Map<String, String> beside = new LinkedHashMap<>();
    private final Map<String, Integer> grpc = new TreeMap<>();
    private final Map<String, Integer> http = new TreeMap<>();
    private final Map<String, List<Instance>> instances = new TreeMap<>();
    private int hosts = 1;

    ApartPlatform() throws Exception {
        SharedPlatform.delete(folder);
        Files.createDirectories(folder.resolve("logs"));
        servers = new FoundServers();
        try {
            objectStore = startObjectStore();
            makeKeys();
            GRPC.forEach(service -> grpc.put(service, PlatformProcess.freePort()));
            GRPC.forEach(service -> http.put(service, PlatformProcess.freePort()));
            http.put("cdn-edge", PlatformProcess.freePort());
            http.put("cdn-edge-management", PlatformProcess.freePort());
            startServices();
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    private void startServices() throws Exception {
        List<String> services = new ArrayList<>(GRPC);
        services.addAll(List.of("cdn-edge", "api-gateway"));
        StringBuilder names = new StringBuilder("127.0.0.1 localhost\n");
        for (String service : services) {
            extract(service);
            List<Instance> all = new ArrayList<>();
            for (int i = 0; i < INSTANCES.getOrDefault(service, 1); i++) {
                String host = service.equals("cdn-edge") ? "127.0.0.1" : newHost();
                names.append(host).append(' ').append(service).append(DOMAIN).append('\n');
                all.add(instance(service, service + "-" + (i + 1), host, Map.of()));
            }
            instances.put(service, all);
        }
        Files.writeString(folder.resolve("hosts"), names);
        instances.values().forEach(all -> all.forEach(Instance::start));
        instances.values().forEach(all -> all.forEach(Instance::awaitReady));
    }

    private String newHost() {
        hosts++;
        return "127.0.0." + hosts;
    }

    /** A further one of a service, not started, which callers do not know of. */
    Instance another(String service, Map<String, String> environment) {
        return instance(service, service + "-other-" + hosts, newHost(), environment);
    }

    /** Further ones, not started, that know each other and have no key; in that order. */
    List<Instance> withoutKey(String... services) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CARAVAN_SERVICE_KEY", "");
        Map<String, String> hosts = new LinkedHashMap<>();
        for (String service : services) {
            hosts.put(service, newHost());
            environment.put(variable(service) + "_ADDRESS", hosts.get(service) + ":" + grpcPort(service));
        }
        return hosts.entrySet().stream()
                .map(service ->
                        instance(service.getKey(), service.getKey() + "-without-key", service.getValue(), environment))
                .toList();
    }

    int grpcPort(String service) {
        return grpc.get(service);
    }

    private Instance instance(String service, String name, String host, Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(environment(service));
        environment.put("CARAVAN_HOST", host);
        environment.putAll(more);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx256m",
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-jar",
                folder.resolve("services")
                        .resolve(service)
                        .resolve(service + ".jar")
                        .toString()));
        String probes = "http://" + host + ":"
                + (service.equals("cdn-edge") ? http.get("cdn-edge-management") : httpPort(service)) + "/health";
        return new Instance(service, name, host, probes, command, environment, folder.resolve("logs/" + name + ".log"));
    }

    private int httpPort(String service) {
        return http.computeIfAbsent(service, key -> PlatformProcess.freePort());
    }

    /** As docs/configuration.md names it. */
    private Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>(servers.environment(service));
        environment.put("CARAVAN_PRODUCTION", "false");
        environment.put("CARAVAN_SERVICE_KEY", "e2e-service-key-83b1d0");
        environment.put("CDN_ORIGIN_KEY", "e2e-origin-key-5c02e9");
        environment.put("SERVER_PORT", String.valueOf(httpPort(service)));
        grpc.forEach((name, port) -> {
            environment.put(variable(name) + "_ADDRESS", name + DOMAIN + ":" + port);
            environment.put(variable(name) + "_HTTP_ADDRESS", name + DOMAIN + ":" + http.get(name));
        });
        if (grpc.containsKey(service)) {
            environment.put(variable(service) + "_PORT", String.valueOf(grpc.get(service)));
        }
        environment.put("S3_ENDPOINT", beside.get("s3"));
        environment.put("S3_ACCESS_KEY", "e2e-access-key");
        environment.put("S3_SECRET_KEY", "e2e-secret-key-40d7aa");
        environment.put("CDN_URL", "http://127.0.0.1:" + http.get("cdn-edge"));
        switch (service) {
            case "user" -> {
                environment.put("USER_ADMIN_EMAIL", "admin@caravan.example");
                environment.put("USER_ADMIN_PASSWORD", ADMIN_PASSWORD);
            }
            case "authentication" ->
                environment.put(
                        "AUTHENTICATION_SIGNING_KEY",
                        folder.resolve("keys/token/signing.json").toString());
            case "encode" -> {
                environment.put("ENCODE_FFMPEG", ffmpeg());
                environment.put(
                        "ENCODE_FFPROBE",
                        Path.of(ffmpeg()).resolveSibling("ffprobe").toString());
                environment.put("ENCODE_WORK_FOLDER", folder.resolve("work").toString());
                environment.put("SPRING_APPLICATION_JSON", beside.getOrDefault("ffmpeg-environment", "{}"));
            }
            case "video-catalog" ->
                environment.put(
                        "CDN_PRIVATE_KEY",
                        folder.resolve("keys/cdn-private/private.pem").toString());
            case "cdn-edge" -> {
                environment.put(
                        "CDN_PUBLIC_KEY",
                        folder.resolve("keys/cdn-public/public.pem").toString());
                environment.put("CDN_CACHE_FOLDER", folder.resolve("edge").toString());
                environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(http.get("cdn-edge-management")));
            }
            default -> {}
        }
        return environment;
    }

    private static String variable(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Unpacked as in an image, it starts in half the time. */
    private void extract(String service) throws Exception {
        Path jar = PlatformProcess.ROOT.resolve("services/" + service + "/target/" + service + ".jar");
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is not built; ./caravan test --real does that");
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        folder.resolve("services").resolve(service).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    private Process startObjectStore() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        PlatformProcess.ROOT.resolve("services/standalone/target/lib") + "/*",
                        "dev.caravan.embedded.EmbeddedProgram",
                        folder.resolve("object-store").toString(),
                        "0",
                        "caravan")
                .redirectError(folder.resolve("logs/object-store.log").toFile());
        builder.environment().put("S3_ACCESS_KEY", "e2e-access-key");
        builder.environment().put("S3_SECRET_KEY", "e2e-secret-key-40d7aa");
        Process process = builder.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("ffmpeg-environment")) {
                beside.put(words[0], "{\"encode.ffmpeg-environment\": {\"%s\": \"%s\"}}".formatted(words[1], words[2]));
            } else if (words.length == 2) {
                beside.put(words[0], words[1]);
            }
            if (words[0].equals("s3")) {
                return process;
            }
        }
        throw new AssertionError("The object store did not start; see " + folder.resolve("logs/object-store.log"));
    }

    /** As a deployment makes them; RSA for playback, as CloudFront has it. */
    private void makeKeys() throws Exception {
        for (String keys : List.of("token", "cdn-private", "cdn-public")) {
            Files.createDirectories(folder.resolve("keys").resolve(keys));
        }
        ProcessBuilder builder = new ProcessBuilder(
                PlatformProcess.ROOT.resolve("config/compose/make-keys").toString());
        builder.environment().put("KEYS", folder.resolve("keys").toString());
        if (builder.inheritIO().start().waitFor() != 0) {
            throw new AssertionError("config/compose/make-keys made none");
        }
    }

    Instance instance(String service, int number) {
        return instances.get(service).get(number - 1);
    }

    List<Instance> instances(String service) {
        return instances.get(service);
    }

    /** One gateway of several, seen as a platform. */
    Platform through(Instance gateway) {
        return new Platform() {
            @Override
            public String url() {
                return "http://" + gateway.host + ":" + httpPort("api-gateway");
            }

            @Override
            public String adminPassword() {
                return ADMIN_PASSWORD;
            }

            @Override
            public String ffmpeg() {
                return ApartPlatform.this.ffmpeg();
            }
        };
    }

    @Override
    public String url() {
        return through(instance("api-gateway", 1)).url();
    }

    @Override
    public String adminPassword() {
        return ADMIN_PASSWORD;
    }

    @Override
    public String ffmpeg() {
        return beside.get("ffmpeg");
    }

    /** Every service ends in time when it is asked to. */
    @Override
    public void close() throws Exception {
        try {
            List<Instance> all =
                    instances.values().stream().flatMap(List::stream).toList();
            all.forEach(Instance::askToEnd);
            all.forEach(Instance::awaitEnd);
        } finally {
            if (objectStore != null) {
                objectStore.destroy();
                objectStore.waitFor(10, TimeUnit.SECONDS);
                objectStore.destroyForcibly();
            }
            servers.close();
        }
    }
}
