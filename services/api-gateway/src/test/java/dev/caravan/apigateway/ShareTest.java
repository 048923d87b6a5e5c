package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindDownloadsRequest;
import dev.caravan.proto.videocatalog.FindSitemapRequest;
import io.grpc.Status;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.HtmlUtils;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What other sites show and find of videos. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
@DirtiesContext
class ShareTest {

    private static final StubServices SERVICES = new StubServices();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WALK =
            "id: 3, visibility: 'public', title: 'A walk', description: 'With the dog.\\nIn the rain.', "
                    + "resolution: '1920x1080', duration: 64, duration_ms: 64500, published_at: '2026-01-02T03:04:05Z', "
                    + "tags: ['dog', 'rain'], language: 'en', licence: 'CC BY 4.0', user: {id: 7, name: 'Ann'}, thumbnails: ["
                    + "{url: 'https://cdn.example/large.jpg?Policy=p', width: 1280, height: 720, type: 'image/jpeg'}, "
                    + "{url: 'https://cdn.example/large.webp?Policy=p', width: 1280, height: 720, type: 'image/webp'}, "
                    + "{url: 'https://cdn.example/small.jpg?Policy=p', width: 320, height: 180, type: 'image/jpeg'}]";
    private static final String HOSTILE =
            "id: 4, title: '</title><b>]]>&amp;\\\"x\\u0000\\u001b', visibility: 'public', "
                    + "published_at: '2026-01-02T03:04:05Z', embed_origins: ['https://example.org'], user: {id: 8, name: '&'}";
    private static final String FIND = "videocatalog.VideoCatalogService/FindById";

    @LocalServerPort
    int port;

    @Autowired
    CamelContext camel;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void everybodyIsWell() {
        SERVICES.reset();
    }

    @Test
    void letsAVideoBeEmbeddedEverywhereUnlessItsOwnerSaysWhere() throws Exception {
        video("id: 3, visibility: 'unlisted'");
        HttpResponse<String> everywhere = get("/embed/3?start=5&end=9&autoplay=1&muted=1&captions=pt-BR&title=0");
        video("id: 3, embed_origins: ['https://example.org', 'https://*.example.com:8443']");
        HttpResponse<String> somewhere = get("/embed/3");

        assertThat(camel.getRoute("api-gateway-show-embed")).isNotNull();
        assertThat(camel.getRoute("api-gateway-find-shared-video")).isNotNull();
        assertThat(everywhere.statusCode()).isEqualTo(200);
        assertThat(everywhere.body()).contains("/assets/embed.js");
        assertThat(everywhere.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(everywhere.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .satisfies(policy ->
                        assertThat(policy).contains("script-src 'self';").endsWith("; frame-ancestors *"));
        assertThat(ancestors(somewhere)).isEqualTo("'self' https://example.org https://*.example.com:8443");
        assertThat(somewhere.headers().firstValue("X-Frame-Options")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.b; script-src *",
                "https://a.b\\r\\nSet-Cookie: x=y",
                "*",
                "'unsafe-inline'",
                "https://a.b https://c.d",
                "javascript:alert(1)"
            })
    void putsNothingButOriginsIntoThePolicy(String hostile) throws Exception {
        video("id: 3, embed_origins: [\"" + hostile + "\"]");

        HttpResponse<String> answer = get("/embed/3");

        assertThat(ancestors(answer)).isEqualTo("'self'");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void embedsWhatEverybodyMaySeeAndTellsNothingOfOthers() throws Exception {
        SERVICES.refuse(FIND, Status.NOT_FOUND);

        HttpResponse<String> answer = send("/embed/3?link=secret", "Bearer admin");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/assets/embed.js");
        assertThat(ancestors(answer)).isEqualTo("*");
        assertThat(SERVICES.calls()).singleElement().satisfies(call -> {
            assertThat(call.request())
                    .isEqualTo(FindByIdRequest.newBuilder().setId(3).build());
            assertThat(call.metadata()).doesNotContainKeys("authorization", "x-user-id", "x-user-role");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"start=-1", "end=x", "autoplay=yes", "muted=2", "title=", "start=1&start=2"})
    void refusesParametersOfAnEmbedThatMeanNothing(String query) throws Exception {
        HttpResponse<String> answer = get("/embed/3?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"" + query.replaceAll("=.*", "") + "\":[\"");
        assertThat(SERVICES.calls()).isEmpty();
    }

    @Test
    void saysThatTheCatalogueIsDown() throws Exception {
        SERVICES.fail(FIND, StubServices.Failure.UNAVAILABLE);

        assertThat(get("/embed/3").statusCode()).isEqualTo(503);
        HttpResponse<String> page = get("/watch/3");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(page.body()).contains("/assets/app.js");
    }

    @Test
    void saysOfAPublicVideoInTheHeadOfItsPageWhatItIs() throws Exception {
        video(WALK);

        HttpResponse<String> answer = get("/watch/3?t=5");

        assertThat(camel.getRoute("api-gateway-show-video-page")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).endsWith("frame-ancestors 'none'"));
        assertThat(answer.body())
                .contains(
                        "/assets/app.js",
                        "<title>A walk · Caravan</title>",
                        "<meta name=\"description\" content=\"With the dog. In the rain.\">",
                        "<link rel=\"canonical\" href=\"http://localhost:4000/watch/3\">",
                        "type=\"application/json+oembed\" href=\"http://localhost:4000/oembed?url=http%3A%2F%2Flocalhost%3A4000%2Fwatch%2F3\"",
                        "<meta property=\"og:image\" content=\"http://localhost:4000/videos/3/thumbnail\">",
                        "<meta property=\"og:image:width\" content=\"1280\">",
                        "<meta property=\"og:video\" content=\"http://localhost:4000/embed/3\">",
                        "<meta property=\"og:video:width\" content=\"1280\">",
                        "<meta property=\"og:video:height\" content=\"720\">",
                        "<meta property=\"video:tag\" content=\"dog\">",
                        "<meta name=\"twitter:card\" content=\"player\">")
                .doesNotContain("noindex", "Upload a video");
        assertThat(linkedData(answer)).isEqualTo(JSON.readTree("""
                        {"@context": "https://schema.org", "@type": "VideoObject", "name": "A walk",
                        "description": "With the dog.\\nIn the rain.", "url": "http://localhost:4000/watch/3",
                        "thumbnailUrl": ["http://localhost:4000/videos/3/thumbnail"],
                        "uploadDate": "2026-01-02T03:04:05Z", "duration": "PT1M4.5S",
                        "embedUrl": "http://localhost:4000/embed/3", "inLanguage": "en", "license": "CC BY 4.0",
                        "keywords": "dog, rain",
                        "author": {"@type": "Person", "name": "Ann", "url": "http://localhost:4000/#/?owner=7"}}"""));
    }

    @Test
    void offersThePlayerOnCardsOnlyWhereEverybodyMayEmbedTheVideo() throws Exception {
        video(WALK + ", embed_origins: ['https://example.org']");

        HttpResponse<String> answer = get("/watch/3");

        assertThat(answer.body())
                .contains("<meta name=\"twitter:card\" content=\"summary_large_image\">")
                .doesNotContain("og:video\"", "twitter:player", "embedUrl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</title><script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "</script><script>alert(1)</script>",
                "<!--<script>",
                "' onload='alert(1)",
                "$0 \\1 &amp;lt; {{x}}"
            })
    void takesNothingThatPeopleWroteForMarkup(String hostile) throws Exception {
        SERVICES.answer(
                FIND,
                JSON.writeValueAsString(Map.of(
                        "message",
                        "Success",
                        "data",
                        Map.of(
                                "video",
                                Map.of(
                                        "id",
                                        3,
                                        "visibility",
                                        "public",
                                        "title",
                                        hostile,
                                        "description",
                                        hostile,
                                        "licence",
                                        hostile,
                                        "tags",
                                        List.of(hostile),
                                        "user",
                                        Map.of("id", 7, "name", hostile))))));

        HttpResponse<String> answer = get("/watch/3");

        String withoutText = answer.body()
                .replace(HtmlUtils.htmlEscape(hostile, "UTF-8"), "")
                .replaceFirst("(?s)<script type=\"application/ld\\+json\">[^<]*</script>", "");
        assertThat(withoutText).doesNotContain("alert(1)", "<img", "<!--<script>", "{{x}}");
        assertThat(linkedData(answer).path("name").asText()).isEqualTo(hostile);
        assertThat(get("/oembed?url=http://localhost:4000/watch/3").body())
                .satisfies(body -> assertThat(JSON.readTree(body).path("html").asText())
                        .contains(" title=\"" + HtmlUtils.htmlEscape(hostile, "UTF-8") + "\" "));
    }

    @Test
    void saysTheSameOfVideosThatAreNotListedNotForEverybodyOrNotThere() throws Exception {
        video("id: 3, title: 'Secret', visibility: 'unlisted'");
        HttpResponse<String> unlisted = get("/watch/3");
        SERVICES.reset();
        SERVICES.refuse(FIND, Status.NOT_FOUND);
        HttpResponse<String> unknown = send("/watch/3", "Bearer user");

        assertThat(camel.getRoute("api-gateway-show-no-video")).isNotNull();
        assertThat(unlisted.body())
                .isEqualTo(unknown.body())
                .contains("<title>Caravan</title><meta name=\"robots\" content=\"noindex\">");
        assertThat(unlisted.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(200);
        assertThat(SERVICES.methods()).containsOnly(FIND);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:4000/watch/3, '', 640, 360",
        "http://localhost:4000/#/watch/3, '', 640, 360",
        "http://localhost:4000/embed/3?start=5, '&format=json', 640, 360",
        "http://localhost:4000/watch/3?t=5#x, '&maxwidth=320', 320, 180",
        "http://localhost:4000/watch/3, '&maxwidth=9999&maxheight=90', 160, 90",
        "http://localhost:4000/watch/3, '&maxwidth=1&maxheight=1', 1, 1"
    })
    void saysHowAVideoIsEmbeddedAndKeepsToTheRoomThereIs(String url, String more, int width, int height)
            throws Exception {
        video(WALK);

        HttpResponse<String> answer = get("/oembed?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + more);

        assertThat(camel.getRoute("api-gateway-show-oembed")).isNotNull();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode oembed = JSON.readTree(answer.body());
        assertThat(oembed.path("version").asText()).isEqualTo("1.0");
        assertThat(oembed.path("type").asText()).isEqualTo("video");
        assertThat(oembed.path("title").asText()).isEqualTo("A walk");
        assertThat(oembed.path("author_name").asText()).isEqualTo("Ann");
        assertThat(oembed.path("width").asInt()).isEqualTo(width);
        assertThat(oembed.path("height").asInt()).isEqualTo(height);
        assertThat(oembed.path("html").asText())
                .startsWith("<iframe src=\"http://localhost:4000/embed/3\" width=\"%d\" height=\"%d\" title=\"A walk\""
                        .formatted(width, height));
        assertThat(oembed.path("thumbnail_width").asInt(0)).isLessThanOrEqualTo(more.contains("320") ? 320 : 1280);
        assertThat(oembed.has("thumbnail_url")).isEqualTo(height >= 180);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example/watch/3",
                "http://localhost:4000.evil.example/watch/3",
                "http://localhost:4000@evil.example/watch/3",
                "http://localhost:4000/watch/3/../4",
                "http://localhost:4000/watch/99999999999",
                "http://localhost:4000/watch/2147483648",
                "http://localhost:4000/watch/0",
                "http://localhost:4000/videos/3",
                "javascript:alert(1)",
                "3"
            })
    void knowsNoVideoAtOtherAddresses(String url) throws Exception {
        HttpResponse<String> answer = get("/oembed?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(SERVICES.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "?url=http://localhost:4000/watch/3&format=xml, 501",
        "?url=http://localhost:4000/watch/3&maxwidth=0, 400",
        "?url=http://localhost:4000/watch/3&url=http://localhost:4000/watch/4, 400"
    })
    void refusesAnOembedThatCanNotBeAnswered(String query, int status) throws Exception {
        assertThat(get("/oembed" + query).statusCode()).isEqualTo(status);
        assertThat(SERVICES.calls()).isEmpty();
    }

    @Test
    void tellsNothingOfAVideoThatIsNotForEverybody() throws Exception {
        SERVICES.refuse(FIND, Status.NOT_FOUND);

        for (String path : List.of("/oembed?url=http://localhost:4000/watch/3", "/videos/3/thumbnail")) {
            assertThat(send(path, "Bearer admin").statusCode()).as(path).isEqualTo(404);
        }
        assertThat(SERVICES.methods()).containsOnly(FIND);
    }

    @ParameterizedTest
    @CsvSource({"'', large", "?width=1280, large", "?width=1279, small", "?width=2, small"})
    void leadsToThePictureOfNow(String query, String picture) throws Exception {
        video(WALK);

        HttpResponse<String> answer = get("/videos/3/thumbnail" + query);

        assertThat(camel.getRoute("api-gateway-show-thumbnail")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("https://cdn.example/" + picture + ".jpg?Policy=p");
        video("id: 3");
        assertThat(get("/videos/3/thumbnail").statusCode()).isEqualTo(404);
    }

    @Test
    void leadsToTheFileOfNow() throws Exception {
        HttpResponse<String> answer = get("/videos/3/downloads/720p?link=secret");

        assertThat(camel.getRoute("api-gateway-show-download")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("https://cdn.example/720p.mp4?Expires=1");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(SERVICES.calls())
                .extracting(StubServices.Call::request)
                .containsExactly(FindDownloadsRequest.newBuilder()
                        .setId(3)
                        .setLink("secret")
                        .setRendition("720p")
                        .build());
        SERVICES.refuse("videocatalog.VideoCatalogService/FindDownloads", Status.PERMISSION_DENIED);
        assertThat(get("/videos/3/downloads/720p").statusCode()).isEqualTo(403);
        assertThat(get("/videos/3/downloads/..%2F3").statusCode()).isEqualTo(400);
    }

    @Test
    void tellsReadersOfFeedsWhatIsNew() throws Exception {
        SERVICES.answer(
                "videocatalog.VideoCatalogService/FindAll",
                "{message: 'Success', data: {videos: [{" + WALK + ", downloads: 'renditions', download_files: ["
                        + "{rendition: '720p', width: 1280, height: 720, size: 5000000000}, {rendition: '360p', size: 9}]}, {"
                        + HOSTILE + "}]}}");

        HttpResponse<String> all = send("/feed.xml", "Bearer admin");
        HttpResponse<String> own = get("/feed.xml?owner=7");

        assertThat(camel.getRoute("api-gateway-show-feed")).isNotNull();
        assertThat(all.headers().firstValue("Content-Type")).hasValue("application/rss+xml;charset=utf-8");
        Document feed = xml(all);
        assertThat(texts(feed, "/rss/channel/title")).containsExactly("Caravan");
        assertThat(texts(feed, "/rss/channel/item/title")).containsExactly("A walk", "</title><b>]]>&amp;\"x");
        assertThat(texts(feed, "/rss/channel/item/link").get(0)).isEqualTo("http://localhost:4000/watch/3");
        assertThat(texts(feed, "/rss/channel/item/pubDate").get(0)).isEqualTo("Fri, 2 Jan 2026 03:04:05 GMT");
        assertThat(texts(feed, "/rss/channel/item/category")).containsExactly("dog", "rain");
        assertThat(texts(feed, "//*[name()='media:thumbnail']/@url"))
                .containsExactly(
                        "http://localhost:4000/videos/3/thumbnail", "http://localhost:4000/videos/4/thumbnail");
        assertThat(texts(feed, "//*[name()='media:player']/@url")).containsExactly("http://localhost:4000/embed/3");
        // By an address that leads to the file for as long as the entry is in somebody's reader.
        assertThat(texts(feed, "/rss/channel/item/enclosure/@url"))
                .containsExactly("http://localhost:4000/videos/3/downloads/720p");
        assertThat(texts(feed, "/rss/channel/item/enclosure/@length")).containsExactly("5000000000");
        assertThat(texts(feed, "/rss/channel/item/enclosure/@type")).containsExactly("video/mp4");
        assertThat(texts(xml(own), "/rss/channel/title")).containsExactly("Ann · Caravan");
        assertThat(texts(xml(own), "/rss/channel/*[name()='atom:link']/@href"))
                .containsExactly("http://localhost:4000/feed.xml?owner=7");
        assertThat(SERVICES.calls())
                .extracting(StubServices.Call::request)
                .containsExactly(
                        FindAllRequest.getDefaultInstance(),
                        FindAllRequest.newBuilder().setOwner(7).build());
        assertThat(SERVICES.calls())
                .allSatisfy(call -> assertThat(call.metadata()).doesNotContainKey("x-user-id"));
    }

    @Test
    void tellsSearchEnginesOfThePagesAndOfTheVideosOfOne() throws Exception {
        String find = "videocatalog.VideoCatalogService/FindSitemap";
        SERVICES.answer(find, "{message: 'Success', data: {pages: [1, 7]}}");
        HttpResponse<String> index = get("/sitemap.xml");
        SERVICES.answer(
                find,
                "{message: 'Success', data: {videos: [{id: 3, title: 'A walk', description: 'D', embeddable: true, "
                        + "published_at: '2026-01-02T03:04:05Z', duration: 64, tags: ['dog']}, {id: 4, title: '<x>\\u0001', "
                        + "embeddable: true, duration: 30000}, {id: 5, title: 'Elsewhere'}]}}");
        HttpResponse<String> page = get("/sitemap.xml?page=7");

        assertThat(camel.getRoute("api-gateway-show-sitemap")).isNotNull();
        assertThat(index.headers().firstValue("Content-Type")).hasValue("application/xml;charset=utf-8");
        assertThat(texts(xml(index), "/sitemapindex/sitemap/loc"))
                .containsExactly(
                        "http://localhost:4000/sitemap.xml?page=1", "http://localhost:4000/sitemap.xml?page=7");
        Document urls = xml(page);
        assertThat(texts(urls, "/urlset/url/loc"))
                .containsExactly(
                        "http://localhost:4000/watch/3",
                        "http://localhost:4000/watch/4",
                        "http://localhost:4000/watch/5");
        assertThat(texts(urls, "//*[name()='video:title']")).containsExactly("A walk", "<x>");
        assertThat(texts(urls, "//*[name()='video:player_loc']"))
                .containsExactly("http://localhost:4000/embed/3", "http://localhost:4000/embed/4");
        assertThat(texts(urls, "//*[name()='video:duration']")).containsExactly("64");
        assertThat(texts(urls, "//*[name()='video:publication_date']").get(0)).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(SERVICES.calls())
                .extracting(StubServices.Call::request)
                .containsExactly(
                        FindSitemapRequest.getDefaultInstance(),
                        FindSitemapRequest.newBuilder().setPage(7).build());
        assertThat(get("/sitemap.xml?page=0").statusCode()).isEqualTo(400);
    }

    private static Document xml(HttpResponse<String> answer) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(answer.body())));
    }

    private static List<String> texts(Document document, String path) throws Exception {
        NodeList nodes =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(at -> nodes.item(at).getTextContent())
                .toList();
    }

    private static JsonNode linkedData(HttpResponse<String> answer) throws Exception {
        Matcher data = Pattern.compile("<script type=\"application/ld\\+json\">([^<]*)</script>")
                .matcher(answer.body());
        assertThat(data.find()).isTrue();
        return JSON.readTree(data.group(1));
    }

    private static void video(String fields) {
        SERVICES.answer(FIND, "{message: 'Success', data: {video: {" + fields + "}}}");
    }

    private static String ancestors(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .replaceFirst(".*; frame-ancestors ", "");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, null);
    }

    private HttpResponse<String> send(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
