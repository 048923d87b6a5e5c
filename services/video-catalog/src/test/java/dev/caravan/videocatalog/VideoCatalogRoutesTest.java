package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindAllResponse;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.FindMineResponse;
import dev.caravan.videocatalog.manifest.Fixtures;
import dev.caravan.videocatalog.owner.OwnersOfVideos;
import dev.caravan.videocatalog.signature.SigningKey;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The routes with every call out of the service replaced. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = VideoCatalogApplication.class,
        properties = {
            "spring.config.name=caravan,video-catalog",
            "spring.application.name=video-catalog",
            "spring.flyway.enabled=false",
            "camel.component.direct.timeout=100",
            "video-catalog.owner-timeout=1000",
            "video-catalog.retry-delay=1",
            "video-catalog.retry-max-delay=5"
        })
class VideoCatalogRoutesTest {

    private static final Processor DATABASE_DOWN = exchange -> {
        throw new CannotGetJdbcConnectionException("inner words");
    };

    // Of the context, which all tests share.
    private static volatile Processor database = DATABASE_DOWN;
    private static volatile Processor users = DATABASE_DOWN;
    private static volatile Processor broker = DATABASE_DOWN;
    private static final List<Exchange> STORED = new CopyOnWriteArrayList<>();
    private static final List<String> DEAD_LETTERS = new CopyOnWriteArrayList<>();

    @Autowired
    private CamelContext camel;

    @Autowired
    private ProducerTemplate producer;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("video-catalog.port", FreePorts::pick);
        registry.add("cdn.private-key", () -> SigningKey.create("EC")
                .write(Path.of("target", "routes-key.pem"))
                .toString());
    }

    @BeforeEach
    void replaceWhatIsOutside() throws Exception {
        if (!camel.isStarted()) {
            for (String[] step : new String[][] {
                {"video-catalog-find-all", "count-ready-videos"},
                {"video-catalog-find-all", "find-ready-videos"},
                {"video-catalog-find-mine", "count-my-videos"},
                {"video-catalog-find-mine", "find-my-videos"},
                {"video-catalog-find-by-id", "find-video"},
                {"video-catalog-record-event", "store-event"}
            }) {
                replace(step[0], step[1], exchange -> database.process(exchange));
            }
            replace("video-catalog-find-owner", "find-owner", exchange -> users.process(exchange));
            replace("video-catalog-dead-letter", "keep-message", exchange -> broker.process(exchange));
            replace("video-catalog-manifest", "get-manifest", this::answerObject);
            AdviceWith.adviceWith(
                    camel, "video-catalog-record-completed", route -> route.replaceFromWith("direct:completed"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-record-progress", route -> route.replaceFromWith("direct:progress"));
            AdviceWith.adviceWith(camel, "video-catalog-door", route -> route.replaceFromWith("direct:door"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-manifest-door", route -> route.replaceFromWith("direct:manifest"));
            camel.start();
        }
        STORED.clear();
        DEAD_LETTERS.clear();
        database = STORED::add;
        broker = exchange -> DEAD_LETTERS.add(exchange.getMessage().getBody(String.class));
        users = exchange -> {
            throw Fault.unavailable("DEPENDENCY_DOWN", "The user service is down.");
        };
    }

    @Test
    void takesEachCallToTheRouteOfItsName() {
        database = exchange -> {
            exchange.getMessage().setHeader("total", 0);
            exchange.getMessage().setBody(List.of());
        };

        Exchange answer = producer.request("direct:door", exchange -> {
            exchange.getMessage().setHeader(Headers.RPC, "find-mine");
            exchange.getMessage().setHeader(Headers.USER_ID, "3");
            exchange.getMessage().setBody(FindMineRequest.getDefaultInstance());
        });

        assertThat(answer.getMessage().getBody()).isInstanceOf(FindMineResponse.class);
    }

    @Test
    void tellsThatTheDatabaseIsDownAndNothingOfItsInside() {
        database = DATABASE_DOWN;
        Map<String, Object> calls = Map.of(
                "direct:video-catalog-find-all", FindAllRequest.getDefaultInstance(),
                "direct:video-catalog-find-mine", FindMineRequest.getDefaultInstance(),
                "direct:video-catalog-find-by-id", FindByIdRequest.getDefaultInstance());

        calls.forEach((route, request) -> {
            Exchange answer = producer.request(route, exchange -> {
                exchange.getMessage().setHeader(Headers.USER_ID, "3");
                exchange.getMessage().setBody(request);
            });
            Fault fault = Fault.in(answer.getException());
            assertThat(fault).isNotNull();
            assertThat(fault.reason()).isEqualTo("DEPENDENCY_DOWN");
            assertThat(fault.getMessage()).doesNotContain("inner words");
        });
    }

    /** Each look-up waits for the other. */
    @Test
    void asksForAllOwnersAtATime() {
        CyclicBarrier together = new CyclicBarrier(2);
        database = videosOf(501, 502, 501);
        users = exchange -> {
            together.await(20, TimeUnit.SECONDS);
            exchange.getMessage().setBody(owner("Ann"));
        };

        FindAllResponse answer = findAll();

        assertThat(answer.getData().getVideosList())
                .extracting(
                        video -> video.getUser().getId() + " " + video.getUser().getName())
                .containsExactly("501 Ann", "502 Ann", "501 Ann");
    }

    @Test
    void waitsForNoOwnerTooLong() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        users = exchange -> {
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
            exchange.getMessage().setBody(owner("Late"));
        };
        List<Map<String, Object>> rows = List.of(Map.of("user_id", 701));

        Exchange answer = producer.request("direct:video-catalog-find-owners", exchange -> exchange.getMessage()
                .setBody(rows));
        end.countDown();

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo(rows);
        assertThat(answer.getVariable("owners", OwnersOfVideos.class).find(701).getName())
                .isEmpty();
    }

    @Test
    void showsVideosWhileNobodyKnowsTheirOwners() {
        AtomicInteger asked = new AtomicInteger();
        database = videosOf(601);
        users = exchange -> {
            asked.incrementAndGet();
            throw Fault.unavailable("DEPENDENCY_DOWN", "The user service is down.");
        };

        FindAllResponse first = findAll();
        FindAllResponse second = findAll();

        assertThat(first).isEqualTo(second);
        assertThat(first.getData().getVideos(0).getUser().getId()).isEqualTo(601);
        assertThat(first.getData().getVideos(0).getUser().getName()).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void recordsWhatBothQueuesBringWithoutTheirHeaders() {
        Messages messages = Messages.about(7, "Both");

        for (String queue : List.of("direct:completed", "direct:progress")) {
            producer.sendBodyAndHeaders(
                    queue,
                    messages.completed().getBytes(UTF_8),
                    Map.of("Authorization", "Bearer secret", "CamelSqlQuery", "DROP TABLE videos"));
        }

        assertThat(STORED).hasSize(2);
        assertThat(STORED)
                .allMatch(exchange -> exchange.getMessage().getHeaders().isEmpty());
        assertThat(STORED).allMatch(exchange -> "ready"
                .equals(exchange.getMessage().getBody(Map.class).get("state")));
    }

    @Test
    void waitsForTheDatabase() {
        AtomicInteger attempts = new AtomicInteger();
        database = exchange -> {
            if (attempts.incrementAndGet() < 5) {
                DATABASE_DOWN.process(exchange);
            }
        };

        producer.sendBody("direct:completed", Messages.about(7, "Waits").completed());

        assertThat(attempts).hasValue(5);
        assertThat(DEAD_LETTERS).isEmpty();
    }

    @Test
    void doesNotRepeatWhatTheDatabaseRefuses() {
        AtomicInteger attempts = new AtomicInteger();
        database = exchange -> {
            attempts.incrementAndGet();
            throw new DataIntegrityViolationException("no place for it");
        };
        String message = Messages.about(7, "Refused").completed();

        producer.sendBody("direct:completed", message);

        assertThat(attempts).hasValue(1);
        assertThat(DEAD_LETTERS).containsExactly(message);
    }

    @Test
    void waitsForTheBrokerWithADeadLetter() {
        AtomicInteger attempts = new AtomicInteger();
        List<Object> reasons = new ArrayList<>();
        broker = exchange -> {
            if (attempts.incrementAndGet() < 4) {
                throw new IllegalStateException("the broker is down");
            }
            DEAD_LETTERS.add(exchange.getMessage().getBody(String.class));
            reasons.add(exchange.getMessage().getHeader("x-failure"));
        };

        producer.sendBody("direct:progress", "no JSON");

        assertThat(attempts).hasValue(4);
        assertThat(DEAD_LETTERS).containsExactly("no JSON");
        assertThat(reasons).hasSize(1).allMatch(reason -> reason.toString().startsWith("it is no JSON"));
    }

    @Test
    void asksTheStoreForTheManifestAndNothingElse() {
        Exchange answer = producer.request("direct:manifest", exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_URI, "/manifests/encoded-videos/v/media_0.m3u8");
            exchange.getMessage().setHeader("CamelAwsS3BucketName", "another");
        });

        assertThat(answer.getMessage().getBody(String.class)).contains("segment-0-00001.m4s?Policy=");
    }

    @Test
    void saysThatAManifestIsNotAvailableWhileItsRouteIsStopped() throws Exception {
        camel.getRouteController().stopRoute("video-catalog-manifest");
        try {
            Exchange answer = producer.request("direct:manifest", exchange -> exchange.getMessage()
                    .setHeader(Exchange.HTTP_URI, "/manifests/encoded-videos/v/media_0.m3u8"));

            assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(503);
        } finally {
            camel.getRouteController().startRoute("video-catalog-manifest");
        }
    }

    private void answerObject(Exchange exchange) {
        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(Map.of("CamelAwsS3Key", "encoded-videos/v/media_0.m3u8"));
        exchange.getMessage().setBody(new ByteArrayInputStream(Fixtures.bytes("media_0.m3u8")));
    }

    private FindAllResponse findAll() {
        return producer.requestBody(
                "direct:video-catalog-find-all", FindAllRequest.getDefaultInstance(), FindAllResponse.class);
    }

    private static Processor videosOf(int... owners) {
        return exchange -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int owner : owners) {
                rows.add(Map.of("id", rows.size() + 1, "user_id", owner, "state", "ready", "renditions", "[]"));
            }
            exchange.getMessage().setHeader("total", rows.size());
            exchange.getMessage().setBody(rows);
        };
    }

    private static FindByIdResponse owner(String name) {
        return FindByIdResponse.newBuilder()
                .setData(FindByIdResponseData.newBuilder()
                        .setUser(dev.caravan.proto.user.User.newBuilder().setName(name)))
                .build();
    }

    private void replace(String route, String step, Processor by) throws Exception {
        AdviceWith.adviceWith(
                camel, route, advice -> advice.weaveById(step).replace().process(by));
    }
}
