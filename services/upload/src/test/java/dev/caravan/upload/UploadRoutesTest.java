package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.proto.upload.CreatePresignedUrlRequest;
import dev.caravan.proto.upload.CreatePresignedUrlResponse;
import dev.caravan.proto.upload.FindQuotaRequest;
import dev.caravan.proto.upload.FindQuotaResponse;
import dev.caravan.proto.upload.QuotaLimits;
import dev.caravan.proto.upload.QuotaUsage;
import dev.caravan.proto.upload.SetQuotaRequest;
import dev.caravan.proto.upload.SetQuotaResponse;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import dev.caravan.proto.upload.UploadedWebhookResponse;
import dev.caravan.upload.direct.Form;
import dev.caravan.upload.quota.Quota;
import dev.caravan.upload.store.FakeStore;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            "server.tomcat.connection-timeout=2s",
            "spring.config.name=caravan,upload",
            "spring.application.name=upload",
            "spring.flyway.enabled=false",
            "camel.routecontroller.enabled=false",
            "camel.component.direct.block=false",
            "s3.endpoint=http://127.0.0.1:9",
            "s3.access-key=key",
            "caravan.service-key=" + UploadRoutesTest.SERVICE_KEY,
            "s3.secret-key=secret"
        })
class UploadRoutesTest {

    static final String SERVICE_KEY = "what-all-services-share";

    private static final UUID VIDEO = UUID.randomUUID();
    private static final UUID THUMBNAIL = UUID.randomUUID();
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("insert-upload", "upload-create-presigned-url"),
            Map.entry("find-usage", "upload-check-quota"),
            Map.entry("find-quota", "upload-find-quota"),
            Map.entry("set-quota", "upload-set-quota"),
            Map.entry("find-new-quota", "upload-set-quota"),
            Map.entry("find-upload", "upload-uploaded-webhook"),
            Map.entry("accept-upload", "upload-accept"),
            Map.entry("confirm-upload", "upload-confirm"),
            Map.entry("find-same-upload", "upload-direct"),
            Map.entry("reserve-upload", "upload-store"),
            Map.entry("withdraw-upload", "upload-withdraw"),
            Map.entry("ask-encoder", "upload-retry-until-accepted"),
            Map.entry("mark-taken", "upload-retry-until-accepted"),
            Map.entry("mark-believed", "upload-retry-until-accepted"),
            Map.entry("announce-again", "upload-retry-until-accepted"),
            Map.entry("take-abandoned-uploads", "upload-sweep"),
            Map.entry("take-open-uploads", "upload-end-uploads"),
            Map.entry("find-unknown-objects", "upload-sweep-objects"),
            Map.entry("find-unknown-parts", "upload-sweep-parts"),
            Map.entry("reserve-resumable", "upload-reserve-resumable"),
            Map.entry("find-resumable", "upload-find-resumable"),
            Map.entry("find-locked", "upload-explain-lease"),
            Map.entry("find-ended", "upload-explain-end"),
            Map.entry("take-lease", "upload-append"),
            Map.entry("release-lease", "upload-hold-lease"),
            Map.entry("renew-leases", "upload-renew-leases"),
            Map.entry("keep-store-upload", "upload-begin-parts"),
            Map.entry("note-received", "upload-note-received"),
            Map.entry("find-parts", "upload-finish"),
            Map.entry("forget-parts", "upload-clear-parts"),
            Map.entry("withdraw-resumable", "upload-withdraw-resumable"),
            Map.entry("end-resumable", "upload-end-resumable"),
            Map.entry("find-deleted-video", "upload-remove-video"),
            Map.entry("delete-video", "upload-remove-video"),
            Map.entry("keep-message", "upload-dead-letter"));

    /** Routes that would begin by themselves. */
    private static final List<String> SOURCES = List.of(
            "upload-grpc-endpoint",
            "outbox-relay",
            "upload-claim-imports",
            "upload-renew-imports",
            "upload-retry-until-accepted",
            "upload-sweep",
            "upload-sweep-objects",
            "upload-sweep-parts",
            "upload-renew-leases",
            "upload-receive-deleted");

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

    @EndpointInject("mock:find-same-upload")
    private MockEndpoint findSame;

    @EndpointInject("mock:find-usage")
    private MockEndpoint findRoom;

    @EndpointInject("mock:find-quota")
    private MockEndpoint findQuota;

    @EndpointInject("mock:set-quota")
    private MockEndpoint setQuota;

    @EndpointInject("mock:find-new-quota")
    private MockEndpoint findNewQuota;

    @EndpointInject("mock:confirm-upload")
    private MockEndpoint confirm;

    @EndpointInject("mock:withdraw-upload")
    private MockEndpoint withdraw;

    @EndpointInject("mock:take-abandoned-uploads")
    private MockEndpoint takeAbandoned;

    @EndpointInject("mock:find-unknown-objects")
    private MockEndpoint findUnknown;

    @EndpointInject("mock:find-unknown-parts")
    private MockEndpoint findUnknownParts;

    @EndpointInject("mock:reserve-resumable")
    private MockEndpoint reserveResumable;

    @EndpointInject("mock:find-resumable")
    private MockEndpoint findResumable;

    @EndpointInject("mock:find-locked")
    private MockEndpoint findLocked;

    @EndpointInject("mock:find-ended")
    private MockEndpoint findEnded;

    @EndpointInject("mock:take-lease")
    private MockEndpoint takeLease;

    @EndpointInject("mock:release-lease")
    private MockEndpoint releaseLease;

    @EndpointInject("mock:renew-leases")
    private MockEndpoint renewLeases;

    @EndpointInject("mock:keep-store-upload")
    private MockEndpoint keepStoreUpload;

    @EndpointInject("mock:note-received")
    private MockEndpoint noteReceived;

    @EndpointInject("mock:find-parts")
    private MockEndpoint findParts;

    @EndpointInject("mock:forget-parts")
    private MockEndpoint forgetParts;

    @EndpointInject("mock:withdraw-resumable")
    private MockEndpoint withdrawResumable;

    @EndpointInject("mock:end-resumable")
    private MockEndpoint endResumable;

    @EndpointInject("mock:find-deleted-video")
    private MockEndpoint findDeleted;

    @EndpointInject("mock:delete-video")
    private MockEndpoint delete;

    @EndpointInject("mock:keep-message")
    private MockEndpoint keep;

    @EndpointInject("mock:ask-encoder")
    private MockEndpoint ask;

    @EndpointInject("mock:mark-taken")
    private MockEndpoint taken;

    @EndpointInject("mock:mark-believed")
    private MockEndpoint believed;

    @EndpointInject("mock:announce-again")
    private MockEndpoint again;

    @BeforeEach
    void cutOffCalls() throws Exception {
        if (!context.isStarted()) {
            for (String route : SOURCES) {
                AdviceWith.adviceWith(context, route, false, advice -> advice.replaceFromWith("direct:" + route));
            }
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
        accept.returnReplyBody(constant(Map.of("size", 1000L)));
        withdraw.returnReplyHeader("CamelSqlUpdateCount", constant(1));
        uses(0, 0);
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
            for (String nobody : List.of("me", "0", "-1", "+7", " 7", "07", "7.0", "9999999999", "٧")) {
                assertThat(fault("direct:" + route, "", caller(nobody)).code())
                        .as(nobody)
                        .isEqualTo(Status.Code.UNAUTHENTICATED);
            }
        }
    }

    @Test
    void uploadGrpcEndpointGivesCallsToTheRouteOfTheirName() throws Exception {
        insert.expectedMessageCount(1);
        Map<String, Object> headers = new HashMap<>(caller("7"));
        headers.put(Headers.RPC, "create-presigned-url");

        request("direct:upload-grpc-endpoint", CreatePresignedUrlRequest.getDefaultInstance(), headers);

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
                .containsEntry("thumbnail", false)
                .containsEntry("size", 1000L)
                .containsEntry("etag", store.etag("raw-videos/" + VIDEO));
    }

    @Test
    void uploadUploadedWebhookTellsWhichThumbnailItChecked() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        store.objects.put("thumbnails/" + THUMBNAIL, Form.PNG);
        find.returnReplyBody(constant(row(false)));
        accept.expectedMessageCount(1);

        request("direct:upload-uploaded-webhook", webhook().build(), caller("7"));

        accept.assertIsSatisfied();
        assertThat(accept.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("thumbnail", true)
                .containsEntry("thumbnailSize", (long) Form.PNG.length)
                .containsEntry("thumbnailEtag", store.etag("thumbnails/" + THUMBNAIL));
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
    void uploadUploadedWebhookNamesWhatDiffersFromWhatItAccepted() throws Exception {
        find.returnReplyBody(constant(row(true)));
        accept.expectedMessageCount(0);

        Fault fault = webhookFault(webhook()
                .setTitle("Another title")
                .setThumbnailId(UUID.randomUUID().toString())
                .build());

        assertThat(fault.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(fault.reason()).isEqualTo("ACCEPTED_OTHERWISE");
        assertThat(fault).hasMessage("This upload has been accepted already, with another thumbnail_id and title.");
        assertThat(fault.fieldErrors())
                .isEqualTo(Map.of(
                        "title", List.of("title is not the one that the upload was accepted with"),
                        "thumbnail_id", List.of("thumbnail_id is not the one that the upload was accepted with")));
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

        Fault unseen = webhookFault(webhook()
                .setTitle("\u200b\u3164\u2800\ufeff\u202e")
                .setDescription("a\u001bb\0")
                .build());
        assertThat(unseen.fieldErrors())
                .containsOnly(
                        Map.entry("title", List.of("title is required")),
                        Map.entry("description", List.of("description must be valid text")));
    }

    @Test
    void uploadUploadedWebhookCountsCharactersOnceTheyAreComposed() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        find.returnReplyBody(constant(row(false)));
        accept.expectedMessageCount(1);

        request(
                "direct:upload-uploaded-webhook",
                webhook()
                        .setTitle("u\u0308".repeat(254) + "\ud83e\udd8a")
                        .setDescription("a\r\nb\u202e\u2028c")
                        .build(),
                caller("7"));

        accept.assertIsSatisfied();
        assertThat(accept.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("title", "\u00fc".repeat(254) + "\ud83e\udd8a")
                .containsEntry("description", "a\nb\nc");
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
    void uploadConfirmAgreesWhenAnUploadIsSaidAgainAsItWasAccepted() {
        accept.returnReplyBody(constant(null));
        confirm.returnReplyBody(constant(row(true)));

        assertThat(request("direct:upload-accept", "", said("A title")).getException())
                .isNull();
    }

    @Test
    void uploadConfirmRefusesAnUploadThatWasAcceptedAtThatMomentWithAnotherTitle() {
        accept.returnReplyBody(constant(null));
        confirm.returnReplyBody(constant(row(true)));

        Fault fault = fault("direct:upload-accept", "", said("Another title"));

        assertThat(fault.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(fault.fieldErrors()).containsOnlyKeys("title");
    }

    @Test
    void uploadConfirmSaysThatAnUploadIsGoneWhichTheSweepTookAtThatMoment() {
        accept.returnReplyBody(constant(null));
        confirm.returnReplyBody(constant(null));

        assertThat(fault("direct:upload-accept", "", Map.of()).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void uploadRetryUntilAcceptedRemembersThatTheEncoderHasAVideo() throws Exception {
        taken.expectedMessageCount(1);
        believed.expectedMessageCount(0);
        again.expectedMessageCount(0);

        request("direct:upload-retry-until-accepted", Map.of("video_id", VIDEO, "user_id", 7), Map.of());

        MockEndpoint.assertIsSatisfied(taken, believed, again);
        assertThat(taken.getExchanges().get(0).getVariable("videoId")).isEqualTo(VIDEO);
    }

    @Test
    void uploadRetryUntilAcceptedAnnouncesAgainOnlyWhatTheEncoderSaysItDoesNotKnow() throws Exception {
        for (Status.Code code : Status.Code.values()) {
            if (code == Status.Code.OK) {
                continue;
            }
            MockEndpoint.resetMocks(context);
            ask.whenAnyExchangeReceived(exchange -> {
                throw Fault.of(code, "REASON", "A sentence.");
            });
            taken.expectedMessageCount(0);
            believed.expectedMessageCount(code == Status.Code.UNIMPLEMENTED ? 1 : 0);
            again.expectedMessageCount(code == Status.Code.NOT_FOUND ? 1 : 0);

            Exchange done =
                    request("direct:upload-retry-until-accepted", Map.of("video_id", VIDEO, "user_id", 7), Map.of());

            MockEndpoint.assertIsSatisfied(taken, believed, again);
            assertThat(done.getException()).as(code.name()).isNull();
        }
    }

    @Test
    void uploadSweepRemovesTheObjectsOfWhatItTook() {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        store.objects.put("thumbnails/" + THUMBNAIL, Form.PNG);
        store.parts.put("raw-videos/" + VIDEO, new TreeMap<>());
        takeAbandoned.returnReplyBody(constant(List.of(Map.of("video_id", VIDEO, "thumbnail_id", THUMBNAIL))));

        request("direct:upload-sweep", "", Map.of());

        assertThat(takeAbandoned.getExchanges().get(0).getIn().getHeader("abandonedAfter"))
                .isEqualTo("P1D");
        assertThat(store.objects).isEmpty();
        assertThat(store.parts).isEmpty();
    }

    @Test
    void uploadSweepObjectsAsksWhichOfTheObjectsNoUploadIsOfAndRemovesThose() {
        String known = "raw-videos/" + VIDEO;
        String unknown = "raw-videos/" + UUID.randomUUID();
        store.objects.put(known, Form.video(100));
        store.objects.put(unknown, Form.video(100));
        store.objects.put("raw-videos/notes.txt", new byte[1]);
        store.objects.put("encoded-videos/" + VIDEO, new byte[1]);
        store.objects.put("thumbnails/" + THUMBNAIL, Form.PNG);
        findUnknown.whenAnyExchangeReceived(exchange -> exchange.getMessage()
                .setBody(
                        exchange.getIn().getHeader("keys", String.class).contains(unknown)
                                ? List.of(Map.of("key", unknown))
                                : List.of()));

        // It begins anywhere, and each time takes one of the three folders or the rest of it.
        for (int i = 0; i < 4; i++) {
            request("direct:upload-sweep-objects", "", Map.of());
        }

        assertThat(store.objects)
                .containsOnlyKeys(known, "raw-videos/notes.txt", "encoded-videos/" + VIDEO, "thumbnails/" + THUMBNAIL);
        assertThat(findUnknown.getExchanges())
                .anySatisfy(exchange -> assertThat(exchange.getIn().getHeaders())
                        .containsEntry("keys", "{thumbnails/" + THUMBNAIL + "}")
                        .containsEntry("ids", "{" + THUMBNAIL + "}")
                        .containsEntry("moments", "{" + FakeStore.STORED + "}")
                        .containsEntry("abandonedAfter", "P1D"))
                .noneSatisfy(exchange -> assertThat(exchange.getIn().getHeader("keys", String.class))
                        .contains("notes"));
    }

    @Test
    void uploadSweepPartsEndsMultipartUploadsThatNobodyCompleted() {
        store.parts.put("raw-videos/" + VIDEO, new TreeMap<>());
        store.parts.put("thumbnails/" + THUMBNAIL, new TreeMap<>());
        store.parts.put("encoded-videos/" + VIDEO, new TreeMap<>());
        String goesOn = "raw-videos/" + UUID.randomUUID();
        store.parts.put(goesOn, new TreeMap<>());
        findUnknownParts.whenAnyExchangeReceived(exchange -> {
            List<Map<String, String>> unknown = new ArrayList<>();
            for (String key : List.of("raw-videos/" + VIDEO, "thumbnails/" + THUMBNAIL)) {
                if (exchange.getMessage().getHeader("keys", String.class).contains('"' + key + '"')) {
                    unknown.add(Map.of("key", key, "name", "upload"));
                }
            }
            exchange.getMessage().setBody(unknown);
        });

        request("direct:upload-sweep-parts", "", Map.of());
        request("direct:upload-sweep-parts", "", Map.of());

        assertThat(store.parts).containsOnlyKeys("encoded-videos/" + VIDEO, goesOn);
        assertThat(findUnknownParts.getExchanges().get(0).getIn().getHeaders())
                .hasEntrySatisfying("ids", ids -> assertThat((String) ids).contains("\"" + VIDEO + "\""))
                .hasEntrySatisfying("names", names -> assertThat((String) names).contains("\"upload\""));
    }

    @Test
    void uploadTusGivesARequestToTheRouteOfItsMethod() throws Exception {
        for (String route : List.of("upload-tus", "upload-answer-created", "upload-receive")) {
            assertThat(context.getRoute(route)).as(route).isNotNull();
        }
        assertThat(tus("OPTIONS", "", null).statusCode()).isEqualTo(204);
        assertThat(tus("POST", "", null).statusCode())
                .as("upload-create-resumable")
                .isEqualTo(400);
        assertThat(tus("HEAD", "/" + VIDEO, null).statusCode())
                .as("upload-find-resumable")
                .isEqualTo(404);
        assertThat(tus("PATCH", "/" + VIDEO, null).statusCode())
                .as("upload-append-resumable")
                .isEqualTo(415);
        endResumable.returnReplyHeader("CamelSqlUpdateCount", constant(1));
        assertThat(tus("DELETE", "/" + VIDEO, null).statusCode())
                .as("upload-end-resumable")
                .isEqualTo(204);
        assertThat(findResumable.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("videoId", VIDEO)
                .containsEntry("userId", 7);
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/videos/upload/tus"))
                                        .header("x-user-id", "7")
                                        .header("Tus-Resumable", "1.0.0")
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .as("upload-tus-endpoint, and who is no service of the platform")
                .isEqualTo(401);
    }

    @Test
    void uploadCreateResumableHasUploadReserveResumableNoteItAndUploadAnswerCreatedSayWhere() throws Exception {
        reserveResumable.whenAnyExchangeReceived(exchange -> exchange.getMessage()
                .setHeader(
                        "resumable",
                        Map.of("length", 20_000_000_000_000L, "expires_at", Timestamp.from(Instant.EPOCH))));
        HttpResponse<String> tooLarge =
                tus("POST", "", null, "Upload-Length", "20000000000000", "Upload-Metadata", "title QQ==");
        assertThat(tooLarge.statusCode()).isEqualTo(413);

        reserveResumable.whenAnyExchangeReceived(exchange -> exchange.getMessage()
                .setHeader("resumable", Map.of("length", 9_000_000_000L, "expires_at", Timestamp.from(Instant.EPOCH))));
        HttpResponse<String> created =
                tus("POST", "", null, "Upload-Length", "9000000000", "Upload-Metadata", "title QQ==");

        assertThat(created.statusCode()).isEqualTo(201);
        String id = created.headers().firstValue("Caravan-Video-Id").orElseThrow();
        assertThat(created.headers().firstValue("Location")).contains("/videos/upload/tus/" + id);
        assertThat(created.headers().firstValue("Upload-Expires")).contains("Thu, 1 Jan 1970 00:00:00 GMT");
        assertThat(reserveResumable.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("videoId", UUID.fromString(id))
                .containsEntry("uploadLength", 9_000_000_000L)
                .containsEntry("declared", 9_000_000_000L)
                .containsEntry("partSize", 8L << 20)
                .containsEntry("title", "A")
                .containsEntry("uploadMetadata", "title QQ==");

        reserveResumable.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("resumable", null));
        assertThat(tus("POST", "", null, "Upload-Length", "1000", "Upload-Metadata", "title QQ==")
                        .body())
                .contains("urn:caravan:problem:accepted-meanwhile");
    }

    @Test
    void uploadAppendHasUploadHoldLeaseReceiveAllOfItAndUploadFinishAcceptIt() throws Exception {
        byte[] video = Form.video(1000);
        lease(1000, 0);
        findParts.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("parts", List.of(Map.of("number", 1, "etag", "tag1"))));
        accept.expectedMessageCount(1);
        MockEndpoint.expectsMessageCount(1, keepStoreUpload, releaseLease, forgetParts);

        HttpResponse<String> answer = append(video, 0);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Upload-Offset")).contains("1000");
        MockEndpoint.assertIsSatisfied(keepStoreUpload, releaseLease, forgetParts, accept);
        assertThat(store.objects).containsOnlyKeys("raw-videos/" + VIDEO);
        assertThat(noteReceived.getExchanges().get(0).getIn().getHeaders())
                .as("upload-note-received")
                .containsEntry("received", 1000L)
                .containsEntry("partNumbers", "{1}")
                .containsEntry("partEtags", "{\"tag1\"}")
                .containsEntry("tail", null);
        assertThat(accept.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("title", "A title")
                .containsEntry("size", 1000L)
                .containsEntry("etag", store.etag("raw-videos/" + VIDEO))
                .containsEntry("thumbnailId", THUMBNAIL);
        assertThat(context.getRoute("upload-begin-parts")).isNotNull();
        assertThat(context.getRoute("upload-clear-parts")).isNotNull();
    }

    @Test
    void uploadReceiveKeepsWhatIsNoPartAsAnObjectOfItsOwn() throws Exception {
        lease(1000, 0);

        HttpResponse<String> answer = append(Form.video(400), 0);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        Map<String, Object> noted = noteReceived.getExchanges().get(0).getIn().getHeaders();
        assertThat(noted)
                .containsEntry("received", 400L)
                .containsEntry("partNumbers", "{}")
                .containsEntry("tailSize", 400);
        assertThat(store.objects).containsOnlyKeys(String.valueOf(noted.get("tail")));
        assertThat(String.valueOf(noted.get("tail"))).startsWith("upload-tails/" + VIDEO + "/");
    }

    @Test
    void uploadAppendTakesNothingFromWhoHasLostTheLease() throws Exception {
        lease(1000, 0);
        noteReceived.whenAnyExchangeReceived(exchange -> exchange.getMessage().setHeader("noted", null));
        accept.expectedMessageCount(0);
        releaseLease.expectedMessageCount(1);

        assertThat(append(Form.video(1000), 0).statusCode()).isEqualTo(423);

        MockEndpoint.assertIsSatisfied(accept, releaseLease);
    }

    @Test
    void uploadExplainLeaseTellsWhatIsLockedFromWhatIsAcceptedAndGone() throws Exception {
        takeLease.whenAnyExchangeReceived(exchange -> exchange.getMessage().setHeader("resumable", null));
        assertThat(append(Form.video(1000), 0).statusCode()).isEqualTo(404);

        findLocked.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("resumable", resumable(false, false, 400)));
        assertThat(append(Form.video(600), 400).statusCode()).isEqualTo(423);

        findLocked.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("resumable", resumable(false, true, 400)));
        assertThat(append(Form.video(600), 400).statusCode()).isEqualTo(410);

        findLocked.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("resumable", resumable(true, true, 1000)));
        assertThat(append(Form.video(600), 400).statusCode()).isEqualTo(409);
        assertThat(append(new byte[0], 1000).statusCode()).isEqualTo(204);
    }

    @Test
    void uploadWithdrawResumableRemovesWhatIsNoVideo() throws Exception {
        lease(1000, 0);
        findParts.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("parts", List.of(Map.of("number", 1, "etag", "tag1"))));
        withdrawResumable.expectedMessageCount(1);
        accept.expectedMessageCount(0);

        assertThat(append(new byte[1000], 0).statusCode()).isEqualTo(400);

        MockEndpoint.assertIsSatisfied(withdrawResumable, accept);
        assertThat(store.objects).isEmpty();
    }

    @Test
    void uploadExplainEndTellsAnAcceptedUploadFromNone() throws Exception {
        endResumable.returnReplyHeader("CamelSqlUpdateCount", constant(0));
        assertThat(tus("DELETE", "/" + VIDEO, null).statusCode()).isEqualTo(404);

        findEnded.whenAnyExchangeReceived(
                exchange -> exchange.getMessage().setHeader("resumable", resumable(true, false, 1000)));
        assertThat(tus("DELETE", "/" + VIDEO, null).statusCode()).isEqualTo(409);
    }

    @Test
    void uploadRenewLeasesAsksNothingWhileNobodyUploads() throws Exception {
        renewLeases.expectedMessageCount(0);

        request("direct:upload-renew-leases", "", Map.of());

        renewLeases.assertIsSatisfied();
    }

    private void lease(long length, long received) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "video_id",
                VIDEO,
                "thumbnail_id",
                THUMBNAIL,
                "length",
                length,
                "part_size",
                8L << 20,
                "received",
                received,
                "tail_size",
                0,
                "title",
                "A title",
                "description",
                "A description",
                "expires_at",
                Timestamp.from(Instant.EPOCH)));
        takeLease.whenAnyExchangeReceived(exchange -> exchange.getMessage().setHeader("resumable", row));
        noteReceived.whenAnyExchangeReceived(exchange ->
                exchange.getMessage().setHeader("noted", Map.of("expires_at", Timestamp.from(Instant.EPOCH))));
    }

    private static Map<String, Object> resumable(boolean accepted, boolean expired, long received) {
        return Map.of(
                "video_id",
                VIDEO,
                "accepted",
                accepted,
                "expired",
                expired,
                "length",
                1000L,
                "received",
                received,
                "expires_at",
                Timestamp.from(Instant.EPOCH));
    }

    private HttpResponse<String> append(byte[] bytes, long offset) throws Exception {
        return tus(
                "PATCH",
                "/" + VIDEO,
                bytes,
                "Content-Type",
                "application/offset+octet-stream",
                "Upload-Offset",
                String.valueOf(offset));
    }

    private HttpResponse<String> tus(String method, String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/videos/upload/tus" + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .header("x-user-id", "7")
                .header("Tus-Resumable", "1.0.0")
                .header(
                        Headers.SERVICE_TOKEN,
                        String.valueOf(new ServiceIdentity("api-gateway", SERVICE_KEY, Clock.systemUTC()).token()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void uploadReceiveDeletedHasUploadRemoveVideoRemoveFilesAndRow() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        store.objects.put("thumbnails/" + THUMBNAIL, Form.PNG);
        findDeleted.returnReplyBody(constant(row(true)));
        delete.expectedMessageCount(1);
        delete.whenAnyExchangeReceived(
                exchange -> assertThat(store.objects).as("files go first").isEmpty());

        Exchange done = request("direct:upload-receive-deleted", deleted(VIDEO.toString()), hostile());

        delete.assertIsSatisfied();
        assertThat(done.getException()).isNull();
        assertThat(findDeleted.getExchanges().get(0).getIn().getHeaders())
                .containsOnlyKeys("videoId", "traceparent")
                .containsEntry("videoId", VIDEO);
    }

    @Test
    void uploadRemoveVideoRemovesAFileWithoutARow() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        findDeleted.returnReplyBody(constant(null));
        keep.expectedMessageCount(0);

        request("direct:upload-receive-deleted", deleted(VIDEO.toString()), Map.of());

        keep.assertIsSatisfied();
        assertThat(store.objects).isEmpty();
    }

    @Test
    void uploadDeadLetterKeepsAMessageThatSaysNothing() throws Exception {
        keep.expectedMessageCount(3);
        delete.expectedMessageCount(0);

        for (byte[] body : List.of(Form.bytes("no JSON"), Form.bytes("{\"key\": \"Other\"}"), deleted("../x"))) {
            Exchange done = request("direct:upload-receive-deleted", body, hostile());
            assertThat(done.getException()).isNull();
            assertThat(keep.getExchanges()).last().satisfies(exchange -> {
                assertThat(exchange.getIn().getBody()).isEqualTo(body);
                assertThat(exchange.getIn().getHeaders())
                        .containsOnlyKeys(
                                "x-origin-queue",
                                "x-service",
                                "x-reason",
                                "x-failure",
                                "x-route-trail",
                                "traceparent",
                                "CamelSpringRabbitmqDeliveryMode")
                        .containsEntry("x-origin-queue", "UploadEvents")
                        .containsEntry("x-service", "upload")
                        .containsEntry("x-reason", "MALFORMED_MESSAGE")
                        .containsEntry("traceparent", "00-trace")
                        .containsEntry(
                                "x-route-trail", "upload-receive-deleted,upload-remove-video,upload-dead-letter");
            });
        }

        MockEndpoint.assertIsSatisfied(keep, delete);
    }

    @Test
    void uploadRemovalAndUploadRetryHaveAMessageWaitUntilItsFateIsStored() throws Exception {
        findDeleted.whenExchangeReceived(1, exchange -> {
            throw new DataAccessResourceFailureException("down");
        });
        findDeleted.whenExchangeReceived(2, exchange -> {
            throw new IllegalStateException("nobody expected this");
        });
        keep.whenExchangeReceived(1, exchange -> {
            throw new IOException("the broker is down");
        });

        Exchange done = request("direct:upload-receive-deleted", deleted(VIDEO.toString()), Map.of());

        assertThat(done.getException()).isNull();
        assertThat(findDeleted.getReceivedCounter()).isEqualTo(2);
        assertThat(keep.getReceivedCounter()).isEqualTo(2);
        assertThat(keep.getExchanges().get(1).getIn().getHeaders())
                .containsEntry("x-reason", "UNEXPECTED_FAILURE")
                .containsEntry("x-video-id", VIDEO.toString())
                .containsEntry("x-failure", "java.lang.IllegalStateException: nobody expected this");
    }

    @Test
    void uploadCheckQuotaRefusesAUserWhoHasTooManyUploadsOpenOrNoRoom() throws Exception {
        insert.expectedMessageCount(0);
        uses(0, 20);
        CreatePresignedUrlRequest any = CreatePresignedUrlRequest.getDefaultInstance();
        for (String route : List.of("upload-create-presigned-url", "upload-direct")) {
            Fault open = fault("direct:" + route, any, caller("7"));
            assertThat(open.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(open.reason()).isEqualTo("TOO_MANY_OPEN_UPLOADS");
            assertThat(open.retryAfter()).isNotNull();
        }

        uses(200L << 30, 0);
        for (String route : List.of("upload-create-presigned-url", "upload-direct")) {
            Fault full = fault("direct:" + route, any, caller("7"));
            assertThat(full.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(full.reason()).isEqualTo("QUOTA_EXCEEDED");
            assertThat(full).hasMessageContaining("200 GiB");
        }
        assertThat(findRoom.getExchanges().get(0).getIn().getHeaders()).containsEntry("userId", 7);

        uses((200L << 30) - 999, 0);
        CreatePresignedUrlRequest sized =
                CreatePresignedUrlRequest.newBuilder().setSize(1000).build();
        assertThat(fault("direct:upload-create-presigned-url", sized, caller("7"))
                        .reason())
                .isEqualTo("QUOTA_EXCEEDED");
        assertThat(post("?title=t&description=d", Form.video(1000), "x-user-id", "7")
                        .statusCode())
                .as("before the first byte")
                .isEqualTo(413);
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        find.returnReplyBody(constant(row(false)));
        assertThat(webhookFault(webhook().build()).reason()).isEqualTo("QUOTA_EXCEEDED");
        insert.assertIsSatisfied();
    }

    @Test
    void uploadRefuseSaysWhyNothingWasLetInThoughThereWasRoomAMomentAgo() throws Exception {
        for (MockEndpoint guarded : List.of(insert, reserve)) {
            guarded.returnReplyHeader("CamelSqlUpdateCount", constant(0));
        }
        findRoom.whenExchangeReceived(2, exchange -> exchange.getMessage()
                .setHeader("quota", Map.of("used_bytes", 0L, "used_videos", 0, "used_uploads", 20)));
        CreatePresignedUrlRequest any = CreatePresignedUrlRequest.getDefaultInstance();
        assertThat(fault("direct:upload-create-presigned-url", any, caller("7")).reason())
                .isEqualTo("TOO_MANY_OPEN_UPLOADS");

        assertThat(fault("direct:upload-refuse", any, Map.of("userId", 7)).reason())
                .as("there is room again")
                .isEqualTo("ACCEPTED_MEANWHILE");
    }

    @Test
    void uploadUploadedWebhookAcceptsNothingThatTheQuotaDoesNotLetInAtThatMoment() throws Exception {
        store.objects.put("raw-videos/" + VIDEO, Form.video(1000));
        find.returnReplyBody(constant(row(false)));
        confirm.returnReplyBody(constant(row(false)));
        accept.returnReplyBody(constant(null));
        findRoom.whenExchangeReceived(2, exchange -> exchange.getMessage()
                .setHeader("quota", Map.of("used_bytes", 200L << 30, "used_videos", 0, "used_uploads", 0)));

        assertThat(webhookFault(webhook().build()).reason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(accept.getExchanges().get(0).getIn().getHeader("quota"))
                .isEqualTo(new Quota(0, 1, 0, 200L << 30, Quota.UNLIMITED, 20));
    }

    @Test
    void uploadFindQuotaShowsAUserHisOwnAndAdministratorsAnybodys() throws Exception {
        findQuota.returnReplyBody(constant(Map.of("used_bytes", 5L, "used_videos", 2, "used_uploads", 1)));

        Exchange own = request("direct:upload-find-quota", FindQuotaRequest.getDefaultInstance(), caller("7"));

        assertThat(own.getMessage().getBody(FindQuotaResponse.class).getData().getQuota())
                .isEqualTo(dev.caravan.proto.upload.Quota.newBuilder()
                        .setUsed(
                                QuotaUsage.newBuilder().setBytes(5).setVideos(2).setUploads(1))
                        .setAllowed(
                                QuotaLimits.newBuilder().setMaxBytes(200L << 30).setMaxUploads(20))
                        .setOwn(QuotaLimits.getDefaultInstance())
                        .build());
        assertThat(findQuota.getExchanges().get(0).getIn().getHeader("userId")).isEqualTo(7);

        FindQuotaRequest anothers = FindQuotaRequest.newBuilder().setId(8).build();
        assertThat(fault("direct:upload-find-quota", anothers, caller("7")).reason())
                .isEqualTo("NOT_THE_OWNER");
        assertThat(request(
                                "direct:upload-find-quota",
                                anothers,
                                Map.of(Headers.USER_ID, "7", Headers.USER_ROLE, "admin"))
                        .getException())
                .isNull();
        assertThat(findQuota.getExchanges().get(1).getIn().getHeader("userId")).isEqualTo(8);
    }

    @Test
    void uploadSetQuotaAllowsAUserWhatTheAdministratorSaysAndNothingBelowZero() throws Exception {
        setQuota.expectedMessageCount(1);
        findNewQuota.returnReplyBody(constant(
                Map.of("used_bytes", 5L, "used_videos", 2, "used_uploads", 1, "max_bytes", 0L, "max_videos", 3)));
        SetQuotaRequest request = SetQuotaRequest.newBuilder()
                .setId(8)
                .setMaxBytes(0)
                .setMaxVideos(3)
                .build();

        Exchange answer = request("direct:upload-set-quota", request, caller("1"));

        setQuota.assertIsSatisfied();
        assertThat(setQuota.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("userId", 8)
                .containsEntry("maxBytes", 0L)
                .containsEntry("maxVideos", 3)
                .containsEntry("maxUploads", null);
        var quota =
                answer.getMessage().getBody(SetQuotaResponse.class).getData().getQuota();
        assertThat(quota.getAllowed())
                .isEqualTo(QuotaLimits.newBuilder()
                        .setMaxVideos(3)
                        .setMaxUploads(20)
                        .build());
        assertThat(quota.getOwn())
                .isEqualTo(
                        QuotaLimits.newBuilder().setMaxBytes(0).setMaxVideos(3).build());

        SetQuotaRequest negative = SetQuotaRequest.newBuilder()
                .setMaxBytes(-1)
                .setMaxVideos(-1)
                .setMaxUploads(-1)
                .build();
        assertThat(fault("direct:upload-set-quota", negative, caller("1")).fieldErrors())
                .containsOnlyKeys("id", "max_bytes", "max_videos", "max_uploads");
    }

    @Test
    void uploadHttpEndpointTakesAFormToUploadDirect() throws Exception {
        reserve.expectedMessageCount(1);
        accept.expectedMessageCount(1);
        byte[] body = new Form()
                .file("video", Form.video(1000))
                .field("title", "A title")
                .field("description", "A description")
                .body();

        HttpResponse<String> response = post("", body, "content-type", Form.TYPE, "x-user-id", "7", "cookie", "a=b");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().map().keySet()).containsOnly("content-type", "date", "content-length");
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
    void uploadHttpEndpointAnswersFaultsAsProblems() throws Exception {
        HttpResponse<String> invalid =
                post("?title=A+title", Form.bytes("text"), "x-user-id", "7", "x-request-id", "r1");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(new ObjectMapper().readTree(invalid.body())).isEqualTo(new ObjectMapper().readTree("""
                {"type": "urn:caravan:problem:invalid-fields", "title": "Bad Request", "status": 400,
                 "detail": "Some fields are not valid.", "instance": "urn:caravan:request:r1",
                 "message": "Bad Request",
                 "data": {"errors": {"title": [], "description": ["description is required"], "visibility": [],
                                     "video": [],
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
            throw new DataAccessResourceFailureException("down");
        });
        withdraw.whenAnyExchangeReceived(exchange -> {
            assertThat(store.objects).as("the row goes first").hasSize(2);
            exchange.getMessage().setHeader("CamelSqlUpdateCount", 1);
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

    @Test
    void uploadWithdrawKeepsAnUploadThatWasAcceptedThoughTheDatabaseCouldNotSaySo() throws Exception {
        accept.whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("the connection was cut after the commit");
        });
        withdraw.returnReplyHeader("CamelSqlUpdateCount", constant(0));
        confirm.whenAnyExchangeReceived(exchange -> {
            Map<String, Object> row = row(true);
            row.put("thumbnail_id", exchange.getMessage().getHeader("thumbnailId"));
            exchange.getMessage().setBody(row);
        });

        HttpResponse<String> response =
                post("?title=A+title&description=A+description", Form.video(1000), "x-user-id", "7");

        assertThat(response.statusCode()).isEqualTo(201);
        String video = new ObjectMapper()
                .readTree(response.body())
                .path("data")
                .path("video_id")
                .asText();
        assertThat(store.objects).containsOnlyKeys("raw-videos/" + video);
    }

    @Test
    void uploadWithdrawTouchesNothingWhileNobodyKnowsWhetherTheUploadIsAccepted() throws Exception {
        accept.whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("down");
        });
        withdraw.whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("down");
        });

        assertThat(post("?title=t&description=d", Form.video(1000), "x-user-id", "7")
                        .statusCode())
                .isEqualTo(503);

        assertThat(store.objects).hasSize(1);
    }

    @Test
    void uploadDirectAnswersARepetitionOfWhatWasAcceptedAsItDidThenAndStoresNothing() throws Exception {
        findSame.whenAnyExchangeReceived(exchange -> exchange.getMessage()
                .setHeader("sameUpload", Map.of("video_id", VIDEO, "title", "t", "description", "d", "size", 1000L)));
        reserve.expectedMessageCount(0);

        HttpResponse<String> response =
                post("?title=t&description=d", Form.video(1000), "x-user-id", "7", "Idempotency-Key", "a key");
        assertThat(response.statusCode()).isEqualTo(400);
        response = post("?title=t&description=d", Form.video(1000), "x-user-id", "7", "Idempotency-Key", "a-key");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains(VIDEO.toString());
        assertThat(findSame.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("userId", 7)
                .containsEntry("requestKey", "a-key");
        assertThat(store.objects).isEmpty();

        response = post("?title=u&description=d", Form.video(999), "x-user-id", "7", "Idempotency-Key", "a-key");
        assertThat(response.statusCode()).isEqualTo(409);
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("type").asText()).endsWith(":accepted-otherwise");
        assertThat(problem.path("data").path("errors").path("title").path(0).asText())
                .isEqualTo("title is not the one that the upload was accepted with");
        assertThat(problem.path("data").path("errors").path("video")).hasSize(1);
        assertThat(problem.path("data").path("errors").path("description")).isEmpty();
        reserve.assertIsSatisfied();
    }

    @Test
    void uploadStoreStoresNothingOfAnUploadThatAnotherRequestHadAcceptedAtThatMoment() throws Exception {
        reserve.returnReplyHeader("CamelSqlUpdateCount", constant(0));

        HttpResponse<String> response =
                post("?title=t&description=d", Form.video(1000), "x-user-id", "7", "Idempotency-Key", "a-key");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("accepted-meanwhile");
        assertThat(store.objects).isEmpty();
    }

    @Test
    void uploadWithdrawForgetsAnUploadThatCouldNotBeStreamed() throws Exception {
        withdraw.expectedMessageCount(1);

        assertThat(post("?title=t&description=d", Form.bytes("text"), "x-user-id", "7")
                        .statusCode())
                .isEqualTo(400);

        withdraw.assertIsSatisfied();
        assertThat(withdraw.getExchanges().get(0).getIn().getHeader("videoId")).isInstanceOf(UUID.class);
    }

    @Test
    void uploadHttpEndpointLetsHeadersSetNothing() throws Exception {
        HttpResponse<String> response = post(
                "?title=t&description=d",
                Form.video(1000),
                "x-user-id",
                "7",
                "CamelSqlQuery",
                "delete from uploads",
                "CamelHttpResponseCode",
                "500",
                "userId",
                "1",
                "videoId",
                VIDEO.toString(),
                "accepted",
                "true",
                "x-user-role",
                "admin",
                "quota",
                "0");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(store.objects).doesNotContainKey("raw-videos/" + VIDEO);
        assertThat(accept.getExchanges().get(0).getIn().getHeaders())
                .containsEntry("userId", 7)
                .doesNotContainKeys("CamelSqlQuery", "accepted", "x-user-role");
    }

    @Test
    void uploadHttpEndpointTakesNothingFromWhoeverIsNoService() throws Exception {
        reserve.expectedMessageCount(0);
        for (String token : List.of("", "x-service-token: forged\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream()
                        .write(Form.bytes(
                                "POST /videos/upload?title=t&description=d HTTP/1.1\r\nHost: x\r\nx-user-id: 7\r\n"
                                        + token + "Content-Length: 1000\r\n\r\n"));

                // It comes though none of the body was sent, and then the connection ends.
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 401").contains("not-a-service");
            }
        }
        reserve.assertIsSatisfied();
    }

    private void uses(long bytes, long open) {
        findRoom.whenAnyExchangeReceived(exchange -> exchange.getMessage()
                .setHeader("quota", Map.of("used_bytes", bytes, "used_videos", 1, "used_uploads", open)));
    }

    private static byte[] deleted(String video) {
        return Form.bytes(
                "{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"" + video + "\", \"user_id\": 7}}");
    }

    /** What a publisher can put on a message. */
    private static Map<String, Object> hostile() {
        return Map.of(
                "CamelSqlQuery",
                "delete from uploads",
                "videoId",
                UUID.randomUUID(),
                "x-user-id",
                "1",
                "x-reason",
                "FORGED",
                "traceparent",
                "00-trace");
    }

    private HttpResponse<String> post(String query, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/videos/upload" + query))
                .header(
                        Headers.SERVICE_TOKEN,
                        String.valueOf(new ServiceIdentity("api-gateway", SERVICE_KEY, Clock.systemUTC()).token()))
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

    /** What the steps before have found an upload to be called. */
    private static Map<String, Object> said(String title) {
        return Map.of("videoId", VIDEO, "thumbnailId", THUMBNAIL, "title", title, "description", "A description");
    }

    private static Map<String, Object> row(boolean accepted) {
        Map<String, Object> row =
                new HashMap<>(Map.of("video_id", VIDEO, "thumbnail_id", THUMBNAIL, "user_id", 7, "accepted", accepted));
        if (accepted) {
            row.put("title", "A title");
            row.put("description", "A description");
        }
        return row;
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
