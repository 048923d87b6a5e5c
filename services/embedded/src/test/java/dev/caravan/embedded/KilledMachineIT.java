package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.JedisPooled;

/** What kill -9 of the virtual machine leaves: every confirmed change, and no process. */
class KilledMachineIT {
    private static final Set<String> PROGRAMS = Set.of("postgres", "redis-server");

    @TempDir
    Path folder;

    private Process machine;

    @BeforeEach
    void startMachine() throws IOException {
        machine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-D" + Binaries.SHARED_FOLDER + "=" + System.getProperty(Binaries.SHARED_FOLDER, ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedMachine.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(machine.getInputStream(), StandardCharsets.UTF_8));
        String said = output.lines()
                .takeWhile(line -> !line.equals(DoomedMachine.READY))
                .collect(Collectors.joining("\n"));
        assertThat(machine.isAlive()).as(said).isTrue();
    }

    @AfterEach
    void endMachine() {
        machine.destroyForcibly();
        Orphans.end(folder, PROGRAMS, "INT");
    }

    @Test
    void leavesNoChildAndLosesNothing() throws Exception {
        assertThat(programs()).containsAll(PROGRAMS);

        machine.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(programs()).isEmpty());
        everythingIsThere();
    }

    @Test
    void isFollowedByAMachineThatEndsTheOrphans() throws Exception {
        // Without their supervisors, the servers live on.
        List<ProcessHandle> supervisors = machine.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("sh"))
                .toList();
        // Stopped first, or one would notice that another is gone and end its server.
        for (ProcessHandle supervisor : supervisors) {
            new ProcessBuilder("kill", "-STOP", Long.toString(supervisor.pid()))
                    .start()
                    .waitFor();
        }
        supervisors.forEach(ProcessHandle::destroyForcibly);
        machine.destroyForcibly().waitFor();
        assertThat(programs()).containsAll(PROGRAMS);

        everythingIsThere();

        assertThat(programs()).isEmpty();
    }

    private void everythingIsThere() throws Exception {
        try (PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"), 0)) {
            assertThat(PostgresServerIT.query(postgres, "postgres", "SELECT name FROM t"))
                    .isEqualTo("row");
        }
        try (RedisServer redis = RedisServer.start(folder.resolve("redis"), 0);
                JedisPooled client = new JedisPooled(redis.url())) {
            assertThat(client.get("key")).isEqualTo("value");
        }
        try (AmqpBroker broker = AmqpBroker.start(folder.resolve("amqp"), 0);
                AmqpClient client = new AmqpClient(broker)) {
            assertThat(client.take("queue")).isEqualTo("message");
        }
    }

    private List<String> programs() {
        return Orphans.find(folder, PROGRAMS).stream()
                .map(process -> Path.of(process.info().command().orElse(""))
                        .getFileName()
                        .toString())
                .toList();
    }
}
