package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers go and come, workers die and are stopped: every job has one end all the same. */
class OutageIT extends EncodeTestBase {

    @Test
    void encodesAsSoonAsTheObjectStoreIsBack() {
        Map<String, String> properties = servers.properties("store");
        properties.put("encode.max-attempts", "1000");
        try (ConfigurableApplicationContext worker = start(properties)) {
            upload("storeless", small());
            servers.stopStore();
            try {
                bus.send(Servers.jobs("store"), Messages.uploaded("storeless", ""));
                patiently().until(() -> outcomes(worker, "storeless").contains("failed"));
            } finally {
                servers.startStore();
            }

            JsonNode event = bus.outcome("storeless");

            assertThat(key(event)).isEqualTo("VideoEncodingCompleted");
            assertThat(attempt(event)).isGreaterThan(1);
            assertThat(outcomes(worker, "storeless")).startsWith("failed").endsWith("succeeded");
        }
    }

    @Test
    void startsWithoutDatabaseAndBrokerAndDoesItsWorkWhenTheyAreThere() {
        Map<String, String> properties = servers.properties("bare");
        upload("early", small());
        bus.send(Servers.jobs("bare"), Messages.uploaded("early", ""));
        servers.stopDatabase();
        servers.stopBroker();
        ConfigurableApplicationContext worker;
        try {
            worker = start(properties);
        } finally {
            servers.startBroker();
        }
        try (worker) {
            // The message is given back while there is no database to keep it in.
            patiently().until(() -> worker.isRunning());
            servers.startDatabase();

            assertThat(key(bus.outcome("early"))).isEqualTo("VideoEncodingCompleted");
            assertThat(outcomes(worker, "early")).containsExactly("succeeded");
        }
    }

    @Test
    void recordsWhatItEncodedWhileTheDatabaseWasDown() throws Exception {
        Map<String, String> properties = servers.properties("middle");
        properties.put("encode.lease", "PT5M");
        try (ConfigurableApplicationContext worker = start(properties)) {
            upload("middle", small());
            before(worker, "encode-download", "get-source", exchange -> servers.stopDatabase());
            bus.send(Servers.jobs("middle"), Messages.uploaded("middle", ""));
            patiently().until(() -> stored("middle").contains("1/master.mpd"));
            servers.startDatabase();

            assertThat(key(bus.outcome("middle"))).isEqualTo("VideoEncodingCompleted");
            assertThat(outcomes(worker, "middle")).containsExactly("succeeded");
        }
    }

    @Test
    void stopsAnEncodingThatItCanNotRenewTheLeaseOf() {
        upload("cut-off", heavy());
        Map<String, String> properties = servers.properties("cutoff");
        properties.put("encode.style.preset", "veryslow");
        properties.put("encode.lease", "PT3S");
        try (ConfigurableApplicationContext worker = start(properties)) {
            bus.send(Servers.jobs("cutoff"), Messages.uploaded("cut-off", ""));
            awaitProgress(properties, "cut-off");
            servers.stopDatabase();
            try {
                assertThat(isEncoding()).isTrue();
                patiently().until(() -> !isEncoding());
            } finally {
                servers.startDatabase();
            }
            patiently().ignoreExceptions().until(() -> List.of("lost", "handed-back")
                    .contains(outcomes(worker, "cut-off").get(0)));
        }
        properties.put("encode.style.preset", "ultrafast");
        properties.put("encode.lease", "PT30S");
        try (ConfigurableApplicationContext worker = start(properties)) {
            assertThat(key(bus.outcome("cut-off"))).isEqualTo("VideoEncodingCompleted");
            assertThat(outcomes(worker, "cut-off")).endsWith("succeeded").hasSizeGreaterThan(1);
        }
    }

    @Test
    void announcesOnceWhenTheBrokerIsBack() throws Exception {
        Map<String, String> properties = servers.properties("broker");
        try (ConfigurableApplicationContext worker = start(properties)) {
            upload("brokerless", small());
            before(worker, "encode-download", "get-source", exchange -> servers.stopBroker());
            bus.send(Servers.jobs("broker"), Messages.uploaded("brokerless", ""));
            patiently().until(() -> state(worker, "brokerless").equals("succeeded"));
            assertThat(isOutboxEmpty(worker)).isFalse();
            servers.startBroker();

            assertThat(key(bus.outcome("brokerless"))).isEqualTo("VideoEncodingCompleted");
            patiently().until(() -> isOutboxEmpty(worker));
            assertThat(bus.hasOutcome("brokerless")).isFalse();
            assertThat(worker.getBean(MeterRegistry.class)
                            .summary("encode.speed")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void takesOverTheJobOfAWorkerThatDied() {
        try (ConfigurableApplicationContext worker = start(servers.properties("heir"))) {
            upload("orphan", small());
            insertAbandoned(worker, "orphan", 1, 0);

            JsonNode event = bus.outcome("orphan");

            assertThat(key(event)).isEqualTo("VideoEncodingCompleted");
            assertThat(attempt(event)).isEqualTo(2);
            assertThat(outcomes(worker, "orphan")).containsExactly("lost", "succeeded");
        }
    }

    @Test
    void takesOverWhatAnotherInstanceHadClaimedAndNeverDid() throws Exception {
        Map<String, String> properties = servers.properties("pair");
        properties.put("encode.lease", "PT1S");
        upload("left", small());
        try (ConfigurableApplicationContext first = start(properties)) {
            stopRoutes(first, "encode-run", "encode-renew-leases", "encode-recover");
            bus.send(Servers.jobs("pair"), Messages.uploaded("left", ""));
            patiently().until(() -> outcomes(first, "left").contains("running"));
        }
        properties.put("encode.lease", "PT30S");
        try (ConfigurableApplicationContext second = start(properties)) {
            assertThat(key(bus.outcome("left"))).isEqualTo("VideoEncodingCompleted");
            assertThat(outcomes(second, "left")).endsWith("succeeded").hasSize(2);
        }
    }

    @Test
    void givesUpAJobThatTakesItsWorkerWithItEachTimeAndGoesOnWithItsNeighbour() {
        try (ConfigurableApplicationContext worker = start(servers.properties("poison"))) {
            upload("neighbour", small());
            insertAbandoned(worker, "poison", 3, 2);
            bus.send(Servers.jobs("poison"), Messages.uploaded("neighbour", ""));

            assertThat(key(bus.outcome("neighbour"))).isEqualTo("VideoEncodingCompleted");
            JsonNode event = bus.outcome("poison");
            assertThat(key(event)).isEqualTo("VideoEncodingFailed");
            assertThat(attempt(event)).isEqualTo(3);
            assertThat(event.path("data").path("reason").asText()).isEqualTo("SERVICE_FAULT");
            assertThat(state(worker, "poison")).isEqualTo("failed");
            Message kept = bus.next(Bus.DEAD_LETTERS);
            assertThat(kept.getBody()).isEqualTo(Clips.utf8(Messages.uploaded("poison", "")));
            assertThat(kept.getMessageProperties().getHeaders())
                    .containsEntry("x-reason", "SERVICE_FAULT")
                    .containsEntry("x-video-id", "poison")
                    .containsEntry("x-route-trail", "encode-recover,encode-fail");
            assertThat(bus.hasOutcome("poison")).isFalse();
        }
    }

    @Test
    void letsAWorkerAnnounceNothingOfAJobThatIsAnothersByNow() {
        Map<String, String> properties = servers.properties("zombie");
        properties.put("encode.lease", "PT5M");
        properties.put("encode.renewal-period", "3600000");
        try (ConfigurableApplicationContext zombie = start(properties)) {
            upload("taken", small());
            stopBeforeRecording(zombie, () -> jdbc(zombie)
                    .update("update jobs set attempt = 2, worker = 'other' where video_id = 'taken'"));
            bus.send(Servers.jobs("zombie"), Messages.uploaded("taken", ""));
            patiently().until(() -> stored("taken").contains("1/master.mpd"));
            patiently().until(() -> !isAtWork(zombie));
            upload("after", small());
            bus.send(Servers.jobs("zombie"), Messages.uploaded("after", ""));

            assertThat(key(bus.outcome("after"))).isEqualTo("VideoEncodingCompleted");
            assertThat(bus.hasOutcome("taken")).isFalse();
            assertThat(state(zombie, "taken")).isEqualTo("running");
        }
    }

    @Test
    void endsAtOnceWhenStoppedAndHandsTheVideoToTheNext() {
        upload("stopped", heavy());
        Map<String, String> properties = servers.properties("stop");
        properties.put("encode.style.preset", "veryslow");
        try (ConfigurableApplicationContext first = start(properties)) {
            bus.send(Servers.jobs("stop"), Messages.uploaded("stopped", ""));
            awaitProgress(properties, "stopped");
            first.close();
        }
        assertThat(isEncoding()).isFalse();

        properties.put("encode.style.preset", "ultrafast");
        try (ConfigurableApplicationContext second = start(properties)) {
            JsonNode event = bus.outcome("stopped");
            assertThat(key(event)).isEqualTo("VideoEncodingCompleted");
            assertThat(outcomes(second, "stopped")).containsExactly("handed-back", "succeeded");
            assertThat(jdbc(second)
                            .queryForObject("select failures from jobs where video_id = 'stopped'", Integer.class))
                    .isZero();
        }
    }

    @Test
    void sharesItsPlacesAmongUsers() throws Exception {
        try (ConfigurableApplicationContext worker = startIdle("fair", 3, 2)) {
            List.of("a1", "a2", "a3").forEach(id -> insertWaiting(worker, id, 1));
            insertWaiting(worker, "b1", 2);
            startRoutes(worker, "encode-claim");

            patiently().until(() -> running(worker).size() == 3);

            assertThat(running(worker)).containsExactly("a1", "a2", "b1");
            forgetJobs(worker);
        }
    }

    @Test
    void letsNobodyWaitBehindAllThatAnotherHasUploaded() throws Exception {
        try (ConfigurableApplicationContext worker = startIdle("crowd", 3, 5)) {
            insertWaiting(worker, "crowd-0", 1);
            jdbc(worker)
                    .update(
                            "update jobs set state = 'running', worker = 'other', lease_until = now() + interval '1 hour'");
            for (int i = 1; i < 20; i++) {
                insertWaiting(worker, "crowd-" + i, 1);
            }
            insertWaiting(worker, "newcomer-0", 2);
            insertWaiting(worker, "newcomer-1", 2);
            insertWaiting(worker, "latest", 3);
            startRoutes(worker, "encode-claim");

            patiently().until(() -> running(worker).size() == 4);

            assertThat(running(worker)).containsExactly("crowd-0", "crowd-1", "latest", "newcomer-0");
            forgetJobs(worker);
        }
    }

    @Test
    void takesWhatIsUrgentFirstAndSharesPlacesAmongUsersOfWhatIsAsUrgent() throws Exception {
        try (ConfigurableApplicationContext worker = startIdle("urgent", 3, 2)) {
            List.of("a1", "a2", "a3", "a4").forEach(id -> insertWaiting(worker, id, 1));
            insertWaiting(worker, "b1", 2);
            insertWaiting(worker, "c1", 3);
            prioritize(worker, "a4", 80);
            prioritize(worker, "c1", 0);
            startRoutes(worker, "encode-claim");

            patiently().until(() -> running(worker).size() == 3);

            // Of the rest one of each user, and what may wait not before that.
            assertThat(running(worker)).containsExactly("a1", "a4", "b1");
            forgetJobs(worker);
        }
    }

    @Test
    void letsNobodyPassWhoseTurnsAreFairBecauseSomethingWasPutOff() throws Exception {
        try (ConfigurableApplicationContext worker = startIdle("put-off", 1, 5)) {
            insertWaiting(worker, "put-off", 1);
            prioritize(worker, "put-off", 10);
            // Those before them are done.
            insertWaiting(worker, "a-8", 2);
            insertWaiting(worker, "a-9", 2);
            jdbc(worker).update("update jobs set turn = turn + 8 where user_id = 2");

            insertWaiting(worker, "newcomer-0", 3);
            insertWaiting(worker, "newcomer-1", 3);

            assertThat(jdbc(worker)
                            .queryForList(
                                    "select video_id from jobs order by priority desc, turn, not_before", String.class))
                    .containsExactly("a-8", "newcomer-0", "a-9", "newcomer-1", "put-off");
            forgetJobs(worker);
        }
    }

    private static void prioritize(ConfigurableApplicationContext worker, String id, int priority) throws Exception {
        jdbc(worker)
                .update(Files.readString(Path.of(
                                System.getProperty("caravan.root"), "routes", "encode", "sql", "prioritize-job.sql"))
                        .replace(":?priority", Integer.toString(priority))
                        .replace(":?video_id", "'" + id + "'")
                        .replaceAll("returning.*", ""));
    }

    @Test
    void looksAtWhatIsNextHoweverManyJobsWait() throws Exception {
        try (ConfigurableApplicationContext worker = startIdle("many", 2, 2)) {
            jdbc(worker)
                    .update("insert into jobs (video_id, user_id, turn, delivery, not_before)"
                            + " select 'v' || n, case when n % 2 = 0 then 1 else n end, case when n % 2 = 0 then n else 0 end,"
                            + " '', now() - interval '1 hour' from generate_series(1, 20000) as n");
            // What is put off is as much as what is not.
            jdbc(worker).update("update jobs set priority = 10 where cast(substr(video_id, 2) as integer) > 10000");
            jdbc(worker).execute("analyze");
            String statement = Files.readString(
                            Path.of(System.getProperty("caravan.root"), "routes", "encode", "sql", "claim-jobs.sql"))
                    .replaceAll(":\\?\\$\\{[^}]*worker}", "'worker'")
                    .replaceAll(":\\?\\$\\{[^}]*lease}", "'PT1M'")
                    .replaceAll(":\\?\\$\\{[^}]*}", "'2'");

            String plan = String.join("\n", jdbc(worker).queryForList("explain (analyze) " + statement, String.class));

            assertThat(plan).contains("Index Scan using jobs_to_claim").doesNotContain("Seq Scan on jobs");
            assertThat(Pattern.compile("jobs_to_claim on .*\\(actual time=[^ ]+ rows=(\\d+)")
                            .matcher(plan)
                            .results()
                            .mapToInt(scan -> Integer.parseInt(scan.group(1))))
                    .allMatch(rows -> rows <= 200);
            assertThat(placeOf(worker, "v10001")).isNotEmpty().allMatch(rows -> rows <= 1000);
            assertThat(placeOf(worker, "v9")).isNotEmpty().allMatch(rows -> rows <= 200);
            forgetJobs(worker);
        }
    }

    /** How many waiting jobs are read to tell the place of one. */
    private static List<Integer> placeOf(ConfigurableApplicationContext worker, String id) throws Exception {
        String statement = Files.readString(
                        Path.of(System.getProperty("caravan.root"), "routes", "encode", "sql", "find-wait.sql"))
                .replaceAll(":\\?\\$\\{[^}]*lease}", "'PT1M'")
                .replaceAll(":\\?\\$\\{[^}]*}", "'2'")
                .replace(":?video_id", "'" + id + "'");
        String plan = String.join("\n", jdbc(worker).queryForList("explain (analyze) " + statement, String.class));
        assertThat(plan).doesNotContain("Seq Scan on jobs");
        return Pattern.compile("jobs_to_claim on .*\\(actual time=[^ ]+ rows=(\\d+)")
                .matcher(plan)
                .results()
                .map(scan -> Integer.valueOf(scan.group(1)))
                .toList();
    }

    @Test
    void runsOneAtATimeOfTheJobsThatWereLostWithAWorkerAndAllOthersBesides() throws Exception {
        try (ConfigurableApplicationContext worker = startIdle("suspects", 4, 1)) {
            jdbc(worker)
                    .update("insert into jobs (video_id, user_id, delivery, state, worker, lease_until)"
                            + " values ('elsewhere', 5, '', 'running', 'other', now() + interval '1 hour')");
            insertLost(worker, "of-a-user-who-has-enough", 5, "now() - interval '4 seconds'");
            insertLost(worker, "poison", 1, "now() - interval '3 seconds'");
            insertLost(worker, "its-neighbour", 2, "now() - interval '2 seconds'");
            insertWaiting(worker, "new", 3);
            startRoutes(worker, "encode-claim");
            patiently().until(() -> running(worker).size() >= 3);
            insertWaiting(worker, "newer", 4);
            patiently().until(() -> running(worker).contains("newer"));

            assertThat(running(worker)).containsExactly("elsewhere", "new", "newer", "poison");

            jdbc(worker)
                    .update("update jobs set state = 'failed', worker = null, lease_until = null"
                            + " where video_id = 'poison'");
            patiently().until(() -> running(worker).contains("its-neighbour"));
            forgetJobs(worker);
        }
    }

    /** A worker that claims jobs when encode-claim is started, and runs none. */
    private ConfigurableApplicationContext startIdle(String name, int concurrency, int perUser) throws Exception {
        Map<String, String> properties = servers.properties(name);
        properties.put("encode.concurrency", Integer.toString(concurrency));
        properties.put("encode.max-running-per-user", Integer.toString(perUser));
        properties.put("encode.lease", "PT5M");
        ConfigurableApplicationContext worker = start(properties);
        stopRoutes(worker, "encode-claim", "encode-run");
        return worker;
    }

    private static void forgetJobs(ConfigurableApplicationContext worker) {
        jdbc(worker).update("update jobs set state = 'deleted', worker = null, lease_until = null");
    }

    private static void insertLost(ConfigurableApplicationContext worker, String id, int user, String notBefore) {
        insertWaiting(worker, id, user, notBefore);
        jdbc(worker)
                .update(
                        "insert into attempts (video_id, number, worker, ended_at, outcome)"
                                + " values (?, 1, 'dead', now(), 'lost')",
                        id);
        jdbc(worker).update("update jobs set attempt = 1 where video_id = ?", id);
    }

    private static List<String> running(ConfigurableApplicationContext worker) {
        return jdbc(worker)
                .queryForList("select video_id from jobs where state = 'running' order by video_id", String.class);
    }

    private static boolean isAtWork(ConfigurableApplicationContext worker) {
        return !worker.getBean(dev.caravan.encode.job.RunningJobs.class).all().isEmpty();
    }

    private static void stopBeforeRecording(ConfigurableApplicationContext worker, Runnable meanwhile) {
        try {
            before(worker, "encode-succeed", "record-success", exchange -> {
                if (String.valueOf(exchange.getMessage().getBody(Map.class).get("video_id"))
                        .equals("taken")) {
                    meanwhile.run();
                }
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
