package dev.caravan.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.PutThumbnailRequest;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import dev.caravan.proto.upload.UploadedWebhookResponse;
import dev.caravan.proto.user.SetAvatarRequest;
import dev.caravan.proto.videocatalog.PutCaptionsRequest;
import dev.caravan.proto.videocatalog.RecordPlaybackRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/** Real HTTP in front, mocks in the place of the services behind. */
@CamelSpringBootTest
@AutoConfigureObservability(tracing = false)
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
@DirtiesContext
class ApiGatewayRoutesTest {

    private static final String CALLER =
            "{message: 'Success', data: {user: {id: 7, name: 'Ann', email: 'a@b.cd', role: 'admin'}}}";
    private static final String DONE = "{message: 'Success', data: {}}";

    @Autowired
    CamelContext camel;

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Object> requests = new ConcurrentHashMap<>();
    private final Map<String, String> callers = new ConcurrentHashMap<>();
    private final Map<String, Processor> handlers = new ConcurrentHashMap<>();
    private static boolean advised;

    @BeforeEach
    void putMocksInThePlaceOfServices() throws Exception {
        if (!advised) {
            for (var route : List.copyOf(camel.getRoutes())) {
                AdviceWith.adviceWith(camel, route.getRouteId(), advice -> advice.mockEndpointsAndSkip("grpc:*"));
            }
            advised = true;
        }
        MockEndpoint.resetMocks(camel);
        answer("auth.AuthenticationService", "verifyToken", "auth.VerifyTokenResponse", CALLER);
    }

    @ParameterizedTest(name = "{0} answers {2} {3}")
    @MethodSource("operations")
    void servesAnOperation(
            String route,
            int status,
            String method,
            String path,
            String body,
            String call,
            String expectedRequest,
            String response,
            String expectedJson)
            throws Exception {
        String service = call.substring(0, call.indexOf('#'));
        String rpc = call.substring(call.indexOf('#') + 1);
        String type = service.substring(0, service.indexOf('.') + 1)
                + Character.toUpperCase(rpc.charAt(0))
                + rpc.substring(1);
        answer(service, rpc, type + "Response", response);
        // What one of them asks for besides.
        answer("upload.UploadService", "endUploads", "upload.EndUploadsResponse", "{message: 'Success'}");
        if (route.equals("api-gateway-set-quota")) {
            answer("user.UserService", "findById", "user.FindByIdResponse", "{message: 'Success'}");
        }

        HttpResponse<String> answer = send(method, path, body, "Bearer token");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(camel.getRoute(route)).as(route).isNotNull();
        assertThat(json.readTree(answer.body())).isEqualTo(tree(expectedJson));
        assertThat(requests.get(service + "#" + rpc)).isEqualTo(message(type + "Request", expectedRequest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH"})
    void saysTheRevisionOfAVideoAsItsEntityTag(String method) throws Exception {
        answer(
                "videocatalog.VideoCatalogService",
                method.equals("GET") ? "findById" : "update",
                "videocatalog." + (method.equals("GET") ? "FindByIdResponse" : "UpdateResponse"),
                "{message: 'Success', data: {video: {id: 3, revision: 12}}}");

        HttpResponse<String> answer =
                send(method, "/videos/3", method.equals("GET") ? "" : "{'title':'T'}", "Bearer token");

        assertThat(answer.headers().firstValue("ETag")).hasValue("\"12\"");
    }

    @Test
    void changesOnlyTheRevisionThatIfMatchNames() throws Exception {
        handle("videocatalog.VideoCatalogService", "update", exchange -> {
            requests.put("update", exchange.getMessage().getBody());
            throw new Fault("ABORTED REVISION_CHANGED The video was changed meanwhile.");
        });

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/videos/3"))
                        .header("Authorization", "Bearer token")
                        .header("If-Match", "\"11\"")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"title\":\"T\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(json.readTree(answer.body()).path("message").asText()).isEqualTo("Precondition Failed");
        assertThat(json.readTree(answer.body()).path("type").asText())
                .isEqualTo("urn:caravan:problem:revision-changed");
        assertThat(requests.get("update"))
                .isEqualTo(message("videocatalog.UpdateRequest", "{id: 3, if_match: '\"11\"', title: 'T'}"));
    }

    @Test
    void takesWhatPlayersReportAlsoOfViewersWithoutAnAccount() throws Exception {
        answer("videocatalog.VideoCatalogService", "recordPlayback", "videocatalog.RecordPlaybackResponse", DONE);
        String line = "cid=\"3\",e=ps,sid=\"s\",sn=%d,sta=r,v=2\n";
        double malformed = meters.counter("playback.reports.malformed").count();

        HttpResponse<String> answer = report(line.formatted(1) + "nonsense =\n\n" + line.formatted(2), null);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(camel.getRoute("api-gateway-report-playback")).isNotNull();
        assertThat(camel.getRoute("api-gateway-record-playback")).isNotNull();
        assertThat(requests.get("videocatalog.VideoCatalogService#recordPlayback"))
                .isEqualTo(message(
                        "videocatalog.RecordPlaybackRequest",
                        "{reports: [{video_id: 3, session: 's', number: 1, stalled: true}, "
                                + "{video_id: 3, session: 's', number: 2, stalled: true}], link: 'secret', "
                                + "viewer: 'address 127.0.0.1'}"));
        assertThat(meters.counter("playback.reports.malformed").count() - malformed)
                .isEqualTo(1);

        report(line.formatted(3), "Bearer token");
        assertThat(((RecordPlaybackRequest) requests.get("videocatalog.VideoCatalogService#recordPlayback"))
                        .getViewer())
                .isEqualTo("user 7");
    }

    @Test
    void refusesReportsThatAreNoneOrTooMany() throws Exception {
        HttpResponse<String> none = report("nonsense =", null);
        HttpResponse<String> many = report("cid=\"3\",e=t,sid=\"s\",sn=1\n".repeat(201), null);
        HttpResponse<String> large = report("x".repeat(64 << 10) + "x", null);

        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(json.readTree(none.body()).at("/data/errors/body/0").asText())
                .contains("lines of CMCD");
        assertThat(many.statusCode()).isEqualTo(400);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(requests).doesNotContainKey("videocatalog.VideoCatalogService#recordPlayback");
    }

    private HttpResponse<String> report(String lines, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/cmcd?link=secret"))
                .header("Content-Type", "application/cmcd")
                .POST(HttpRequest.BodyPublishers.ofString(lines));
        if (token != null) {
            request.header("Authorization", token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersWithCaptionsAsAFile() throws Exception {
        answer(
                "videocatalog.VideoCatalogService",
                "readCaptions",
                "videocatalog.ReadCaptionsResponse",
                "{message: 'Success', data: {content: 'WEBVTT \u00fc'}}");

        HttpResponse<String> answer = send("GET", "/videos/3/captions/pt-BR?link=secret", "", "Bearer token");

        assertThat(camel.getRoute("api-gateway-read-captions")).isNotNull();
        assertThat(answer.body()).isEqualTo("WEBVTT \u00fc");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/vtt;charset=utf-8");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(requests.get("videocatalog.VideoCatalogService#readCaptions"))
                .isEqualTo(message("videocatalog.ReadCaptionsRequest", "{id: 3, language: 'pt-BR', link: 'secret'}"));
    }

    @Test
    void takesCaptionsThatAreLargerThanOtherBodiesByteForByte() throws Exception {
        answer("videocatalog.VideoCatalogService", "putCaptions", "videocatalog.PutCaptionsResponse", DONE);
        byte[] largest = new byte[10 << 20];
        new Random(7).nextBytes(largest);

        HttpResponse<String> taken = put("/videos/3/captions/en", largest);
        HttpResponse<String> refused = put("/videos/3/captions/en", Arrays.copyOf(largest, largest.length + 1));

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(((PutCaptionsRequest) requests.get("videocatalog.VideoCatalogService#putCaptions"))
                        .getFile()
                        .toByteArray())
                .isEqualTo(largest);
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @Test
    void takesAnImageByteForByteAndServesWhatIsMadeOfIt() throws Exception {
        answer("user.UserService", "setAvatar", "user.SetAvatarResponse", "{message: 'Success'}");
        answer("user.UserService", "updateProfile", "user.UpdateProfileResponse", "{message: 'Success'}");
        answer(
                "user.UserService",
                "findAvatar",
                "user.FindAvatarResponse",
                "{message: 'Success', data: {image: 'SlBFRw=='}}");
        byte[] largest = new byte[4_000_000];
        new Random(7).nextBytes(largest);

        HttpResponse<String> taken = put("/auth/avatar", largest);
        HttpResponse<String> refused = put("/auth/avatar", Arrays.copyOf(largest, largest.length + 1));
        HttpResponse<String> served = send("GET", "/avatars/a.jpg", "", null);
        HttpResponse<String> removed = send("DELETE", "/auth/avatar", "", "Bearer token");

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(((SetAvatarRequest) requests.get("user.UserService#setAvatar"))
                        .getImage()
                        .toByteArray())
                .isEqualTo(largest);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(served.body()).isEqualTo("JPEG");
        assertThat(served.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(served.headers().firstValue("Cache-Control")).hasValue("public, max-age=86400, immutable");
        assertThat(served.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(requests.get("user.UserService#findAvatar"))
                .isEqualTo(message("user.FindAvatarRequest", "{name: 'a.jpg'}"));
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(requests.get("user.UserService#updateProfile"))
                .isEqualTo(message("user.UpdateProfileRequest", "{image: ''}"));
        for (String route : List.of("api-gateway-set-avatar", "api-gateway-delete-avatar", "api-gateway-read-avatar")) {
            assertThat(camel.getRoute(route)).as(route).isNotNull();
        }
    }

    @Test
    void takesAPictureForAVideoByteForByteOrASecondOfItButNotBoth() throws Exception {
        answer("encode.EncodeService", "putThumbnail", "encode.PutThumbnailResponse", DONE);
        answer(
                "videocatalog.VideoCatalogService",
                "findById",
                "videocatalog.FindByIdResponse",
                "{message: 'Success', data: {video: {id: 3, video_id: 'v'}}}");
        byte[] largest = new byte[10 << 20];
        new Random(7).nextBytes(largest);

        HttpResponse<String> taken = put("/videos/3/thumbnail", largest);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(((PutThumbnailRequest) requests.get("encode.EncodeService#putThumbnail"))
                        .getPicture()
                        .toByteArray())
                .isEqualTo(largest);
        assertThat(put("/videos/3/thumbnail?second=2.5", new byte[0]).statusCode())
                .isEqualTo(202);
        assertThat(requests.get("encode.EncodeService#putThumbnail"))
                .isEqualTo(message("encode.PutThumbnailRequest", "{video_id: 'v', second: 2.5}"));
        assertThat(send("DELETE", "/videos/3/thumbnail", "", "Bearer token").statusCode())
                .isEqualTo(202);
        assertThat(requests.get("encode.EncodeService#putThumbnail"))
                .isEqualTo(message("encode.PutThumbnailRequest", "{video_id: 'v'}"));
        for (String route : List.of(
                "api-gateway-put-thumbnail",
                "api-gateway-delete-thumbnail",
                "api-gateway-add-thumbnail",
                "api-gateway-send-thumbnail")) {
            assertThat(camel.getRoute(route)).as(route).isNotNull();
        }
        assertThat(put("/videos/3/thumbnail", Arrays.copyOf(largest, largest.length + 1))
                        .statusCode())
                .isEqualTo(413);
        String neither = "thumbnail must be a picture, or a second of the video, and not both";
        assertThat(put("/videos/3/thumbnail?second=1", new byte[] {1}).body()).contains(neither);
        assertThat(put("/videos/3/thumbnail", new byte[0]).body()).contains(neither);
        for (String second : List.of("-1", "NaN", "1e3", "x", "1000001")) {
            assertThat(put("/videos/3/thumbnail?second=" + second, new byte[0]).body())
                    .contains("\"second\"");
        }
    }

    private HttpResponse<String> put(String path, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer token")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static Stream<Arguments> operations() {
        String user = "{id: 7, name: 'Ann', email: 'a@b.cd', created_at: '2026-01-02T03:04:05Z', role: 'user'}";
        String userJson = "{'id':7,'name':'Ann','email':'a@b.cd','image':null,'created_at':'2026-01-02T03:04:05Z',"
                + "'updated_at':null,'role':'user'}";
        String video = "{id: 3, title: 'T', description: 'D', thumbnail_url: 'u', published_at: 'p', duration: 4, "
                + "resolution: '2x2', user: {id: 7, name: 'Ann'}, state: 'ready', progress: 100, video_id: 'v', "
                + "renditions: [{width: 2, height: 2, bitrate: 9, codecs: 'c'}], duration_ms: 4040, "
                + "warnings: ['0.4 s at 00:12 could not be read.'], "
                + "thumbnails: [{url: 'w', width: 2, height: 1, type: 'image/webp'}], visibility: 'private', "
                + "publish_at: 'q', tags: ['cats'], language: 'en', embed_origins: ['https://a.b'], revision: 5, "
                + "downloads: 'renditions', download_files: [{rendition: '2p', width: 2, height: 2, size: 5000000000}], playable_until: 1.5}";
        String videoJson = "{'id':3,'title':'T','description':'D','thumbnail_url':'u','published_at':'p','duration':4,"
                + "'resolution':'2x2','user':{'id':7,'name':'Ann','image':null},'state':'ready','progress':100,"
                + "'failure':null,'renditions':[{'width':2,'height':2,'bitrate':9,'codecs':'c'}],'video_id':'v',"
                + "'duration_ms':4040,'warnings':['0.4 s at 00:12 could not be read.'],"
                + "'thumbnails':[{'url':'w','width':2,'height':1,'type':'image/webp'}],'visibility':'private',"
                + "'publish_at':'q','tags':['cats'],'language':'en','licence':null,'embed_origins':['https://a.b'],"
                + "'revision':5,'restorable_until':null,'downloads':'renditions',"
                + "'download_files':[{'rendition':'2p','width':2,'height':2,'size':5000000000}],'playable_until':1.5}";
        String shown = "{message: 'Success', data: {video: " + video + "}}";
        String shownJson = "{'message':'Success','data':{'video':" + videoJson + "}}";
        String imported = "{video_id: 'v', url: 'https://example.com/clip.mp4', title: 'clip', state: 'importing', "
                + "bytes: 5000000000, size: 6000000000, percent: 83, created_at: 'c', "
                + "error: {code: 'FETCH_FAILED', message: 'm', status: 503}}";
        String importedJson = "{'video_id':'v','url':'https://example.com/clip.mp4','title':'clip','state':'importing',"
                + "'bytes':5000000000,'size':6000000000,'percent':83,"
                + "'error':{'code':'FETCH_FAILED','message':'m','status':503},'created_at':'c','ended_at':null}";
        String webhook =
                "{id: 'w', url: 'https://example.com/', description: 'd', types: ['video.ready'], everybody: true, "
                        + "format: 'standard', enabled: false, disabled_reason: 'r', created_at: 'c'}";
        String webhookJson = "{'id':'w','url':'https://example.com/','description':'d','types':['video.ready'],"
                + "'everybody':true,'format':'standard','enabled':false,'disabled_reason':'r','failing_since':null,"
                + "'created_at':'c'}";
        String link = "{id: 9, created_at: 'c', expires_at: 'e'}";
        String caption = "{language: 'en', label: 'English', default: true, cues: 2, url: 'c'}";
        String captionJson = "{'language':'en','label':'English','default':true,'cues':2,'url':'c'}";
        String captions = "{message: 'Success', data: {captions: [" + caption + "]}}";
        String captionsJson = "{'message':'Success','data':{'captions':[" + captionJson + "]}}";
        String sound = "{label: 'Sound', channels: 6, default: true, audio_description: true}";
        String soundJson = "{'language':null,'label':'Sound','channels':6,'default':true,'audio_description':true}";
        String chapter = "{seconds: 1.5, title: 'One'}";
        String chapterJson = "{'seconds':1.5,'title':'One'}";
        String chapters = "{message: 'Success', data: {chapters: [" + chapter + "]}}";
        String chaptersJson = "{'message':'Success','data':{'chapters':[" + chapterJson + "]}}";
        String linkJson = "{'id':9,'created_at':'c','expires_at':'e'}";
        String session =
                "{message: 'Success', data: {token: 't', user: " + user + ", refresh_token: 'r', expires_in: 3600}}";
        String sessionJson = "{'message':'Success','data':{'token':'t','user':" + userJson
                + ",'refresh_token':'r','expires_in':3600}}";
        String profile = "{message: 'Success', data: {user: " + user + "}}";
        String profileJson = "{'message':'Success','data':{'user':" + userJson + "}}";
        String settings = "{language: 'en', autoplay: true, preferred_max_resolution: 720, email_notices: false}";
        String settingsAnswer = "{message: 'Success', data: {settings: " + settings + "}}";
        String settingsJson = "{'message':'Success','data':{'settings':{'language':'en','autoplay':true,"
                + "'preferred_max_resolution':720,'email_notices':false}}}";
        String videos = "{message: 'Success', data: {videos: [" + video + "], page: 1, size: 20, total: 1, "
                + "total_exact: true, cursor: 'c'}}";
        String videosJson = "{'message':'Success','data':{'videos':[" + videoJson + "],'page':1,'size':20,'total':1,"
                + "'total_exact':true,'cursor':'c'}}";
        String letter = "{id: 9007199254740991, queue: 'q', service: 's', reason: 'R', error: 'e', failed_at: 'f', "
                + "state: 'open', video_id: 'v', route_trail: ['a', 'b'], body: '{}', body_encoding: 'utf-8'}";
        String letterJson = "{'id':9007199254740991,'queue':'q','service':'s','reason':'R','error':'e','failed_at':'f',"
                + "'state':'open','video_id':'v','trace_id':null,'route_trail':['a','b'],'headers':null,'body':'{}',"
                + "'body_encoding':'utf-8','edited':false}";
        String letterAnswer = "{message: 'Success', data: {dead_letter: " + letter + "}}";
        String letterAnswerJson = "{'message':'Success','data':{'dead_letter':" + letterJson + "}}";
        String quota = "{message: 'Success', data: {quota: {used: {bytes: 5000000000, videos: 2, uploads: 1}, "
                + "allowed: {max_bytes: 200000000000, max_uploads: 20}, own: {max_bytes: 0}}}}";
        String quotaJson = "{'message':'Success','data':{'quota':{'used':{'bytes':5000000000,'videos':2,'uploads':1},"
                + "'allowed':{'max_bytes':200000000000,'max_videos':null,'max_uploads':20},"
                + "'own':{'max_bytes':0,'max_videos':null,'max_uploads':null}}}}";
        String doneJson = "{'message':'Success','data':{}}";
        return Stream.of(
                Arguments.of(
                        "api-gateway-register",
                        201,
                        "POST",
                        "/auth/register",
                        "{'name':'Ann','email':'a@b.cd','password':'secret'}",
                        "auth.AuthenticationService#register",
                        "{name: 'Ann', email: 'a@b.cd', password: 'secret'}",
                        session,
                        sessionJson),
                Arguments.of(
                        "api-gateway-login",
                        200,
                        "POST",
                        "/auth/login",
                        "{'email':'a@b.cd','password':'secret'}",
                        "auth.AuthenticationService#login",
                        "{email: 'a@b.cd', password: 'secret'}",
                        session,
                        sessionJson),
                Arguments.of(
                        "api-gateway-logout",
                        200,
                        "POST",
                        "/auth/logout",
                        "",
                        "auth.AuthenticationService#logout",
                        "{}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-show-profile",
                        200,
                        "GET",
                        "/auth/profile",
                        "",
                        "auth.AuthenticationService#verifyToken",
                        "{}",
                        profile,
                        profileJson),
                Arguments.of(
                        "api-gateway-update-profile",
                        200,
                        "PATCH",
                        "/auth/profile",
                        "{'image':''}",
                        "user.UserService#updateProfile",
                        "{image: ''}",
                        profile,
                        profileJson),
                Arguments.of(
                        "api-gateway-change-password",
                        200,
                        "PUT",
                        "/auth/password",
                        "{'current_password':'old','new_password':'newer'}",
                        "user.UserService#changePassword",
                        "{current_password: 'old', new_password: 'newer'}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-show-settings",
                        200,
                        "GET",
                        "/auth/settings",
                        "",
                        "user.UserService#findSettings",
                        "{}",
                        settingsAnswer,
                        settingsJson),
                Arguments.of(
                        "api-gateway-save-settings",
                        200,
                        "PUT",
                        "/auth/settings",
                        "{'language':'en','autoplay':true,'preferred_max_resolution':720,'email_notices':false}",
                        "user.UserService#saveSettings",
                        settings,
                        settingsAnswer,
                        settingsJson),
                Arguments.of(
                        "api-gateway-find-videos",
                        200,
                        "GET",
                        "/videos?page=2&size=5&search=big%20bunny&sort=newest&owner=7",
                        "",
                        "videocatalog.VideoCatalogService#findAll",
                        "{page: 2, size: 5, search: 'big bunny', sort: 'newest', owner: 7}",
                        videos,
                        videosJson),
                Arguments.of(
                        "api-gateway-find-my-videos",
                        200,
                        "GET",
                        "/videos/mine?size=5",
                        "",
                        "videocatalog.VideoCatalogService#findMine",
                        "{page: 1, size: 5, sort: 'newest'}",
                        videos,
                        videosJson),
                Arguments.of(
                        "api-gateway-find-my-videos",
                        200,
                        "GET",
                        "/videos/mine?state=ready&visibility=private&search=cat&sort=oldest&trashed=true",
                        "",
                        "videocatalog.VideoCatalogService#findMine",
                        "{page: 1, size: 20, state: 'ready', visibility: 'private', search: 'cat', sort: 'oldest', trashed: true}",
                        videos,
                        videosJson),
                Arguments.of(
                        "api-gateway-find-video",
                        200,
                        "GET",
                        "/videos/3?link=secret",
                        "",
                        "videocatalog.VideoCatalogService#findById",
                        "{id: 3, link: 'secret'}",
                        "{message: 'Success', data: {video: " + video
                                + ", manifest_url: 'm', hls_url: 'h', storyboard_url: 's', " + "captions: [" + caption
                                + "], chapters: [" + chapter + "], audio_tracks: [" + sound + "]}}",
                        "{'message':'Success','data':{'video':" + videoJson
                                + ",'manifest_url':'m','hls_url':'h','storyboard_url':'s'," + "'captions':["
                                + captionJson + "],'chapters':[" + chapterJson + "],'audio_tracks':[" + soundJson
                                + "]}}"),
                Arguments.of(
                        "api-gateway-update-video",
                        200,
                        "PATCH",
                        "/videos/3",
                        "{'title':'T','visibility':'private','publish_at':'q','tags':['a','b'],'language':'','embed_origins':[],'downloads':'source'}",
                        "videocatalog.VideoCatalogService#update",
                        "{id: 3, title: 'T', visibility: 'private', publish_at: 'q', tags: ['a', 'b'], language: '', embed_origins: [], "
                                + "downloads: 'source'}",
                        shown,
                        shownJson),
                Arguments.of(
                        "api-gateway-restore-video",
                        200,
                        "POST",
                        "/videos/3/restore",
                        "",
                        "videocatalog.VideoCatalogService#restore",
                        "{id: 3}",
                        shown,
                        shownJson),
                Arguments.of(
                        "api-gateway-change-videos",
                        200,
                        "POST",
                        "/videos/bulk",
                        "{'ids':[3,4],'action':'update','visibility':'unlisted'}",
                        "videocatalog.VideoCatalogService#changeMany",
                        "{ids: [3, 4], action: 'update', visibility: 'unlisted'}",
                        "{message: 'Success', data: {changed: [3], refused: [{id: 4, reason: 'R', detail: 'd'}]}}",
                        "{'message':'Success','data':{'changed':[3],'refused':[{'id':4,'reason':'R','detail':'d'}]}}"),
                Arguments.of(
                        "api-gateway-create-link",
                        200,
                        "POST",
                        "/videos/3/links",
                        "{'expires_at':'e'}",
                        "videocatalog.VideoCatalogService#createLink",
                        "{id: 3, expires_at: 'e'}",
                        "{message: 'Success', data: {link: " + link + ", secret: 's'}}",
                        "{'message':'Success','data':{'link':" + linkJson + ",'secret':'s'}}"),
                Arguments.of(
                        "api-gateway-find-links",
                        200,
                        "GET",
                        "/videos/3/links",
                        "",
                        "videocatalog.VideoCatalogService#findLinks",
                        "{id: 3}",
                        "{message: 'Success', data: {links: [" + link + "]}}",
                        "{'message':'Success','data':{'links':[" + linkJson + "]}}"),
                Arguments.of(
                        "api-gateway-find-statistics",
                        200,
                        "GET",
                        "/videos/3/statistics",
                        "",
                        "videocatalog.VideoCatalogService#findStatistics",
                        "{id: 3}",
                        "{message: 'Success', data: {statistics: {views: 2, sessions: 3, watched_seconds: 4.5, stalls: 1, "
                                + "errors: 1, first_frame_median_ms: 400, retention: [1, 0.5], days: [{day: '2026-01-02', "
                                + "views: 2, sessions: 3, watched_seconds: 4.5, stalls: 1, errors: 1}]}}}",
                        "{'message':'Success','data':{'statistics':{'views':2,'sessions':3,'watched_seconds':4.5,'stalls':1,"
                                + "'errors':1,'first_frame_median_ms':400,'first_frame_p95_ms':null,'retention':[1.0,0.5],"
                                + "'days':[{'day':'2026-01-02','views':2,'sessions':3,'watched_seconds':4.5,'stalls':1,"
                                + "'errors':1}]}}}"),
                Arguments.of(
                        "api-gateway-put-captions",
                        200,
                        "PUT",
                        "/videos/3/captions/en?label=English&default=true",
                        "WEBVTT\n\n00:01.000 --> 00:02.000\nA 'word'",
                        "videocatalog.VideoCatalogService#putCaptions",
                        // The file in Base64, as JSON has bytes; send() makes double quotes of single ones.
                        "{id: 3, language: 'en', label: 'English', default: true, file: '"
                                + Base64.getEncoder()
                                        .encodeToString("WEBVTT\n\n00:01.000 --> 00:02.000\nA \"word\"".getBytes(UTF_8))
                                + "'}",
                        captions,
                        captionsJson),
                Arguments.of(
                        "api-gateway-find-captions",
                        200,
                        "GET",
                        "/videos/3/captions?link=secret",
                        "",
                        "videocatalog.VideoCatalogService#findCaptions",
                        "{id: 3, link: 'secret'}",
                        captions,
                        captionsJson),
                Arguments.of(
                        "api-gateway-delete-captions",
                        200,
                        "DELETE",
                        "/videos/3/captions/en",
                        "",
                        "videocatalog.VideoCatalogService#deleteCaptions",
                        "{id: 3, language: 'en'}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-put-chapters",
                        200,
                        "PUT",
                        "/videos/3/chapters",
                        "{'chapters':[" + chapterJson + "]}",
                        "videocatalog.VideoCatalogService#putChapters",
                        "{id: 3, chapters: [" + chapter + "]}",
                        chapters,
                        chaptersJson),
                Arguments.of(
                        "api-gateway-find-chapters",
                        200,
                        "GET",
                        "/videos/3/chapters",
                        "",
                        "videocatalog.VideoCatalogService#findChapters",
                        "{id: 3}",
                        chapters,
                        chaptersJson),
                Arguments.of(
                        "api-gateway-find-downloads",
                        200,
                        "GET",
                        "/videos/3/downloads?link=secret",
                        "",
                        "videocatalog.VideoCatalogService#findDownloads",
                        "{id: 3, link: 'secret'}",
                        "{message: 'Success', data: {downloads: 'source', state: 'preparing', files: [{rendition: '2p', "
                                + "width: 2, height: 4, size: 5000000000, url: 'u'}, {rendition: 'source', size: 5, url: 'w'}]}}",
                        "{'message':'Success','data':{'downloads':'source','state':'preparing','files':[{'rendition':'2p',"
                                + "'width':2,'height':4,'size':5000000000,'url':'u'},"
                                + "{'rendition':'source','width':null,'height':null,'size':5,'url':'w'}]}}"),
                Arguments.of(
                        "api-gateway-revoke-link",
                        200,
                        "DELETE",
                        "/videos/3/links/9",
                        "",
                        "videocatalog.VideoCatalogService#revokeLink",
                        "{id: 3, link_id: 9}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-delete-video",
                        200,
                        "DELETE",
                        "/videos/3?permanently=true",
                        "",
                        "videocatalog.VideoCatalogService#delete",
                        "{id: 3, permanently: true}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-find-video",
                        200,
                        "GET",
                        "/videos/3",
                        "",
                        "videocatalog.VideoCatalogService#findById",
                        "{id: 3}",
                        "{message: 'Success', data: {video: " + video
                                + ", manifest_url: 'm', hls_url: 'h', storyboard_url: 's', " + "captions: [" + caption
                                + "], chapters: [" + chapter + "], audio_tracks: [" + sound + "]}}",
                        "{'message':'Success','data':{'video':" + videoJson
                                + ",'manifest_url':'m','hls_url':'h','storyboard_url':'s'," + "'captions':["
                                + captionJson + "],'chapters':[" + chapterJson + "],'audio_tracks':[" + soundJson
                                + "]}}"),
                Arguments.of(
                        "api-gateway-presign-upload",
                        200,
                        "POST",
                        "/videos/upload/presigned-url?size=5000000000",
                        "",
                        "upload.UploadService#createPresignedUrl",
                        "{size: 5000000000}",
                        "{message: 'Success', data: {video_id: 'v', thumbnail_id: 't', video_url: 'w', thumbnail_url: 'x'}}",
                        "{'message':'Success','data':{'video_id':'v','thumbnail_id':'t','video_url':'w','thumbnail_url':'x'}}"),
                Arguments.of(
                        "api-gateway-refresh-session",
                        200,
                        "POST",
                        "/auth/refresh",
                        "{'refresh_token':'r'}",
                        "auth.AuthenticationService#refresh",
                        "{refresh_token: 'r'}",
                        session,
                        sessionJson),
                Arguments.of(
                        "api-gateway-logout-everywhere",
                        200,
                        "POST",
                        "/auth/logout-everywhere",
                        "",
                        "auth.AuthenticationService#logoutEverywhere",
                        "{}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-change-email",
                        200,
                        "PUT",
                        "/auth/email",
                        "{'email':'a@b.cd','current_password':'p'}",
                        "user.UserService#changeEmail",
                        "{email: 'a@b.cd', current_password: 'p'}",
                        profile,
                        profileJson),
                Arguments.of(
                        "api-gateway-delete-account",
                        200,
                        "POST",
                        "/auth/delete-account",
                        "{'current_password':'p'}",
                        "user.UserService#deleteAccount",
                        "{current_password: 'p'}",
                        "{message: 'Success', data: {deletion: {id: 'd', requested_at: 'r', uploads_ended: 1, videos_deleted: 2}}}",
                        "{'message':'Success','data':{'deletion':{'id':'d','requested_at':'r','uploads_ended':1,'videos_deleted':2,'completed_at':null}}}"),
                Arguments.of(
                        "api-gateway-find-deletion",
                        200,
                        "GET",
                        "/deletions/d",
                        "",
                        "user.UserService#findDeletion",
                        "{id: 'd'}",
                        "{message: 'Success', data: {deletion: {id: 'd', requested_at: 'r', uploads_ended: 1, videos_deleted: 2}}}",
                        "{'message':'Success','data':{'deletion':{'id':'d','requested_at':'r','uploads_ended':1,'videos_deleted':2,'completed_at':null}}}"),
                Arguments.of(
                        "api-gateway-find-deletions",
                        200,
                        "GET",
                        "/deletions?cursor=9&size=5",
                        "",
                        "user.UserService#findDeletions",
                        "{cursor: '9', size: 5}",
                        "{message: 'Success', data: {deletions: [{id: 'd', requested_at: 'r', uploads_ended: 1, videos_deleted: 2}], size: 5}}",
                        "{'message':'Success','data':{'deletions':[{'id':'d','requested_at':'r','uploads_ended':1,'videos_deleted':2,'completed_at':null}],'size':5,'cursor':''}}"),
                Arguments.of(
                        "api-gateway-find-users",
                        200,
                        "GET",
                        "/users?search=b&state=blocked&cursor=9&size=5",
                        "",
                        "user.UserService#findUsers",
                        "{search: 'b', state: 'blocked', cursor: '9', size: 5}",
                        "{message: 'Success', data: {users: [{id: 3, name: 'Bob', email: 'b@b.cd', created_at: 'c', role: 'user', blocked_at: 'b'}], "
                                + "size: 5, cursor: '3'}}",
                        "{'message':'Success','data':{'users':[{'id':3,'name':'Bob','email':'b@b.cd','image':null,'created_at':'c','role':'user','blocked_at':'b'}],"
                                + "'size':5,'cursor':'3'}}"),
                Arguments.of(
                        "api-gateway-block-user",
                        200,
                        "POST",
                        "/users/3/block",
                        "",
                        "user.UserService#blockUser",
                        "{id: 3}",
                        "{message: 'Success', data: {user: {id: 3, name: 'Bob', email: 'b@b.cd', created_at: 'c', role: 'user', blocked_at: 'b'}}}",
                        "{'message':'Success','data':{'user':{'id':3,'name':'Bob','email':'b@b.cd','image':null,'created_at':'c','role':'user','blocked_at':'b'}}}"),
                Arguments.of(
                        "api-gateway-unblock-user",
                        200,
                        "POST",
                        "/users/3/unblock",
                        "",
                        "user.UserService#unblockUser",
                        "{id: 3}",
                        "{message: 'Success', data: {user: {id: 3, name: 'Bob', email: 'b@b.cd', created_at: 'c', role: 'user', blocked_at: 'b'}}}",
                        "{'message':'Success','data':{'user':{'id':3,'name':'Bob','email':'b@b.cd','image':null,'created_at':'c','role':'user','blocked_at':'b'}}}"),
                Arguments.of(
                        "api-gateway-show-quota",
                        200,
                        "GET",
                        "/auth/quota",
                        "",
                        "upload.UploadService#findQuota",
                        "{}",
                        quota,
                        quotaJson),
                Arguments.of(
                        "api-gateway-find-quota",
                        200,
                        "GET",
                        "/users/3/quota",
                        "",
                        "upload.UploadService#findQuota",
                        "{id: 3}",
                        quota,
                        quotaJson),
                Arguments.of(
                        "api-gateway-set-quota",
                        200,
                        "PUT",
                        "/users/3/quota",
                        "{'max_bytes':5000000000,'max_videos':0}",
                        "upload.UploadService#setQuota",
                        "{id: 3, max_bytes: 5000000000, max_videos: 0}",
                        quota,
                        quotaJson),
                Arguments.of(
                        "api-gateway-find-sessions",
                        200,
                        "GET",
                        "/auth/sessions?cursor=c&size=5",
                        "",
                        "auth.AuthenticationService#findSessions",
                        "{cursor: 'c', size: 5}",
                        "{message: 'Success', data: {sessions: [{id: 's', created_at: 'c', last_used_at: 'l', "
                                + "expires_at: 'e', client: 'Firefox on Linux', current: true}], size: 5}}",
                        "{'message':'Success','data':{'sessions':[{'id':'s','created_at':'c','last_used_at':'l',"
                                + "'expires_at':'e','address':null,'client':'Firefox on Linux','current':true}],"
                                + "'size':5,'cursor':''}}"),
                Arguments.of(
                        "api-gateway-end-session",
                        200,
                        "DELETE",
                        "/auth/sessions/s",
                        "",
                        "auth.AuthenticationService#endSession",
                        "{id: 's'}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-import-video",
                        202,
                        "POST",
                        "/videos/imports",
                        "{'url':'https://example.com/clip.mp4','visibility':'private'}",
                        "upload.UploadService#importVideo",
                        "{url: 'https://example.com/clip.mp4', visibility: 'private'}",
                        "{message: 'Success', data: {import: " + imported + "}}",
                        "{'message':'Success','data':{'import':" + importedJson + "}}"),
                Arguments.of(
                        "api-gateway-find-import",
                        200,
                        "GET",
                        "/videos/imports/v",
                        "",
                        "upload.UploadService#findImport",
                        "{id: 'v'}",
                        "{message: 'Success', data: {import: " + imported + "}}",
                        "{'message':'Success','data':{'import':" + importedJson + "}}"),
                Arguments.of(
                        "api-gateway-find-imports",
                        200,
                        "GET",
                        "/videos/imports?cursor=c&size=5",
                        "",
                        "upload.UploadService#findImports",
                        "{cursor: 'c', size: 5}",
                        "{message: 'Success', data: {imports: [" + imported + "], size: 5}}",
                        "{'message':'Success','data':{'imports':[" + importedJson + "],'size':5,'cursor':''}}"),
                Arguments.of(
                        "api-gateway-find-source-files",
                        200,
                        "GET",
                        "/sources?state=refused&cursor=c&size=5",
                        "",
                        "upload.UploadService#findSourceFiles",
                        "{state: 'refused', cursor: 'c', size: 5}",
                        "{message: 'Success', data: {files: [{source: 's', address: 'a/b.mp4', title: 'b', state: 'refused', size: 6000000000, "
                                + "error: {code: 'NOT_VIDEO', message: 'm'}, owner_id: 7, created_at: 'c', ended_at: 'e'}, "
                                + "{source: 's', address: 'c.mp4', video_id: 'v', title: 'c', state: 'importing', bytes: 5, size: 10, "
                                + "percent: 50, owner_id: 7, created_at: 'c'}], size: 5, cursor: 'd'}}",
                        "{'message':'Success','data':{'files':[{'source':'s','address':'a/b.mp4','video_id':'','title':'b',"
                                + "'state':'refused','bytes':null,'size':6000000000,'percent':null,"
                                + "'error':{'code':'NOT_VIDEO','message':'m','status':null},'owner_id':7,'created_at':'c','ended_at':'e'},"
                                + "{'source':'s','address':'c.mp4','video_id':'v','title':'c','state':'importing','bytes':5,'size':10,"
                                + "'percent':50,'error':null,'owner_id':7,'created_at':'c','ended_at':null}],'size':5,'cursor':'d'}}"),
                Arguments.of(
                        "api-gateway-cancel-import",
                        200,
                        "DELETE",
                        "/videos/imports/v",
                        "",
                        "upload.UploadService#cancelImport",
                        "{id: 'v'}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-create-webhook",
                        201,
                        "POST",
                        "/webhooks",
                        "{'url':'https://example.com/','types':['video.ready'],'everybody':true}",
                        "videocatalog.VideoCatalogService#createWebhook",
                        "{url: 'https://example.com/', types: ['video.ready'], everybody: true}",
                        "{message: 'Success', data: {webhook: " + webhook + ", secret: 's'}}",
                        "{'message':'Success','data':{'webhook':" + webhookJson + ",'secret':'s'}}"),
                Arguments.of(
                        "api-gateway-find-webhooks",
                        200,
                        "GET",
                        "/webhooks",
                        "",
                        "videocatalog.VideoCatalogService#findWebhooks",
                        "{}",
                        "{message: 'Success', data: {webhooks: [" + webhook + "]}}",
                        "{'message':'Success','data':{'webhooks':[" + webhookJson + "]}}"),
                Arguments.of(
                        "api-gateway-update-webhook",
                        200,
                        "PATCH",
                        "/webhooks/w",
                        "{'types':[],'enabled':false}",
                        "videocatalog.VideoCatalogService#updateWebhook",
                        "{id: 'w', types: [], enabled: false}",
                        "{message: 'Success', data: {webhook: " + webhook + "}}",
                        "{'message':'Success','data':{'webhook':" + webhookJson + "}}"),
                Arguments.of(
                        "api-gateway-delete-webhook",
                        200,
                        "DELETE",
                        "/webhooks/w",
                        "",
                        "videocatalog.VideoCatalogService#deleteWebhook",
                        "{id: 'w'}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-rotate-webhook-secret",
                        200,
                        "POST",
                        "/webhooks/w/secret",
                        "",
                        "videocatalog.VideoCatalogService#rotateWebhookSecret",
                        "{id: 'w'}",
                        "{message: 'Success', data: {webhook: " + webhook + ", secret: 's'}}",
                        "{'message':'Success','data':{'webhook':" + webhookJson + ",'secret':'s'}}"),
                Arguments.of(
                        "api-gateway-test-webhook",
                        202,
                        "POST",
                        "/webhooks/w/test",
                        "",
                        "videocatalog.VideoCatalogService#testWebhook",
                        "{id: 'w'}",
                        "{message: 'Success', data: {delivery_id: 'd'}}",
                        "{'message':'Success','data':{'delivery_id':'d'}}"),
                Arguments.of(
                        "api-gateway-replay-events",
                        202,
                        "POST",
                        "/webhooks/w/replay",
                        "{'since':'2026-01-31T09:00:00Z'}",
                        "videocatalog.VideoCatalogService#replayEvents",
                        "{id: 'w', since: '2026-01-31T09:00:00Z'}",
                        "{message: 'Success', data: {events: 7}}",
                        "{'message':'Success','data':{'events':7}}"),
                Arguments.of(
                        "api-gateway-find-deliveries",
                        200,
                        "GET",
                        "/webhooks/w/deliveries?state=failed&cursor=c&size=5",
                        "",
                        "videocatalog.VideoCatalogService#findDeliveries",
                        "{id: 'w', state: 'failed', cursor: 'c', size: 5}",
                        "{message: 'Success', data: {deliveries: [{id: 'd', event_id: 'e', type: 'video.ready', video: 3, state: 'failed', created_at: 'c', attempts: [{at: 'a', milliseconds: 7, status: 500}]}], size: 5}}",
                        "{'message':'Success','data':{'deliveries':[{'id':'d','event_id':'e','type':'video.ready','video':3,'state':'failed','created_at':'c','next_at':null,'attempts':[{'at':'a','milliseconds':7,'status':500,'error':null,'answer':null}]}],'size':5,'cursor':''}}"),
                Arguments.of(
                        "api-gateway-resend-delivery",
                        202,
                        "POST",
                        "/webhooks/w/deliveries/d/resend",
                        "",
                        "videocatalog.VideoCatalogService#resendDelivery",
                        "{id: 'w', delivery_id: 'd'}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-rotate-keys",
                        200,
                        "POST",
                        "/auth/keys/rotate",
                        "",
                        "auth.AuthenticationService#rotateKeys",
                        "{}",
                        "{message: 'Success', data: {key_id: 'k'}}",
                        "{'message':'Success','data':{'key_id':'k'}}"),
                Arguments.of(
                        "api-gateway-delete-video",
                        200,
                        "DELETE",
                        "/videos/3",
                        "",
                        "videocatalog.VideoCatalogService#delete",
                        "{id: 3}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-find-videos",
                        200,
                        "GET",
                        "/videos?state=failed",
                        "",
                        "videocatalog.VideoCatalogService#findAll",
                        "{page: 1, size: 20, state: 'failed'}",
                        videos,
                        videosJson),
                Arguments.of(
                        "api-gateway-find-dead-letters",
                        200,
                        "GET",
                        "/dead-letters?page=2&size=5&state=replayed&video_id=v&route=r",
                        "",
                        "videocatalog.VideoCatalogService#findDeadLetters",
                        "{page: 2, size: 5, state: 'replayed', video_id: 'v', route: 'r'}",
                        "{message: 'Success', data: {dead_letters: [" + letter
                                + "], page: 2, size: 5, total: 6, total_exact: true, cursor: ''}}",
                        "{'message':'Success','data':{'dead_letters':[" + letterJson
                                + "],'page':2,'size':5,'total':6,'total_exact':true,'cursor':''}}"),
                Arguments.of(
                        "api-gateway-find-dead-letter",
                        200,
                        "GET",
                        "/dead-letters/9007199254740991",
                        "",
                        "videocatalog.VideoCatalogService#findDeadLetter",
                        "{id: 9007199254740991}",
                        letterAnswer,
                        letterAnswerJson),
                Arguments.of(
                        "api-gateway-edit-dead-letter",
                        200,
                        "PUT",
                        "/dead-letters/5",
                        "{'body':'{}'}",
                        "videocatalog.VideoCatalogService#editDeadLetter",
                        "{id: 5, body: '{}'}",
                        letterAnswer,
                        letterAnswerJson),
                Arguments.of(
                        "api-gateway-replay-dead-letter",
                        200,
                        "POST",
                        "/dead-letters/5/replay",
                        "",
                        "videocatalog.VideoCatalogService#replayDeadLetter",
                        "{id: 5}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-discard-dead-letter",
                        200,
                        "DELETE",
                        "/dead-letters/5",
                        "",
                        "videocatalog.VideoCatalogService#discardDeadLetter",
                        "{id: 5}",
                        DONE,
                        doneJson),
                Arguments.of(
                        "api-gateway-announce-upload",
                        200,
                        "POST",
                        "/videos/upload/webhook",
                        "{'video_id':'v','thumbnail_id':'t','title':'T','description':'D'}",
                        "upload.UploadService#uploadedWebhook",
                        "{video_id: 'v', thumbnail_id: 't', title: 'T', description: 'D'}",
                        DONE,
                        doneJson));
    }

    @Test
    void tellsTheServiceWhoTheTokenNamesAndNotWhoTheClientClaimsToBe() throws Exception {
        answer("user.UserService", "findSettings", "user.FindSettingsResponse", DONE);

        http.send(
                request("GET", "/auth/settings", "", "Bearer token")
                        .header("x-user-id", "1")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(callers.get("user.UserService#findSettings")).isEqualTo("7");
    }

    @Test
    void asksNobodyAboutAPublicVideoWhenThereIsNoToken() throws Exception {
        answer("videocatalog.VideoCatalogService", "findById", "videocatalog.FindByIdResponse", DONE);

        send("GET", "/videos/3", "", null);

        assertThat(camel.getRoute("api-gateway-authenticate")).isNotNull();
        assertThat(mock("auth.AuthenticationService").getExchanges()).isEmpty();
    }

    @Test
    void asksTheEncoderByTheIdThatTheCatalogueKnows() throws Exception {
        answer(
                "videocatalog.VideoCatalogService",
                "findById",
                "videocatalog.FindByIdResponse",
                "{message: 'Success', data: {video: {id: 3, video_id: 'v'}}}");
        answer(
                "encode.EncodeService",
                "findEncoding",
                "encode.FindEncodingResponse",
                "{message: 'Success', data: {encoding: {video_id: 'v', state: 'running', progress: 4, attempts: [{number: 1, "
                        + "worker: 'w', started_at: 's', outcome: 'running'}]}}}");
        answer("encode.EncodeService", "cancel", "encode.CancelResponse", DONE);
        answer("encode.EncodeService", "reencode", "encode.ReencodeResponse", DONE);

        HttpResponse<String> encoding = send("GET", "/videos/3/encoding", "", "Bearer token");
        HttpResponse<String> cancelled = send("POST", "/videos/3/cancel", "", "Bearer token");
        HttpResponse<String> again = send("POST", "/videos/3/reencode", "", "Bearer token");

        assertThat(json.readTree(encoding.body()))
                .isEqualTo(
                        tree(
                                "{'message':'Success','data':{'encoding':{'video_id':'v','state':'running','progress':4,"
                                        + "'reason':null,'failure':null,'next_attempt_at':null,'attempts':[{'number':1,'worker':'w',"
                                        + "'started_at':'s','ended_at':null,'outcome':'running','error':null}],'waits_for':null,'priority':null}}}"));
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(200);
        for (String rpc : List.of("findEncoding", "cancel", "reencode")) {
            String type = "encode." + Character.toUpperCase(rpc.charAt(0)) + rpc.substring(1) + "Request";
            assertThat(requests.get("encode.EncodeService#" + rpc)).isEqualTo(message(type, "{video_id: 'v'}"));
        }
        for (String route : List.of(
                "api-gateway-find-encoding",
                "api-gateway-cancel-encoding",
                "api-gateway-reencode-video",
                "api-gateway-find-video-id",
                "api-gateway-limit-rate",
                "api-gateway-name-caller",
                "api-gateway-authorize-admin",
                "api-gateway-forward-upload")) {
            assertThat(camel.getRoute(route)).as(route).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 80, 100})
    void tellsTheEncoderHowUrgentAVideoIs(int priority) throws Exception {
        answer(
                "videocatalog.VideoCatalogService",
                "findById",
                "videocatalog.FindByIdResponse",
                "{message: 'Success', data: {video: {id: 3, video_id: 'v'}}}");
        answer("encode.EncodeService", "prioritize", "encode.PrioritizeResponse", DONE);

        HttpResponse<String> answer =
                send("PUT", "/videos/3/priority", "{'priority':%d}".formatted(priority), "Bearer token");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(camel.getRoute("api-gateway-prioritize-video")).isNotNull();
        assertThat(requests.get("videocatalog.VideoCatalogService#findById"))
                .isEqualTo(message("videocatalog.FindByIdRequest", "{id: 3}"));
        assertThat(requests.get("encode.EncodeService#prioritize"))
                .isEqualTo(message("encode.PrioritizeRequest", "{video_id: 'v', priority: %d}".formatted(priority)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'priority':-1} | priority must be at least 0",
                "{'priority':101} | priority must be at most 100",
                "{'priority':'high'} | priority must be an integer",
                "{} | priority is required"
            })
    void refusesAPriorityThatThereIsNot(String body, String sentence) throws Exception {
        requests.remove("encode.EncodeService#prioritize");

        HttpResponse<String> answer = send("PUT", "/videos/3/priority", body, "Bearer token");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).at("/data/errors/priority/0").asText())
                .isEqualTo(sentence);
        assertThat(requests).doesNotContainKey("encode.EncodeService#prioritize");
    }

    @ParameterizedTest
    @CsvSource({"state=failed,state", "state=,state", "size=0,size", "size=101,size", "size=many,size"})
    void refusesAListOfSourceFilesThatThereIsNot(String query, String field) throws Exception {
        requests.remove("upload.UploadService#findSourceFiles");

        HttpResponse<String> answer = send("GET", "/sources?" + query, "", "Bearer token");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body())
                        .at("/data/errors/" + field + "/0")
                        .asText())
                .startsWith(field + " must be ");
        assertThat(requests).doesNotContainKey("upload.UploadService#findSourceFiles");
    }

    @Test
    void refusesACursorThatIsNone() throws Exception {
        fail(
                "upload.UploadService",
                "findSourceFiles",
                Fault.invalid(java.util.Map.of("cursor", List.of("cursor is none"))));

        assertThat(send("GET", "/sources?cursor=none", "", "Bearer token").statusCode())
                .isEqualTo(400);
    }

    @Test
    void prioritizesNoVideoThatIsNotThere() throws Exception {
        requests.remove("encode.EncodeService#prioritize");
        fail(
                "videocatalog.VideoCatalogService",
                "findById",
                Fault.notFound("VIDEO_UNKNOWN", "There is no such video."));

        assertThat(send("PUT", "/videos/3/priority", "{'priority':80}", "Bearer token")
                        .statusCode())
                .isEqualTo(404);
        assertThat(requests).doesNotContainKey("encode.EncodeService#prioritize");
    }

    @Test
    void hasNothingAcceptedThatABlockedUserIsUploading() throws Exception {
        answer("user.UserService", "blockUser", "user.BlockUserResponse", "{message: 'Success'}");
        answer("upload.UploadService", "endUploads", "upload.EndUploadsResponse", "{message: 'Success'}");

        assertThat(send("POST", "/users/3/block", "", "Bearer token").statusCode())
                .isEqualTo(200);
        assertThat(requests.get("upload.UploadService#endUploads"))
                .isEqualTo(message("upload.EndUploadsRequest", "{id: 3}"));

        fail("upload.UploadService", "endUploads", Fault.unavailable("DOWN", "Down."));
        assertThat(send("POST", "/users/3/block", "", "Bearer token").statusCode())
                .as("to be asked for again")
                .isEqualTo(503);
        assertThat(camel.getRoute("api-gateway-end-uploads")).isNotNull();
    }

    @Test
    void setsNoQuotaOfAUserWhoIsNotThere() throws Exception {
        requests.remove("upload.UploadService#setQuota");
        fail("user.UserService", "findById", Fault.notFound("USER_UNKNOWN", "There is no such user."));

        assertThat(send("PUT", "/users/3/quota", "{'max_videos':1}", "Bearer token")
                        .statusCode())
                .isEqualTo(404);
        assertThat(requests).doesNotContainKey("upload.UploadService#setQuota");
        assertThat(camel.getRoute("api-gateway-find-user")).isNotNull();
    }

    @Test
    void saysWhenToComeAgainAsTheServiceSaidIt() throws Exception {
        fail(
                "auth.AuthenticationService",
                "login",
                Fault.exhausted("TOO_MANY_LOGINS", "Wait.", Duration.ofSeconds(42)));

        HttpResponse<String> answer = send("POST", "/auth/login", "{'email':'a@b.cd','password':'secret'}", null);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("42");
        assertThat(json.readTree(answer.body()).path("message").asText()).isEqualTo("Too Many Requests");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK"})
    void givesEveryGrpcStatusItsHttpStatus(Status.Code code) throws Exception {
        fail("user.UserService", "findSettings", Fault.of(code, "SOME_REASON", "A sentence."));

        HttpResponse<String> answer = send("GET", "/auth/settings", "", "Bearer token");

        JsonNode problem = json.readTree(answer.body());
        int status =
                switch (code) {
                    case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
                    case UNAUTHENTICATED -> 401;
                    case PERMISSION_DENIED -> 403;
                    case NOT_FOUND -> 404;
                    case ALREADY_EXISTS, ABORTED -> 409;
                    case RESOURCE_EXHAUSTED -> 429;
                    case UNIMPLEMENTED -> 501;
                    case UNAVAILABLE -> 503;
                    case DEADLINE_EXCEEDED -> 504;
                    default -> 500;
                };
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("message")).isEqualTo(problem.path("title"));
        assertThat(problem.path("data").isObject()).isTrue();
        assertThat(problem.path("instance").asText())
                .endsWith(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(problem.path("detail").asText().equals("A sentence.")).isEqualTo(status != 500);
    }

    @Test
    void keepsTheInsideOfAnUnexpectedFailureToItself() throws Exception {
        handle("user.UserService", "findSettings", exchange -> {
            throw new IllegalStateException("jdbc:postgresql://secret");
        });

        HttpResponse<String> answer = send("GET", "/auth/settings", "", "Bearer token");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("urn:caravan:request:").doesNotContain("secret");
    }

    @Test
    void saysWhenToAskAgainWhileAServiceIsDown() throws Exception {
        fail("auth.AuthenticationService", "verifyToken", Fault.unavailable("DEPENDENCY_DOWN", "Down."));

        HttpResponse<String> answer = send("GET", "/auth/profile", "", "Bearer token");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void namesEveryFieldOfARefusedRequest() throws Exception {
        fail("auth.AuthenticationService", "register", Fault.invalid("email", "email must be an email"));

        HttpResponse<String> answer =
                send("POST", "/auth/register", "{'name':'Ann','email':'a@b.cd','password':'secret'}", null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).path("data"))
                .isEqualTo(tree("{'errors':{'name':[],'email':['email must be an email'],'password':[]}}"));
    }

    @Test
    void namesTheFieldsOfAConflict() throws Exception {
        fail(
                "upload.UploadService",
                "uploadedWebhook",
                Fault.conflict("ACCEPTED_OTHERWISE", "Another title.", Map.of("title", List.of("title is another"))));

        HttpResponse<String> answer = send(
                "POST",
                "/videos/upload/webhook",
                "{'video_id':'v','thumbnail_id':'t','title':'T','description':'D'}",
                "Bearer token");

        JsonNode problem = json.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(problem.path("type").asText()).isEqualTo("urn:caravan:problem:accepted-otherwise");
        assertThat(problem.path("message").asText()).isEqualTo("Conflict");
        assertThat(problem.path("data"))
                .isEqualTo(
                        tree(
                                "{'errors':{'video_id':[],'thumbnail_id':[],'title':['title is another'],'description':[],'visibility':[]}}"));
    }

    @Test
    void countsCharactersOnceTheyAreComposedAndPassesTextOnAsItCame() throws Exception {
        String title = "u\u0308".repeat(255);
        handle("upload.UploadService", "uploadedWebhook", exchange -> {
            assertThat(exchange.getMessage()
                            .getBody(UploadedWebhookRequest.class)
                            .getTitle())
                    .isEqualTo(title);
            exchange.getMessage().setBody(UploadedWebhookResponse.getDefaultInstance());
        });

        String body = "{'video_id':'v','thumbnail_id':'t','title':'%s','description':'D'}";
        HttpResponse<String> taken = send("POST", "/videos/upload/webhook", body.formatted(title), "Bearer token");
        HttpResponse<String> longer =
                send("POST", "/videos/upload/webhook", body.formatted(title + "x"), "Bearer token");
        HttpResponse<String> unseen =
                send("POST", "/videos/upload/webhook", body.formatted("\u202e\u2066"), "Bearer token");

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(longer.body()).contains("title must be at most 255 characters");
        assertThat(unseen.body()).contains("title is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{'name':['name is required'],'email':['email is required'],'password':['password is required']}",
                "{'name':'','email':'a@b.cd','password':'secret'}|{'name':['name is required'],'email':[],'password':[]}",
                "{'name':'An','email':'a@b.cd','password':'1234'}|{'name':['name must be at least 3 characters'],'email':[],'password':['password must be at least 5 characters']}",
                "{'name':5,'email':'nobody','password':null}|{'name':['name must be a string'],'email':['email must be an email'],'password':['password must be a string']}",
                "{'name':'Ann','email':'a@b.cd','password':'secret','role':'admin'}|{'name':[],'email':[],'password':[],'role':['role is not a known field']}",
                "[]|{'name':[],'email':[],'password':[],'body':['body must be an object']}",
            })
    void refusesABodyThatIsNotAsTheContractSays(String body, String errors) throws Exception {
        HttpResponse<String> answer = send("POST", "/auth/register", body, null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).path("data").path("errors")).isEqualTo(tree(errors));
        assertThat(mock("auth.AuthenticationService").getExchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":", "{'a'}", "{} {}", "{\"name\":1,\"name\":2}", "\u0000", "not json"})
    void saysWhereABodyIsNoJson(String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/auth/register"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).at("/data/errors/body/0").asText())
                .startsWith("body must be JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "/videos/abc,id must be an integer",
        "/videos/0,id must be at least 1",
        "/videos/99999999999,id must be at most 2147483647",
        "/videos?page=0,page must be at least 1",
        "/videos?size=101,size must be at most 100",
        "/videos?owner=x,owner must be an integer"
    })
    void refusesAParameterThatIsNotAsTheContractSays(String path, String sentence) throws Exception {
        HttpResponse<String> answer = send("GET", path, "", null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(sentence);
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        HttpResponse<String> answer = send("POST", "/auth/login", "{'email':'" + "x".repeat(200_000) + "'}", null);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json.readTree(answer.body()).path("message").asText()).isEqualTo("Content Too Large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing/here,404,Resource Not Found",
        "DELETE,/videos,405,Method Not Allowed",
        "GET,/auth/login,405,Method Not Allowed",
        "GET,/videos/upload,405,Method Not Allowed"
    })
    void answersWhatIsNoOperationInTheSameEnvelope(String method, String path, int status, String message)
            throws Exception {
        HttpResponse<String> answer = send(method, path, "", null);

        JsonNode problem = json.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(problem.path("message").asText()).isEqualTo(message);
        assertThat(problem.path("data")).isEqualTo(json.createObjectNode());
    }

    @Test
    void allowsAnyOriginAndAnswersAPreflightWithNoContent() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/videos/upload/webhook"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", "https://player.example")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(answer.headers().firstValue("access-control-allow-methods"))
                .contains("GET, POST, PUT, PATCH, DELETE, OPTIONS");
        assertThat(answer.headers().firstValue("access-control-allow-headers")).contains("authorization");
    }

    @Test
    void isHealthyWhenEveryServiceIs() throws Exception {
        health(HealthCheckResponse.ServingStatus.SERVING);

        HttpResponse<String> answer = send("GET", "/health", "", null);

        assertThat(camel.getRoute("api-gateway-health")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.readTree(answer.body()).path("message").asText()).isEqualTo("All services are healthy!");
        assertThat(json.readTree(answer.body()).at("/data/status").asText()).isEqualTo("healthy");
        assertThat(json.readTree(answer.body()).at("/data/services")).hasSize(5);
    }

    @Test
    void isDegradedWhenAServiceIsDownOrNotServing() throws Exception {
        health(HealthCheckResponse.ServingStatus.SERVING);
        mockAt("encode").whenAnyExchangeReceived(exchange -> {
            throw Fault.unavailable("UNAVAILABLE", "Down.");
        });

        HttpResponse<String> answer = send("GET", "/health", "", null);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json.readTree(answer.body()).path("message").asText()).isEqualTo("Some services are not available!");
        assertThat(json.readTree(answer.body()).at("/data/services/encode").asText())
                .isEqualTo("unavailable");
        assertThat(json.readTree(answer.body()).at("/data/services/user").asText())
                .isEqualTo("healthy");
    }

    @Test
    void servesTheContractItKeeps() throws Exception {
        HttpResponse<String> answer = send("GET", "/openapi.yaml", "", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("openapi: 3");
        assertThat(camel.getRoute("api-gateway-rest")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/html", "application/problem+json"})
    void answersWhateverAClientSaysItAccepts(String accept) throws Exception {
        answer("videocatalog.VideoCatalogService", "findAll", "videocatalog.FindAllResponse", DONE);

        HttpResponse<String> answer = http.send(
                request("GET", "/videos", "", null).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void letsThePageTakeNothingFromElsewhere() throws Exception {
        for (String path : List.of("/", "/docs")) {
            HttpResponse<String> answer = send("GET", path, "", null);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("script-src 'self';", "style-src 'self' 'sha256-")
                            .doesNotContain("unsafe"));
        }
    }

    @Test
    void servesMetricsInPrometheusFormat() throws Exception {
        HttpResponse<String> answer = send("GET", "/metrics", "", null);

        assertThat(answer.body()).contains("camel_exchanges_total");
    }

    @Test
    void refusesAnUploadWithoutAToken() throws Exception {
        fail("auth.AuthenticationService", "verifyToken", Fault.unauthenticated("NO_TOKEN", "There is no token."));

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/videos/upload?title=T&description=D"))
                        .header("Content-Type", "video/mp4")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1 << 20]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(camel.getRoute("api-gateway-upload-endpoint")).isNotNull();
        assertThat(camel.getRoute("api-gateway-upload-video")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void saysThatTheUploadServiceAndTheKeysAreNotAvailable() throws Exception {
        HttpResponse<String> upload = http.send(
                request("POST", "/videos/upload?title=T&description=D", "x".repeat(300_000), "Bearer token")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> keys = send("GET", "/.well-known/jwks.json", "", null);

        assertThat(camel.getRoute("api-gateway-jwks")).isNotNull();
        assertThat(upload.statusCode()).isEqualTo(503);
        assertThat(keys.statusCode()).isEqualTo(503);
    }

    private void health(HealthCheckResponse.ServingStatus status) {
        for (String service : List.of("user", "authentication", "upload", "video-catalog", "encode")) {
            mockAt(service).whenAnyExchangeReceived(exchange -> exchange.getMessage()
                    .setBody(HealthCheckResponse.newBuilder().setStatus(status).build()));
        }
    }

    private MockEndpoint mockAt(String service) {
        return camel.getEndpoint(
                "mock:grpc:" + camel.resolvePropertyPlaceholders("{{" + service + ".address}}")
                        + "/io.grpc.health.v1.Health",
                MockEndpoint.class);
    }

    private MockEndpoint mock(String service) {
        String owner =
                switch (service.substring(0, service.indexOf('.'))) {
                    case "auth" -> "authentication";
                    case "videocatalog" -> "video-catalog";
                    default -> service.substring(0, service.indexOf('.'));
                };
        return camel.getEndpoint(
                "mock:grpc:" + camel.resolvePropertyPlaceholders("{{" + owner + ".address}}") + "/dev.caravan.proto."
                        + service,
                MockEndpoint.class);
    }

    private void answer(String service, String rpc, String type, String response) throws Exception {
        Message message = message(type, response);
        handle(service, rpc, exchange -> {
            requests.put(service + "#" + rpc, exchange.getMessage().getBody());
            callers.put(
                    service + "#" + rpc, String.valueOf(exchange.getMessage().getHeader("x-user-id")));
            exchange.getMessage().setBody(message);
        });
    }

    private void fail(String service, String rpc, Fault fault) {
        handle(service, rpc, exchange -> {
            throw fault;
        });
    }

    /** All methods of a service have one mock; the request's type tells which is called. */
    private void handle(String service, String rpc, Processor handler) {
        handlers.put(Character.toUpperCase(rpc.charAt(0)) + rpc.substring(1) + "Request", handler);
        mock(service).whenAnyExchangeReceived(exchange -> handlers.get(
                        exchange.getMessage().getBody().getClass().getSimpleName())
                .process(exchange));
    }

    private static Message message(String type, String text) throws Exception {
        Message.Builder builder = (Message.Builder) Class.forName("dev.caravan.proto." + type)
                .getMethod("newBuilder")
                .invoke(null);
        JsonFormat.parser().merge(text, builder);
        return builder.build();
    }

    private HttpResponse<String> send(String method, String path, String body, String authorization) throws Exception {
        return http.send(
                request(method, path, body.replace('\'', '"'), authorization).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private JsonNode tree(String text) throws Exception {
        return json.readTree(text.replace('\'', '"'));
    }
}
