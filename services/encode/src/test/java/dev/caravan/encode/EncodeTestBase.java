package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.encode.EncodeServiceGrpc;
import dev.caravan.proto.encode.EncodeServiceGrpc.EncodeServiceBlockingStub;
import dev.caravan.proto.encode.FindRunningRequest;
import dev.caravan.proto.encode.Job;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import software.amazon.awssdk.services.s3.S3Client;

/** Workers between a real database, a real broker, a real object store and a real ffmpeg. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EncodeTestBase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    Servers servers;
    Clips clips;
    S3Client s3;
    Bus bus;

    @BeforeAll
    void startServers(@TempDir Path folder) throws Exception {
        servers = new Servers(folder, ffmpeg());
        clips = new Clips(Encoders.bundled(), Files.createDirectory(folder.resolve("clips")));
        s3 = servers.s3();
        bus = new Bus(servers.connect());
    }

    /** What the workers encode with. */
    FfmpegBinaries ffmpeg() {
        return Encoders.bundled();
    }

    @AfterAll
    void stopServers() {
        bus.close();
        clips.close();
        servers.close();
    }

    @AfterEach
    void leavesNoFilesBehind() {
        patiently().untilAsserted(() -> {
            try (Stream<Path> workers = Files.list(servers.workFolder())) {
                assertThat(workers.flatMap(EncodeTestBase::jobs)).isEmpty();
            }
        });
    }

    static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    static ConfigurableApplicationContext start(Map<String, String> properties) {
        return CaravanService.builder(EncodeApplication.class, "encode")
                .run(properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    /** Runs something before a step. */
    static void before(ConfigurableApplicationContext worker, String route, String step, Processor processor)
            throws Exception {
        CamelContext camel = worker.getBean(CamelContext.class);
        AdviceWith.adviceWith(
                camel, route, advice -> advice.weaveById(step).before().process(processor));
        // The supervising controller starts what it started itself.
        camel.getRouteController().startRoute(route);
    }

    static void stopRoutes(ConfigurableApplicationContext worker, String... routes) throws Exception {
        for (String route : routes) {
            worker.getBean(CamelContext.class).getRouteController().stopRoute(route);
        }
    }

    static void startRoutes(ConfigurableApplicationContext worker, String... routes) throws Exception {
        for (String route : routes) {
            worker.getBean(CamelContext.class).getRouteController().startRoute(route);
        }
    }

    static JdbcTemplate jdbc(ConfigurableApplicationContext worker) {
        return worker.getBean(JdbcTemplate.class);
    }

    static String state(ConfigurableApplicationContext worker, String id) {
        return String.join(
                "",
                jdbc(worker).queryForList("select cast(state as text) from jobs where video_id = ?", String.class, id));
    }

    /** How the attempts at a job ended, in their order. */
    static List<String> outcomes(ConfigurableApplicationContext worker, String id) {
        return jdbc(worker)
                .queryForList("select outcome from attempts where video_id = ? order by number", String.class, id);
    }

    static boolean isOutboxEmpty(ConfigurableApplicationContext worker) {
        return Integer.valueOf(0).equals(jdbc(worker).queryForObject("select count(*) from outbox", Integer.class));
    }

    /** Puts a job into the table that is being worked at by a worker that is not there any more. */
    static void insertAbandoned(ConfigurableApplicationContext worker, String id, int attempt, int failures) {
        jdbc(worker)
                .update(
                        "insert into jobs (video_id, user_id, delivery, state, attempt, failures, worker, lease_until)"
                                + " values (?, ?, ?, 'running', ?, ?, 'dead', now() - interval '1 second')",
                        id,
                        Messages.OWNER,
                        Clips.utf8(Messages.uploaded(id, "")),
                        attempt,
                        failures);
        jdbc(worker).update("insert into attempts (video_id, number, worker) values (?, ?, 'dead')", id, attempt);
    }

    /** Puts a job into the table that waits. */
    static void insertWaiting(ConfigurableApplicationContext worker, String id, int user) {
        insertWaiting(worker, id, user, "now()");
    }

    /** @param notBefore an SQL expression */
    static void insertWaiting(ConfigurableApplicationContext worker, String id, int user, String notBefore) {
        jdbc(worker)
                .update(
                        "insert into jobs (video_id, user_id, turn, delivery, not_before)"
                                + " values (?, ?, next_turn(?), ?, " + notBefore + ")",
                        id,
                        user,
                        user,
                        Clips.utf8(Messages.uploaded(id, "")));
    }

    void upload(String id, Path file) {
        s3.putObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + id), file);
    }

    /** A video of a second that is encoded at once. */
    Path small() {
        return clips.make("-f lavfi -i testsrc2=s=256x144:r=25:d=1 -c:v libx264 -preset ultrafast small.mp4");
    }

    /** A video that takes a while with the preset veryslow. */
    Path heavy() {
        return clips.make("-f lavfi -i testsrc2=s=640x360:r=25:d=40 -c:v libx264 -preset ultrafast heavy.mp4");
    }

    /** Names of the objects below a video's folder, with the attempt that they are of. */
    List<String> stored(String id) {
        String prefix = "encoded-videos/" + id + "/";
        return s3.listObjectsV2(request -> request.bucket(Servers.BUCKET).prefix(prefix)).contents().stream()
                .map(object -> object.key().substring(prefix.length()))
                .toList();
    }

    static String key(JsonNode event) {
        return event.path("key").asText();
    }

    static int attempt(JsonNode event) {
        return event.path("data").path("attempt").asInt();
    }

    /** Waits until ffmpeg has got somewhere. */
    static void awaitProgress(Map<String, String> worker, String id) {
        call(worker, stub -> {
            patiently().ignoreExceptions().untilAsserted(() -> assertThat(running(stub))
                    .anySatisfy(job -> {
                        assertThat(job.getVideoId()).isEqualTo(id);
                        assertThat(job.getProgress()).isPositive();
                    }));
            return true;
        });
    }

    static List<Job> running(EncodeServiceBlockingStub stub) {
        return stub.findRunning(FindRunningRequest.getDefaultInstance())
                .getData()
                .getJobsList();
    }

    /** Whether an ffmpeg of this process runs. */
    static boolean isEncoding() {
        return ProcessHandle.current()
                .descendants()
                .anyMatch(process -> process.info().command().orElse("").endsWith("ffmpeg"));
    }

    /** Calls a worker as its owner would, by the gateway. */
    static <T> T call(Map<String, String> worker, java.util.function.Function<EncodeServiceBlockingStub, T> call) {
        return callAs(worker, Messages.OWNER, "user", call);
    }

    static <T> T callAs(
            Map<String, String> worker,
            int user,
            String role,
            java.util.function.Function<EncodeServiceBlockingStub, T> call) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ID, Metadata.ASCII_STRING_MARSHALLER), Integer.toString(user));
        metadata.put(Metadata.Key.of(Headers.USER_ROLE, Metadata.ASCII_STRING_MARSHALLER), role);
        ManagedChannel channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", Integer.parseInt(String.valueOf(worker.get("encode.port"))))
                .usePlaintext()
                .build();
        try {
            return call.apply(EncodeServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)));
        } finally {
            channel.shutdownNow();
        }
    }

    private static Stream<Path> jobs(Path worker) {
        try {
            return Files.list(worker)
                    .filter(file -> file.getFileName().toString().startsWith("job-"));
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
