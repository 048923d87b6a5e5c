package dev.caravan.standalone;

import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.embedded.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole platform: its servers, then its services. */
final class Platform implements AutoCloseable {

    private final UpOptions options;
    private final Consumer<String> say;
    private @Nullable DataFolder folder;
    private @Nullable Servers servers;
    private @Nullable ServiceContexts services;
    private @Nullable Connectors connectors;
    private boolean closed;

    /** @param say where each line for the person at the terminal goes */
    Platform(UpOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
    }

    String url() {
        return "http://localhost:" + options.port();
    }

    /** @return whether the data folder is new to a platform */
    boolean start() {
        DataFolder data = DataFolder.take(options.data());
        synchronized (this) {
            folder = data;
        }
        Ports environment = new Ports(System.getenv());
        Set<String> names = ServiceContexts.named(environment);
        if (names.contains("api-gateway") && !FreePorts.isFree(options.port())) {
            throw new UsageException(
                    "Port " + options.port() + " is taken by another program; name another by --port.");
        }
        LogFile.open(data.path("logs/caravan.log"));
        Path keys = data.path("keys");
        SigningKeys signing = SigningKeys.in(keys);
        Secrets secrets = Secrets.in(keys);
        Servers up = startServers(data, environment, secrets);
        ServicePorts ports = ServicePorts.pick(options.port(), environment, names);
        String attachable = ServiceContexts.attachable(environment);
        PlatformProperties properties =
                new PlatformProperties(up, ports, signing, secrets, data.path(), options.routes(), attachable);
        startServices(names, properties.byService());
        if (names.contains("upload")) {
            startConnectors(data, properties.connectors());
        }
        sayServices(names, ports);
        boolean isNew = data.isNew();
        data.write("platform.url", url());
        data.write("prometheus-targets.json", ScrapeTargets.of(names, ports.http()));
        data.markReady();
        say.accept("Routes: " + options.routes() + " (a saved change is live at once)");
        say.accept(
                "Administrator: " + Secrets.ADMIN_EMAIL + ", with the password in " + data.path("keys/admin-password"));
        say.accept("Log: " + data.path("logs/caravan.log"));
        say.accept("Caravan is ready: " + url());
        return isNew;
    }

    /** Puts a generated clip through the platform. */
    void runDemo() throws InterruptedException {
        DataFolder data = folder;
        Servers up = servers;
        if (data == null || up == null) {
            throw new IllegalStateException("not started");
        }
        Path clip = DemoClip.make(up.ffmpeg(), data.path("demo.mp4"));
        new Demo(url(), data.path(), say).play(clip);
    }

    private Servers startServers(DataFolder data, Ports ports, Secrets secrets) {
        Servers up = Servers.start(data.path(), ports, secrets);
        boolean late;
        synchronized (this) {
            servers = up;
            late = closed;
        }
        if (late) {
            up.close();
        }
        say.accept(line("PostgreSQL", address(up.databases().urlOf("").replaceFirst("^jdbc:", ""))));
        say.accept(line("Redis", address(up.redis().toString())));
        say.accept(line("AMQP broker", address(up.amqp().toString())));
        say.accept(line("S3 server", address(up.objectStore().endpoint())));
        say.accept(line("ffmpeg", inWords(up.ffmpeg())));
        return up;
    }

    private static String inWords(FfmpegBinaries ffmpeg) {
        return ffmpeg.ffmpeg() + " (" + ffmpeg.version() + (ffmpeg.bundled() ? ", bundled)" : ", of this machine)");
    }

    private static String address(String url) {
        URI uri = URI.create(url);
        return uri.getHost() + ":" + uri.getPort();
    }

    private void startServices(Set<String> names, Map<String, Map<String, String>> properties) {
        ServiceContexts contexts = new ServiceContexts();
        synchronized (this) {
            services = contexts;
        }
        contexts.start(names, properties);
    }

    private void startConnectors(DataFolder data, Map<String, String> properties) {
        String stamp = System.getProperty("caravan.built");
        Connectors process = new Connectors(
                Path.of(System.getProperty("caravan.connectors", "services/connectors/target")),
                stamp == null ? null : Path.of(stamp),
                options.routes(),
                data.path(),
                properties,
                say);
        boolean late;
        synchronized (this) {
            connectors = process;
            late = closed;
        }
        if (!late) {
            process.start();
        }
    }

    private void sayServices(Set<String> names, ServicePorts ports) {
        for (String service : names) {
            Integer grpc = ports.grpc().get(service);
            String http = service.equals("cdn-edge")
                    ? ports.edge() + ", inside 127.0.0.1:" + ports.http(service)
                    : String.valueOf(ports.http(service));
            say.accept(line(service, (grpc == null ? "" : "gRPC 127.0.0.1:" + grpc + ", ") + "HTTP 127.0.0.1:" + http));
        }
    }

    private static String line(String name, String what) {
        return String.format("  %-15s %s", name, what);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        if (connectors != null) {
            Closing.quietly(connectors);
        }
        if (services != null) {
            Closing.quietly(services);
        }
        if (servers != null) {
            Closing.quietly(servers);
        }
        if (folder != null) {
            folder.close();
        }
    }
}
