package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.CreatePresignedUrlRequest;
import dev.caravan.proto.upload.CreatePresignedUrlResponse;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import dev.caravan.proto.upload.UploadedWebhookResponse;
import dev.caravan.upload.direct.Form;
import dev.caravan.upload.store.FakeStore;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessResourceFailureException;

/** Each route with its calls out of the service cut off. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = {UploadApplication.class, UploadRoutesTest.Store.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,upload",
            "spring.application.name=upload",
            "spring.flyway.enabled=false",
            "camel.routecontroller.enabled=false",
            "camel.component.direct.block=false",
            "s3.endpoint=http://127.0.0.1:9",
            "s3.access-key=key",
            "s3.secret-key=secret"
        })
class UploadRoutesTest {

    private static final UUID VIDEO = UUID.randomUUID();
    private static final UUID THUMBNAIL = UUID.randomUUID();
    private static final Map<String, String> CALLS = Map.of(
            "insert-upload", "upload-create-presigned-url",
            "find-upload", "upload-uploaded-webhook",
            "accept-upload", "upload-accept",
            "reserve-upload", "upload-direct",
            "publish-announcement", "upload-announce",
            "mark-announced", "upload-announce",
            "delete-upload", "upload-sweep",
            "postpone-announcement", "upload-announce");

    @TestConfiguration
    static class Store {

        @Bean
        @Primary
        FakeStore fakeStore() {
            return new FakeStore();
        }
    }

    @Autowired
    private CamelContext context;

    @Autowired
    private ProducerTemplate template;

    @Autowired
    private FakeStore store;

    @LocalServerPort
    private int port;

    @EndpointInject("mock:insert-upload")
    private MockEndpoint insert;

    @EndpointInject("mock:find-upload")
    private MockEndpoint find;

    @EndpointInject("mock:accept-upload")
    private MockEndpoint accept;

    @EndpointInject("mock:reserve-upload")
    private MockEndpoint reserve;

    @EndpointInject("mock:publish-announcement")
    private MockEndpoint publish;

    @EndpointInject("mock:mark-announced")
    private MockEndpoint mark;

    @EndpointInject("mock:delete-upload")
    private MockEndpoint delete;

    @EndpointInject("mock:postpone-announcement")
    private MockEndpoint postpone;

    @BeforeEach
    void cutOffCalls() throws Exception {
        if (!context.isStarted()) {
            AdviceWith.adviceWith(context, "upload-door", false, advice -> advice.replaceFromWith("direct:door"));
            AdviceWith.adviceWith(context, "upload-relay", false, advice -> advice.replaceFromWith("direct:relay"));
            AdviceWith.adviceWith(context, "upload-sweep", false, advice -> advice.replaceFromWith("direct:sweep"));
            for (String route : new TreeSet<>(CALLS.values())) {
                AdviceWith.adviceWith(
                        context,
                        route,
                        advice -> CALLS.forEach((call, owner) -> {
                            if (owner.equals(route)) {
                                advice.weaveById(call).replace().to("mock:" + call);
                            }
                        }));
            }
            context.start();
        }
        MockEndpoint.resetMocks(context);
        accept.returnReplyBody(constant(null));
        store.clear();
    }

    @Test
    void uploadCreatePresignedUrlRemembersWhomItGivesUrlsTo() throws Exception {
        insert.expectedMessageCount(1);

        Exchange answer = request(
                "direct:upload-create-presigned-url", CreatePresignedUrlRequest.getDefaultInstance(), caller("7"));

        var data = answer.getMessage().getBody(CreatePresignedUrlResponse.class).getData();
        insert.assertIsSatisfied();
        assertThat(insert.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("userId", 7)
                .containsEntry("videoId", UUID.fromString(data.getVideoId()))
                .containsEntry("thumbnailId", UUID.fromString(data.getThumbnailId()));
        assertThat(URI.create(data.getVideoUrl()))
                .hasPath("/caravan/raw-videos/" + data.getVideoId())
                .hasParameter("X-Amz-Expires", "900")
                .hasParameter("X-Amz-SignedHeaders", "host");
        assertThat(URI.create(data.getThumbnailUrl())).hasPath("/caravan/thumbnails/" + data.getThumbnailId());
    }

    @Test
    void nobodyIsServedWithoutAUser() {
        for (String route : List.of("upload-create-presigned-url", "upload-uploaded-webhook", "upload-direct")) {
            assertThat(fault("direct:" + route, "", Map.of()).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(fault("direct:" + route, "", caller("me")).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void uploadDoorGivesCallsToTheRouteOfTheirName() throws Exception {
        insert.expectedMessageCount(1);
        Map<String, Object> headers = new HashMap<>(caller("7"));
        headers.put(Headers.RPC, "create-presigned-url");

        request("direct:door", CreatePresignedUrlRequest.getDefaultInstance(), headers);

        insert.assertIsSatisfied();
    }

    @Test
    void uploadUploadedWebhookAcceptsAVideoThatIsThere() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        find.returnReplyBody(constant(row(false)));
        accept.expectedMessageCount(1);

        Exchange answer = request("direct:upload-uploaded-webhook", webhook().build(), caller("7"));

        assertThat(answer.getMessage().getBody(UploadedWebhookResponse.class).getMessage())
                .isEqualTo("Success");
        accept.assertIsSatisfied();
        assertThat(accept.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("userId", 7)
                .containsEntry("videoId", VIDEO)
                .containsEntry("title", "A title")
                .containsEntry("description", "A description")
                .containsEntry("thumbnail", false);
    }

    @Test
    void uploadUploadedWebhookSaysSuccessAgainAndAcceptsNothingTwice() throws Exception {
        find.returnReplyBody(constant(row(true)));
        accept.expectedMessageCount(0);

        Exchange answer = request("direct:upload-uploaded-webhook", webhook().build(), caller("7"));

        assertThat(answer.getMessage().getBody(UploadedWebhookResponse.class).getMessage())
                .isEqualTo("Success");
        accept.assertIsSatisfied();
    }

    @Test
    void uploadUploadedWebhookSaysWhatIsWrongWithFields() {
        Fault empty = webhookFault(UploadedWebhookRequest.getDefaultInstance());
        assertThat(empty.fieldErrors())
                .containsOnly(
                        Map.entry("video_id", List.of("video_id is required")),
                        Map.entry("thumbnail_id", List.of("thumbnail_id is required")),
                        Map.entry("title", List.of("title is required")),
                        Map.entry("description", List.of("description is required")));

        Fault wrong = webhookFault(webhook()
                .setVideoId("1-1-1-1-1")
                .setTitle("two\nlines")
                .setDescription("x".repeat(5001))
                .build());
        assertThat(wrong.fieldErrors())
                .containsOnly(
                        Map.entry("video_id", List.of("video_id must be a UUID")),
                        Map.entry("title", List.of("title must be one line of text")),
                        Map.entry("description", List.of("description must be at most 5000 characters")));
    }

    @Test
    void uploadUploadedWebhookRefusesUploadsThatAreNotTheCallers() {
        find.returnReplyBody(constant(null));
        assertThat(webhookFault(webhook().build()).reason()).isEqualTo("UPLOAD_UNKNOWN");

        find.returnReplyBody(constant(row(false)));
        Fault foreign = fault("direct:upload-uploaded-webhook", webhook().build(), caller("8"));
        assertThat(foreign.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        Fault mixed = webhookFault(
                webhook().setThumbnailId(UUID.randomUUID().toString()).build());
        assertThat(mixed.fieldErrors()).containsOnlyKeys("thumbnail_id");
    }

    @Test
    void uploadUploadedWebhookLooksAtTheObjects() {
        find.returnReplyBody(constant(row(false)));
        assertThat(webhookFault(webhook().build()).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id has no uploaded video yet")));

        store.objects.put("raw-videos/" + VIDEO, new byte[0]);
        assertThat(webhookFault(webhook().build()).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id names an empty file")));

        store.objects.put("raw-videos/" + VIDEO, Form.bytes("text"));
        assertThat(webhookFault(webhook().build()).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id does not name a video")));

        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        store.objects.put("thumbnails/" + THUMBNAIL, Form.bytes("text"));
        assertThat(webhookFault(webhook().build()).fieldErrors()).containsOnlyKeys("thumbnail_id");

        store.objects.put("thumbnails/" + THUMBNAIL, new byte[6_000_000]);
        assertThat(webhookFault(webhook().build()).fieldErrors())
                .containsOnly(Map.entry("thumbnail_id", List.of("thumbnail_id names a file of more than 5 MiB")));
    }

    @Test
    void uploadFaultsTellThatADependencyIsDown() {
        find.whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("jdbc:postgresql://inside");
        });
        Fault database = webhookFault(webhook().build());
        assertThat(database.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(database).hasMessageNotContaining("inside");

        find.reset();
        find.returnReplyBody(constant(row(false)));
        store.setDown(true);
        assertThat(webhookFault(webhook().build()).reason()).isEqualTo("DEPENDENCY_DOWN");
    }

    @Test
    void uploadAcceptAnnouncesAtOnceWhatItAccepted() throws Exception {
        accept.returnReplyBody(constant(accepted(true)));
        publish.expectedMessageCount(1);
        mark.expectedMessageCount(1);

        request("direct:upload-accept", "", Map.of("authorization", "Bearer secret", "x-user-id", "7"));

        MockEndpoint.assertIsSatisfied(publish, mark);
        JsonNode message = new ObjectMapper()
                .readTree(publish.getExchanges().get(0).getIn().getBody(byte[].class));
        assertThat(message).isEqualTo(new ObjectMapper().readTree("""
                {"key": "EncodeUploadedVideo", "data": {"video_id": "%s", "thumbnail_id": "%s", "title": "A title",
                 "description": "A description", "published_at": "2026-01-02T03:04:05.678Z", "user_id": 7,
                 "thumbnail": "thumbnails/%s"}}
                """.formatted(VIDEO, THUMBNAIL, THUMBNAIL)));
        assertThat(publish.getExchanges().get(0).getIn().getHeaders())
                .containsOnlyKeys("CamelSpringRabbitmqContentType", "CamelSpringRabbitmqDeliveryMode", "Content-Type");
        assertThat(mark.getExchanges().get(0).getVariable("videoId")).isEqualTo(VIDEO);
    }

    @Test
    void uploadAcceptAnnouncesNothingThatWasAcceptedBefore() throws Exception {
        accept.returnReplyBody(constant(null));
        publish.expectedMessageCount(0);

        request("direct:upload-accept", "", Map.of());

        publish.assertIsSatisfied(200);
    }

    @Test
    void uploadAnnouncePostponesWhatTheBrokerDoesNotTake() throws Exception {
        publish.whenAnyExchangeReceived(exchange -> {
            throw new IOException("refused");
        });
        mark.expectedMessageCount(0);
        postpone.expectedMessageCount(1);

        Exchange done = request("direct:upload-announce", accepted(false), Map.of());

        MockEndpoint.assertIsSatisfied(mark, postpone);
        assertThat(done.getException()).isNull();
        assertThat(postpone.getExchanges().get(0).getVariable("videoId")).isEqualTo(VIDEO);
    }

    @Test
    void uploadRelayAnnouncesWhatItFinds() throws Exception {
        publish.expectedMessageCount(1);
        mark.expectedMessageCount(1);

        request("direct:relay", accepted(false), Map.of());

        MockEndpoint.assertIsSatisfied(publish, mark);
        assertThat(publish.getExchanges().get(0).getIn().getBody(String.class)).doesNotContain("\"thumbnail\"");
    }

    @Test
    void uploadSweepForgetsAnUploadWhenItsObjectsAreGone() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        store.objects.put("thumbnails/" + THUMBNAIL, Form.PNG);
        store.parts.put("raw-videos/" + VIDEO, new java.util.TreeMap<>());
        delete.expectedMessageCount(1);

        request("direct:sweep", Map.of("video_id", VIDEO, "thumbnail_id", THUMBNAIL), Map.of());

        delete.assertIsSatisfied();
        assertThat(store.objects).isEmpty();
        assertThat(store.parts).isEmpty();

        store.setDown(true);
        request("direct:sweep", Map.of("video_id", VIDEO, "thumbnail_id", THUMBNAIL), Map.of());
        delete.assertIsSatisfied();
    }

    @Test
    void uploadDirectDoorTakesAFormToUploadDirect() throws Exception {
        reserve.expectedMessageCount(1);
        accept.expectedMessageCount(1);
        byte[] body = new Form()
                .file("video", Form.video(1000))
                .field("title", "A title")
                .field("description", "A description")
                .body();

        HttpResponse<String> response = post("", body, "content-type", Form.TYPE, "x-user-id", "7", "cookie", "a=b");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().map().keySet()).containsOnly("content-type", "date", "transfer-encoding");
        JsonNode answer = new ObjectMapper().readTree(response.body());
        assertThat(answer.path("message").asText()).isEqualTo("Success");
        String video = answer.path("data").path("video_id").asText();
        assertThat(store.objects).containsOnlyKeys("raw-videos/" + video);
        MockEndpoint.assertIsSatisfied(reserve, accept);
        assertThat(accept.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("videoId", UUID.fromString(video))
                .containsEntry("userId", 7)
                .containsEntry("title", "A title")
                .doesNotContainKey("cookie");
    }

    @Test
    void uploadDirectDoorAnswersFaultsAsProblems() throws Exception {
        HttpResponse<String> invalid =
                post("?title=A+title", Form.bytes("text"), "x-user-id", "7", "x-request-id", "r1");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(new ObjectMapper().readTree(invalid.body())).isEqualTo(new ObjectMapper().readTree("""
                {"type": "urn:caravan:problem:invalid-fields", "title": "Bad Request", "status": 400,
                 "detail": "Some fields are not valid.", "instance": "urn:caravan:request:r1",
                 "message": "Bad Request",
                 "data": {"errors": {"title": [], "description": ["description is required"], "video": [],
                                     "thumbnail": []}}}
                """));

        HttpResponse<String> nobody = post("?title=t&description=d", Form.video(100));
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body()).contains("\"data\":{}");

        accept.whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("inside");
        });
        HttpResponse<String> unexpected = post("?title=t&description=d", Form.video(100), "x-user-id", "7");
        assertThat(unexpected.statusCode()).isEqualTo(500);
        assertThat(unexpected.body()).doesNotContain("inside");
        assertThat(store.objects).isEmpty();
    }

    @Test
    void uploadDirectRemovesWhatItStoredWhenTheDatabaseIsDownAfterwards() throws Exception {
        accept.whenAnyExchangeReceived(exchange -> {
            assertThat(store.objects).hasSize(2);
            throw new DataAccessResourceFailureException("down");
        });
        byte[] body = new Form()
                .field("title", "A title")
                .field("description", "A description")
                .file("thumbnail", Form.PNG)
                .file("video", Form.video(1000))
                .body();

        HttpResponse<String> response = post("", body, "content-type", Form.TYPE, "x-user-id", "7");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("5");
        assertThat(store.objects).isEmpty();
    }

    private HttpResponse<String> post(String query, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/videos/upload" + query))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Exchange request(String endpoint, Object body, Map<String, Object> headers) {
        return template.request(endpoint, exchange -> {
            exchange.getIn().setBody(body);
            exchange.getIn().setHeaders(new HashMap<>(headers));
        });
    }

    private Fault webhookFault(UploadedWebhookRequest request) {
        return fault("direct:upload-uploaded-webhook", request, caller("7"));
    }

    private Fault fault(String endpoint, Object body, Map<String, Object> headers) {
        Exchange exchange = request(endpoint, body, headers);
        Fault fault = Fault.in(exchange.getException());
        assertThat(fault)
                .as(
                        "%s",
                        catchThrowable(() -> {
                            throw exchange.getException();
                        }))
                .isNotNull();
        return fault;
    }

    private static Map<String, Object> caller(String id) {
        return Map.of(Headers.USER_ID, id);
    }

    private static UploadedWebhookRequest.Builder webhook() {
        return UploadedWebhookRequest.newBuilder()
                .setVideoId(VIDEO.toString())
                .setThumbnailId(THUMBNAIL.toString())
                .setTitle("A title")
                .setDescription("A description");
    }

    private static Map<String, Object> row(boolean accepted) {
        return Map.of("video_id", VIDEO, "thumbnail_id", THUMBNAIL, "user_id", 7, "accepted", accepted);
    }

    private static Map<String, Object> accepted(boolean thumbnail) {
        return Map.of(
                "video_id",
                VIDEO,
                "thumbnail_id",
                THUMBNAIL,
                "user_id",
                7,
                "title",
                "A title",
                "description",
                "A description",
                "thumbnail",
                thumbnail,
                "published_at",
                Timestamp.from(Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    private static org.apache.camel.Expression constant(@org.jspecify.annotations.Nullable Object value) {
        return new org.apache.camel.support.ExpressionAdapter() {
            @Override
            public @org.jspecify.annotations.Nullable Object evaluate(Exchange exchange) {
                return value;
            }
        };
    }
}
