package dev.caravan.kernel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RouteReloadTest {

    /** A saved change is live within this. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RouteReload reload;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("shared"));
        Files.createDirectories(folder.resolve("user/sql"));
        save("user/user-greet.yaml", greet("hello"));
        save("user/user-name.yaml", route("user-name", "setBody: {constant: {expression: Ann}}"));
        save("shared/mark.yaml", configuration("first"));
        save("user/user-late.yaml", route("user-late", "setBody: {constant: {expression: late}}"));
        save("user/user-broken.yaml", "- route: {id: user-broken, from: {uri: 'sftp:host', steps: [{stop: {}}]}}");
        context.addComponent("direct", new LiveDirectComponent());
        context.getRegistry().bind("yamlRoutes", new YamlRoutes());
        context.setSourceLocationEnabled(true);
        context.getShutdownStrategy().setTimeout(5);
        for (String file : List.of("shared/mark.yaml", "user/user-greet.yaml", "user/user-name.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(context).resolveResource("file:" + folder.resolve(file)));
        }
        context.start();
        reload = new RouteReload(
                context,
                folder,
                "user",
                "file:%1$s/shared/*.yaml,file:%1$s/shared/taken/*.yaml,file:%1$s/user/**/*.yaml".formatted(folder),
                new ReloadLock());
        reload.start();
        template = context.createProducerTemplate();
        log.start();
        ((Logger) LoggerFactory.getLogger(RouteReload.class)).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger(RouteReload.class)).detachAppender(log);
        reload.stop();
        context.stop();
    }

    @Test
    void makesASavedChangeLive() throws Exception {
        save("user/user-greet.yaml", greet("good day"));

        await().atMost(PROMISE)
                .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo("good day"));
    }

    @Test
    void makesAChangeLiveThatIsAsLongAndAsOldAsTheOneJustBeforeIt() throws Exception {
        save("user/user-greet.yaml", greet("good day"));
        await().atMost(PROMISE)
                .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo("good day"));
        Path file = folder.resolve("user/user-greet.yaml");
        FileTime saved = Files.getLastModifiedTime(file);

        save("user/user-greet.yaml", greet("good eve"));
        Files.setLastModifiedTime(file, saved);

        await().atMost(PROMISE)
                .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo("good eve"));
    }

    @Test
    void takesFilesThatTheServiceWasNotStartedWithAndSaysWhichDoNotLoad() {
        assertThat(say("user-late")).isEqualTo("late");
        assertThat(context.getRoute("user-broken")).isNull();
    }

    @Test
    void saysWhatToTypeForAComponentThatIsNotHere() throws Exception {
        save(
                "user/user-part.yaml",
                "- route:\n    id: user-part\n    from:\n      uri: sftp:host\n      steps:\n        - stop: {}\n");
        awaitError(
                "user/user-part.yaml:4: there is no component `sftp` here, but there may be in the service connectors");
        assertThat(Problem.of(
                                new IllegalStateException("No endpoint could be found for: mqtt5:a, please"),
                                "",
                                "connectors")
                        .reason())
                .isEqualTo("there is no component `mqtt5` here: ./caravan add mqtt5");
    }

    @Test
    void makesANewFileLive() throws Exception {
        assertBecomesLive("user/user-part.yaml");
    }

    @Test
    void makesAFileOfANewRoomLive() throws Exception {
        Files.createDirectories(folder.resolve("user/farewells"));
        assertBecomesLive("user/farewells/user-part.yaml");
    }

    @Test
    void takesOfTheSharedRoomsThoseOfItsService() throws Exception {
        Files.createDirectories(folder.resolve("shared/taken"));
        Files.createDirectories(folder.resolve("shared/other"));
        save("shared/other/other-bye.yaml", route("other-bye", "setBody: {constant: {expression: bye}}"));
        save("shared/taken/taken-bye.yaml", route("taken-bye", "setBody: {constant: {expression: bye}}"));

        await().atMost(PROMISE).until(() -> context.getRoute("taken-bye") != null);
        assertThat(context.getRoute("other-bye")).isNull();
    }

    @Test
    void keepsARouteThatMovesToARoom() throws Exception {
        Path room = Files.createDirectories(folder.resolve("user/names"));
        Files.move(folder.resolve("user/user-name.yaml"), room.resolve("user-name.yaml"));
        // While it is replaced it is not there for a moment; who calls it waits.
        await().ignoreExceptions().atMost(PROMISE).until(() -> context.getRoute("user-name")
                .getSourceResource()
                .getLocation()
                .contains("user/names"));
        assertThat(say("user-name")).isEqualTo("Ann");

        Files.delete(room.resolve("user-name.yaml"));

        await().atMost(PROMISE).until(() -> context.getRoute("user-name") == null);
    }

    @Test
    void refusesCallersOfADeletedRouteAtOnceUntilItIsSavedAgain() throws Exception {
        Files.delete(folder.resolve("user/user-name.yaml"));
        await().atMost(PROMISE).until(() -> context.getRoute("user-name") == null);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            Future<Object> asking = client.submit(() -> say("user-name"));

            assertThatThrownBy(() -> asking.get(5, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(DirectConsumerNotAvailableException.class);
        } finally {
            client.shutdownNow();
        }

        save("user/user-name.yaml", route("user-name", "setBody: {constant: {expression: Eve}}"));

        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-name"))
                .isEqualTo("Eve"));
    }

    @Test
    void endsTheRoutesOfADeletedFile() throws Exception {
        Files.delete(folder.resolve("user/user-name.yaml"));

        await().atMost(PROMISE).until(() -> context.getRoute("user-name") == null);
    }

    @Test
    void leavesTheRunningRouteWhenTheYamlIsBrokenAndNamesFileLineAndReason() throws Exception {
        save("user/user-greet.yaml", greet("x") + "\n   nonsense: [");

        awaitError("user/user-greet.yaml:");
        assertThat(say("user-greet")).isEqualTo("hello");
    }

    @Test
    void namesTheLineOfAnUnknownStep() throws Exception {
        save("user/user-greet.yaml", """
                - route:
                    id: user-greet
                    description: Greets.
                    from:
                      uri: direct:user-greet
                      steps:
                        - setBodi:
                            constant:
                              expression: x
                """);

        awaitError("user/user-greet.yaml:7:");
        assertThat(say("user-greet")).isEqualTo("hello");
    }

    @Test
    void leavesTheRunningRouteWhenAnOptionIsUnknown() throws Exception {
        save("user/user-greet.yaml", """
                - route:
                    id: user-greet
                    description: Greets.
                    from:
                      uri: direct:user-greet
                      steps:
                        - to:
                            uri: direct:user-name
                            parameters:
                              tmeout: 5
                """);

        awaitError("user/user-greet.yaml:10:");
        await().atMost(PROMISE)
                .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo("hello"));
    }

    @Test
    void leavesTheRunningRouteWhenABeanIsMissing() throws Exception {
        save("user/user-greet.yaml", route("user-greet", "process: {ref: nobody}"));

        awaitError("nobody");
        await().atMost(PROMISE)
                .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo("hello"));
    }

    @Test
    void logsABrokenFileOnceAndTakesItsMendedForm() throws Exception {
        save("user/user-greet.yaml", "- rute: {}");
        awaitError("user/user-greet.yaml");

        save("user/user-greet.yaml", greet("mended"));

        await().atMost(PROMISE)
                .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo("mended"));
        assertThat(errors()).hasSize(1);
    }

    @Test
    void appliesASharedConfigurationToEveryRoute() throws Exception {
        save(
                "user/user-fail.yaml",
                route("user-fail", "throwException: {exceptionType: java.lang.IllegalStateException, message: x}"));
        await().atMost(PROMISE).until(() -> context.getRoute("user-fail") != null);
        assertThat(say("user-fail")).isEqualTo("first");

        save("shared/mark.yaml", configuration("second"));

        await().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail")).isEqualTo("second"));
    }

    @Test
    void appliesAConfigurationToEveryRouteAlsoWhenAnEditorGaveItAnId() throws Exception {
        save(
                "shared/mark.yaml",
                configuration("second").replace("description:", "id: routeConfiguration-1261\n    description:"));
        save(
                "user/user-fail.yaml",
                route("user-fail", "throwException: {exceptionType: java.lang.IllegalStateException, message: x}"));

        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("second"));
    }

    @Test
    void replacesAConfigurationThatRoutesNameByItsId() throws Exception {
        save("user/user-mend.yaml", named("one"));
        save(
                "user/user-fail.yaml",
                route(
                        "user-fail",
                        "throwException: {exceptionType: java.lang.IllegalStateException, message: x}",
                        "routeConfigurationId: mend, "));
        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("one"));

        save("user/user-mend.yaml", named("two"));

        await().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail")).isEqualTo("two"));
        assertThat(errors()).isEmpty();
        save("shared/mark.yaml", configuration("second"));
        await().atMost(PROMISE).untilAsserted(() -> assertThat(context.getRouteConfigurationDefinitions())
                .hasSize(2)
                .noneMatch(configuration -> configuration.toString().contains("first")));
    }

    @Test
    void endsAConfigurationWithItsFile() throws Exception {
        save(
                "user/user-fail.yaml",
                route("user-fail", "throwException: {exceptionType: java.lang.IllegalStateException, message: x}"));
        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("first"));

        Files.delete(folder.resolve("shared/mark.yaml"));

        await().atMost(PROMISE)
                .untilAsserted(() -> assertThatThrownBy(() -> say("user-fail")).hasRootCauseMessage("x"));
        assertThat(context.getRouteConfigurationDefinitions()).isEmpty();
        save("shared/mark.yaml", configuration("third"));
        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("third"));
    }

    @Test
    void endsAConfigurationThatItsFileHasNoMore() throws Exception {
        save(
                "user/user-fail.yaml",
                route("user-fail", "throwException: {exceptionType: java.lang.IllegalStateException, message: x}"));
        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("first"));

        save("shared/mark.yaml", route("user-mark", "setBody: {constant: {expression: bye}}"));

        await().atMost(PROMISE)
                .untilAsserted(() -> assertThatThrownBy(() -> say("user-fail")).hasRootCauseMessage("x"));
    }

    @Test
    void keepsAConfigurationThatMovesToARoom() throws Exception {
        save("user/user-mend.yaml", named("one"));
        save(
                "user/user-fail.yaml",
                route(
                        "user-fail",
                        "throwException: {exceptionType: java.lang.IllegalStateException, message: x}",
                        "routeConfigurationId: mend, "));
        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("one"));

        Files.createDirectories(folder.resolve("user/errors"));
        save("user/errors/user-mend.yaml", named("two"));
        Files.delete(folder.resolve("user/user-mend.yaml"));

        await().ignoreExceptions().atMost(PROMISE).untilAsserted(() -> assertThat(say("user-fail"))
                .isEqualTo("two"));
    }

    @Test
    void losesNoRequestWhileARouteIsReplaced() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        context.getRegistry().bind("hold", (Processor) exchange -> {
            inside.countDown();
            release.await(5, TimeUnit.SECONDS);
        });
        save("user/user-hold.yaml", route("user-hold", "process: {ref: hold}"));
        await().atMost(PROMISE).until(() -> context.getRoute("user-hold") != null);
        AtomicBoolean on = new AtomicBoolean(true);
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            Future<Object> held = clients.submit(() -> say("user-hold"));
            inside.await();
            List<Future<Long>> asking = java.util.stream.IntStream.range(0, 3)
                    .mapToObj(i -> clients.submit(() -> {
                        long asked = 0;
                        for (; on.get(); asked++) {
                            assertThat(String.valueOf(say("user-greet"))).isIn("hello", "one", "two");
                        }
                        return asked;
                    }))
                    .toList();
            for (String word : List.of("one", "two")) {
                save("user/user-greet.yaml", greet(word));
                await().atMost(PROMISE)
                        .untilAsserted(() -> assertThat(say("user-greet")).isEqualTo(word));
            }
            save("user/user-hold.yaml", route("user-hold", "setBody: {constant: {expression: quick}}"));
            release.countDown();
            await().atMost(PROMISE)
                    .untilAsserted(() -> assertThat(say("user-hold")).isEqualTo("quick"));
            on.set(false);

            assertThat(held.get(5, TimeUnit.SECONDS)).isEqualTo("question");
            for (Future<Long> asked : asking) {
                assertThat(asked.get(5, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            on.set(false);
            release.countDown();
            clients.shutdown();
        }
    }

    /** A file that was not there before. */
    private void assertBecomesLive(String file) throws Exception {
        save(file, route("user-part", "setBody: {constant: {expression: bye}}"));

        await().atMost(PROMISE).until(() -> context.getRoute("user-part") != null);
        assertThat(say("user-part")).isEqualTo("bye");
    }

    private Object say(String id) {
        return template.requestBodyAndHeaders("direct:" + id, "question", Map.of());
    }

    private void save(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
    }

    private void awaitError(String part) {
        await().atMost(PROMISE).until(() -> errors().stream().anyMatch(line -> line.contains(part)));
    }

    private List<String> errors() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("Not live"))
                .toList();
    }

    private static String greet(String word) {
        return route("user-greet", "setBody: {constant: {expression: " + word + "}}");
    }

    private static String route(String id, String step) {
        return route(id, step, "");
    }

    private static String route(String id, String step, String more) {
        return "- route: {id: %s, %sdescription: A route., from: {uri: 'direct:%s', steps: [{%s}]}}"
                .formatted(id, more, id, step);
    }

    private static String named(String word) {
        return configuration(word).replace("description:", "id: mend\n    description:");
    }

    private static String configuration(String word) {
        return """
                - routeConfiguration:
                    description: Answers for a route that fails.
                    onException:
                      - onException:
                          exception: [java.lang.IllegalStateException]
                          handled: {constant: {expression: "true"}}
                          steps: [{setBody: {constant: {expression: %s}}}]
                """.formatted(word);
    }
}
