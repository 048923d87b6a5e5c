package dev.caravan.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Redis 7.0 server that appends every change to a file in its folder (fsync every second).
 *
 * <p>Its folder holds the program, {@code data}, {@code password} (readable by its owner alone) and {@code redis.log}.
 */
public final class RedisServer implements AutoCloseable {
    private static final String VERSION = "7.0.15";
    private static final String STOP_SIGNAL = "TERM";
    private static final int ANSWER_MILLIS = 1000;
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final FolderLock lock;
    private final ChildProcess process;
    private final int port;
    private final String password;

    private RedisServer(FolderLock lock, ChildProcess process, int port, String password) {
        this.lock = lock;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server and returns when it has loaded its data.
     *
     * @param folder where its data is, or will be
     * @param port the port on 127.0.0.1; 0 picks a free one
     * @throws EmbeddedServerException when it can't serve; one sentence and the end of its log say why
     */
    public static RedisServer start(Path folder, int port) {
        Path home = folder.toAbsolutePath().normalize();
        FolderLock lock = FolderLock.take(home, "Redis", FolderLock.OWNER);
        try {
            Path data = Files.createDirectories(home.resolve("data"));
            Path server = unpack(home);
            Orphans.end(home, Set.of("redis-server"), STOP_SIGNAL);
            String password = Secret.in(home.resolve("password"));
            return Ports.retry(port, chosen -> {
                Path configuration = configure(home, data, chosen, password);
                ChildProcess process = ChildProcess.start(new ChildProcess.Program(
                        "Redis",
                        List.of(server.toString(), configuration.toString()),
                        data,
                        home.resolve("redis.log"),
                        STOP_SIGNAL,
                        STOP_GRACE,
                        Map.of()));
                RedisServer redis = new RedisServer(lock, process, chosen, password);
                process.awaitReady(redis::answers, START_LIMIT);
                return redis;
            });
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedServerException("The folder " + home + " can't be used for Redis: " + e, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Returns the URL for clients, with the password: {@code redis://:PASSWORD@127.0.0.1:PORT}. */
    public String url() {
        return "redis://:" + password + "@" + FreePorts.LOOPBACK + ":" + port;
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends the server after it has written everything to disk. */
    @Override
    public void close() {
        process.close();
        lock.close();
    }

    private static Path unpack(Path home) {
        Platform platform = Platform.current();
        String resource = "/redis-server-" + VERSION + "-" + platform.os() + "-" + platform.arch();
        return Binaries.unpacked(
                        home, "redis-" + VERSION, folder -> Binaries.copy(resource, folder.resolve("redis-server")))
                .resolve("redis-server");
    }

    private static Path configure(Path home, Path data, int port, String password) {
        Path file = home.resolve("redis.conf");
        String configuration = """
                bind %s
                port %d
                requirepass %s
                dir "%s"
                appendonly yes
                save ""
                databases 1
                hz 1
                set-proc-title no
                """.formatted(FreePorts.LOOPBACK, port, password, data);
        try {
            Secret.write(file, configuration);
            return file;
        } catch (IOException e) {
            throw new EmbeddedServerException("Redis' configuration " + file + " can't be written: " + e, e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(FreePorts.LOOPBACK, port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return readLine(in).equals("+OK") && readLine(in).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r' && c != -1; c = in.read()) {
            line.append((char) c);
        }
        // The line feed after it.
        in.read();
        return line.toString();
    }
}
