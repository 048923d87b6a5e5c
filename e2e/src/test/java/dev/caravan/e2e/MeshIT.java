package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The map of the running system, as an operator sees it. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
class MeshIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSWORD = "secret-words";
    private static final String GRAPH = "document.querySelector('[data-testid=mesh-canvas]')._cyreg.cy";

    /** All that has a label, with where it is on the screen. */
    private static final String BOXES = "return " + GRAPH
            + ".nodes(':childless').map(node => ({id: node.id(), label: node.data('label'),"
            + " ...node.renderedBoundingBox({includeOverlays: false})}))";

    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        browser = new Browser();
        browser.likeADesk();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void drawsEveryServiceAndMovesWithTheTraffic(PlatformProcess platform) throws IOException {
        showTheMesh(platform);
        assertThat(browser.run("return location.hash")).isEqualTo("#/mesh");
        List<Map<String, Object>> boxes = boxes();
        assertThat(boxes)
                .extracting(box -> box.get("id"))
                .contains(
                        "api-gateway",
                        "authentication",
                        "user",
                        "upload",
                        "encode",
                        "video-catalog",
                        "cdn-edge",
                        "PostgreSQL",
                        "S3",
                        "Clients");
        assertThat(edges())
                .contains(
                        "Clients → api-gateway",
                        "api-gateway → video-catalog",
                        "upload → encode",
                        "encode → video-catalog",
                        "cdn-edge → video-catalog",
                        "authentication → user");

        Client client = Client.anonymous(platform);
        for (int call = 0; call < 30; call++) {
            client.get("/videos");
        }

        browser.await(labelOf("api-gateway") + ".match(/\\n(?!0\\/s)[\\d.]+\\/(s|min) · p95 (<|\\d)/)", SOON);
        browser.await(labelOf("api-gateway → video-catalog label") + ".match(/^gRPC\\n[\\d.]+\\/(s|min) · /)", SOON);
        assertThat(browser.run("return " + GRAPH + ".getElementById('api-gateway').data('health')"))
                .isEqualTo("good");
        assertLegible(boxes(), 8);
        assertDrawn("20-mesh");
        browser.inTheDark();
        browser.await("getComputedStyle(document.body).backgroundColor === 'rgb(20, 18, 15)'", SOON);
        assertDrawn("21-mesh-dark");
        browser.assertNoComplaints();
    }

    @Test
    void drawsAllRoutesSoThatTheyCanBeRead(PlatformProcess platform) throws IOException {
        showTheMesh(platform);

        browser.click("mesh-unfold");
        browser.await(GRAPH + ".nodes('[kind=\"route\"]').length > 100", SOON);

        assertThat(browser.number(GRAPH + ".nodes('[kind=\"route\"]').length"))
                .isEqualTo(browser.number("Number(document.querySelector('[data-testid=mesh-state]').dataset.routes)"));
        assertThat(edges())
                .contains(
                        "user/user-grpc-endpoint → user/user-find-by-id",
                        "api-gateway/api-gateway-rest → api-gateway/api-gateway-login",
                        "upload/upload-retry-until-accepted → encode/encode-grpc-endpoint",
                        "cdn-edge/cdn-edge-manifest → video-catalog/video-catalog-manifest-endpoint");
        assertThat(browser.run("return " + GRAPH + ".nodes('[kind=\"missing\"]').map(node => node.id())"))
                .isEqualTo(List.of());
        // All of some three hundred at once; with less the map leaves letters out.
        assertLegible(boxes(), 6);
        assertDrawn("22-mesh-routes");
        browser.assertNoComplaints();
    }

    @Test
    void showsWhatAClickIsOn(PlatformProcess platform) throws IOException {
        Client.anonymous(platform).get("/videos");
        showTheMesh(platform);
        Map<String, Object> gateway = box("api-gateway");

        browser.clickAt("mesh-canvas", middle(gateway, "x"), middle(gateway, "y"));
        browser.awaitText("mesh-panel-title", "api-gateway");
        browser.run("[...document.querySelectorAll('[data-testid=mesh-panel] button.link')]"
                + ".find(button => button.textContent === 'api-gateway-find-videos').click()");

        browser.awaitText("mesh-panel-title", "api-gateway-find-videos");
        browser.awaitText("mesh-yaml", "id: api-gateway-find-videos");
        browser.awaitText("mesh-description", ".");
        browser.awaitText("mesh-letters", "There are none");
        assertThat(Integer.parseInt(browser.text("mesh-total"))).isPositive();
        browser.screenshot("23-mesh-route");

        Path file = platform.routes.resolve("api-gateway/videos/api-gateway-find-videos.yaml");
        String before = Files.readString(file);
        try {
            Files.writeString(file, before.replaceFirst("description: .*", "description: Lists what was edited."));
            browser.awaitText("mesh-yaml", "Lists what was edited.");
            browser.awaitText("mesh-description", "Lists what was edited.");
        } finally {
            Files.writeString(file, before);
        }
        browser.click("mesh-panel-close");
        browser.click("mesh-fit");
        Map<String, Object> user = box("user");
        browser.doubleClickAt("mesh-canvas", middle(user, "x"), middle(user, "y"));
        browser.await(GRAPH + ".getElementById('user/user-grpc-endpoint').nonempty()", SOON);
        // It makes room for the panel, so that nothing of it is beyond the edge.
        browser.await(GRAPH + ".elements().renderedBoundingBox().x2 <= " + GRAPH + ".width()", SOON);
        browser.assertNoComplaints();
    }

    @Test
    void canBeReadAndUsedWithoutTheMap(PlatformProcess platform) {
        showTheMesh(platform);
        browser.click("mesh-as-list");
        browser.fill("mesh-search", "user-find-by-id");
        browser.await("document.querySelectorAll('[data-testid=mesh-row]').length === 1", SOON);

        browser.pressEnter("mesh-row");

        browser.awaitText("mesh-panel-title", "user-find-by-id");
        browser.await("document.activeElement.dataset.testid === 'mesh-panel-title'", SOON);
        browser.awaitText("mesh-yaml", "id: user-find-by-id");
        browser.screenshot("24-mesh-list");
        browser.assertNoComplaints();
    }

    @Test
    void isNobodyElsesBusiness(PlatformProcess platform) {
        String email = "viewer-" + UUID.randomUUID() + "@example.org";
        Client viewer = Client.register(platform, email, PASSWORD);

        browser.open(platform.url() + "/mesh");
        logIn(email, PASSWORD);

        browser.awaitText("only-administrators", "Only administrators");
        assertThat(browser.all("mesh-canvas")).isEmpty();
        assertThat(viewer.get("/mesh/services").status()).isEqualTo(403);
        browser.screenshot("25-mesh-refused");
        browser.assertNoComplaints();
    }

    private void showTheMesh(PlatformProcess platform) {
        browser.open(platform.url() + "/mesh");
        logIn(Client.ADMIN_EMAIL, platform.adminPassword());
        browser.await("document.querySelector('[data-testid=mesh-state]')?.dataset.services === '7'", SOON);
    }

    private void logIn(String email, String password) {
        browser.fill("login-email", email);
        browser.fill("login-password", password);
        browser.click("login-form-submit");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> boxes() {
        return (List<Map<String, Object>>) browser.run(BOXES);
    }

    @SuppressWarnings("unchecked")
    private List<String> edges() {
        return (List<String>) browser.run("return " + GRAPH + ".edges().map(edge => edge.id())");
    }

    private Map<String, Object> box(String id) {
        return boxes().stream()
                .filter(box -> box.get("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String labelOf(String id) {
        return GRAPH + ".getElementById('" + id + "').data('label')";
    }

    private static double middle(Map<String, Object> box, String axis) {
        return (side(box, axis + "1") + side(box, axis + "2")) / 2;
    }

    private static double side(Map<String, Object> box, String name) {
        return ((Number) box.get(name)).doubleValue();
    }

    /** Nothing covers anything, nothing is cut off, and the smallest letters have this many pixels. */
    private void assertLegible(List<Map<String, Object>> boxes, double pixels) {
        double width = browser.number(GRAPH + ".width()");
        double height = browser.number(GRAPH + ".height()");
        List<String> covered = new ArrayList<>();
        for (Map<String, Object> one : boxes) {
            assertThat(side(one, "x1")).as("%s", one).isNotNegative();
            assertThat(side(one, "y1")).as("%s", one).isNotNegative();
            assertThat(side(one, "x2")).as("%s", one).isLessThanOrEqualTo(width);
            assertThat(side(one, "y2")).as("%s", one).isLessThanOrEqualTo(height);
            for (Map<String, Object> other : boxes) {
                if (one != other && covers(one, other)) {
                    covered.add(one.get("id") + " covers " + other.get("id"));
                }
            }
        }
        assertThat(covered).isEmpty();
        assertThat(12 * browser.number(GRAPH + ".zoom()"))
                .as("size of the smallest letters")
                .isGreaterThanOrEqualTo(pixels);
    }

    private static boolean covers(Map<String, Object> one, Map<String, Object> other) {
        return side(one, "x1") < side(other, "x2")
                && side(other, "x1") < side(one, "x2")
                && side(one, "y1") < side(other, "y2")
                && side(other, "y1") < side(one, "y2");
    }

    /** The picture has the map in it: many colours, and not nearly all of it one. */
    private void assertDrawn(String name) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(browser.screenshot(name, "mesh-canvas")));
        Map<Integer, Integer> colors = new HashMap<>();
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                colors.merge(picture.getRGB(x, y), 1, Integer::sum);
            }
        }
        int most = colors.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(colors).as("colours of %s", name).hasSizeGreaterThan(60);
        assertThat((double) most / (picture.getWidth() * picture.getHeight()))
                .as("share of the ground of %s", name)
                .isLessThan(0.97);
    }
}
