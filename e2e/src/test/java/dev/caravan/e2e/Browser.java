package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's Chromium with a fresh profile. Elements go by their data-testid. */
final class Browser implements AutoCloseable {

    private static final Path TARGET = PlatformProcess.ROOT.resolve("e2e/target");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Held here, or its level would be lost: it warns of each Chromium that is newer than Selenium. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private static final String AXE_RUN = """
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(({violations}) =>
              violations.map(({id, nodes}) => id + ': ' + nodes.map(({html, any, all, none}) =>
                html.slice(0, 120) + ' ' + [...any, ...all, ...none].map(({message}) => message)).join('; ')))""";

    private final List<String> complaints = new ArrayList<>();
    private final Path profile;
    private final ChromeDriver driver;

    Browser() throws IOException {
        profile = Files.createTempDirectory(Files.createDirectories(TARGET), "browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-proxy-server",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
                "--window-size=1280,960",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver().orElseThrow().toFile())
                        .withLogFile(TARGET.resolve("chromedriver.log").toFile())
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
    }

    static boolean isInstalled() {
        return browser().isPresent() && driver().isPresent();
    }

    private static Optional<Path> browser() {
        return executable("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> driver() {
        return executable("chromedriver");
    }

    private static Optional<Path> executable(String... names) {
        String folders = "/usr/bin" + File.pathSeparator + System.getenv().getOrDefault("PATH", "");
        return Stream.of(names)
                .flatMap(name -> Stream.of(folders.split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String url) {
        driver.get(url);
    }

    /** From here on all is asked of the page within a frame. */
    void enter(String selector) {
        driver.switchTo().frame(driver.findElement(By.cssSelector(selector)));
    }

    /** Waits for a visible element. */
    WebElement see(String testid) {
        return see(testid, PATIENCE);
    }

    WebElement see(String testid, Duration patience) {
        return until("[" + testid + "] is seen", patience, page -> page.findElements(by(testid)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    List<WebElement> all(String testid) {
        return driver.findElements(by(testid));
    }

    void click(String testid) {
        until("[" + testid + "] can be clicked", PATIENCE, page -> {
            WebElement element = see(testid);
            // Not at the edge, where the bar of the page lies over it.
            run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
            element.click();
            return true;
        });
    }

    /** Clicks on a place within an element, from its upper left corner. */
    void clickAt(String testid, double x, double y) {
        moveTo(testid, x, y).click().perform();
    }

    /** Leaves the pointer on a place within an element, from its upper left corner. */
    void pointAt(String testid, double x, double y) {
        moveTo(testid, x, y).perform();
    }

    void doubleClickAt(String testid, double x, double y) {
        moveTo(testid, x, y).doubleClick().perform();
    }

    private Actions moveTo(String testid, double x, double y) {
        Rectangle place = see(testid).getRect();
        return new Actions(driver).moveToLocation((int) (place.getX() + x), (int) (place.getY() + y));
    }

    void pressEnter(String testid) {
        until("[" + testid + "] can be entered", PATIENCE, page -> {
            see(testid).sendKeys(Keys.ENTER);
            return true;
        });
    }

    /** Where the focus is, whatever that is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void fill(String testid, String text) {
        WebElement field = see(testid);
        field.clear();
        field.sendKeys(text);
    }

    void select(String testid, String option) {
        new Select(see(testid)).selectByVisibleText(option);
    }

    void choose(String testid, Path file) {
        driver.findElement(by(testid)).sendKeys(file.toAbsolutePath().toString());
    }

    /** Also of what is being drawn anew at this moment. */
    String text(String testid) {
        return until(
                "[" + testid + "] has a text", PATIENCE, page -> see(testid).getText());
    }

    void awaitText(String testid, String part) {
        until("[" + testid + "] says '" + part + "'", PATIENCE, page -> see(testid)
                .getText()
                .contains(part));
    }

    /** Waits until a JavaScript expression is truthy and gives its value. */
    Object await(String expression, Duration patience) {
        return until(expression, patience, page -> run("return (" + expression + ")"));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    double number(String expression) {
        return ((Number) run("return (" + expression + ")")).doubleValue();
    }

    /** How fast files leave this browser. */
    void limitUpload(long bytesPerSecond) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", bytesPerSecond));
    }

    void likeADesk() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1440, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    void likeAPhone() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
    }

    void inTheDark() {
        prefer(Map.of("prefers-color-scheme", "dark"));
    }

    /** @param features of the person's system, as media queries name them */
    void prefer(Map<String, String> features) {
        List<Map<String, String>> media = features.entrySet().stream()
                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                .toList();
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", media));
    }

    /** Requests to such addresses fail, of which {@code *} is any part; the next call says anew which. */
    void block(String... addresses) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** Runs a script before each page's own. */
    void before(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Waits for a promise and gives what it comes to. */
    Object resolve(String promise) {
        return driver.executeAsyncScript("(" + promise + ").then(arguments[arguments.length - 1])");
    }

    /** What of the page keeps people out, as WCAG 2.2 AA has it. */
    @SuppressWarnings("unchecked")
    List<String> accessibilityFaults() {
        if (!Boolean.TRUE.equals(run("return !!window.axe"))) {
            run(axe());
        }
        return (List<String>) resolve(AXE_RUN);
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Into target/screenshots/. */
    void screenshot(String name) {
        keep(name, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** The whole page goes into target/screenshots/; an element's picture is what is returned. */
    byte[] screenshot(String name, String testid) {
        screenshot(name);
        return see(testid).getScreenshotAs(OutputType.BYTES);
    }

    private static void keep(String name, byte[] picture) {
        try {
            Path file = TARGET.resolve("screenshots").resolve(name + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Warnings and errors on the console: of scripts, of requests, of the content security policy. */
    List<String> complaints() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(Object::toString)
                .forEach(complaints::add);
        return complaints;
    }

    void assertNoComplaints() {
        assertThat(complaints()).as("what the browser's console says").isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
        // Its last processes may still be writing.
        Awaitility.await().ignoreExceptions().until(() -> {
            SharedPlatform.delete(profile);
            return true;
        });
    }

    private <T> T until(String what, Duration patience, Function<WebDriver, T> condition) {
        WebDriverWait wait = new WebDriverWait(driver, patience, Duration.ofMillis(100));
        wait.ignoring(StaleElementReferenceException.class);
        return wait.withMessage(() -> {
                    screenshot("failed-" + profile.getFileName());
                    return what + "; the page says: " + run("return document.body.innerText") + "; the console says: "
                            + complaints();
                })
                .until(condition);
    }

    private static By by(String testid) {
        return By.cssSelector("[data-testid='" + testid + "']");
    }
}
