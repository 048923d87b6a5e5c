package dev.caravan.kernel.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import dev.caravan.kernel.mesh.ServiceMap.Sending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapRoutesTest {

    private static final String GREET = """
            - route:
                id: user-greet
                description: Greets a user by name.
                from:
                  uri: direct:user-greet
                  steps:
                    - choice:
                        when:
                          - expression:
                              simple:
                                expression: ${body} == 'stranger'
                            steps:
                              - process:
                                  ref: refuse
                          - expression:
                              simple:
                                expression: ${body} == 'bomb'
                            steps:
                              - process:
                                  ref: explode
                        otherwise:
                          steps:
                            - to:
                                id: find-name
                                uri: direct:user-name
                            - log:
                                message: told
                            - to:
                                id: tell-others
                                uri: seda:{{tell.queue}}
                                parameters:
                                  timeout: 7
            """;
    private static final String NAME = """
            - route:
                id: user-name
                description: Finds a name.
                from:
                  uri: direct:user-name
                  steps:
                    - delay:
                        expression:
                          constant:
                            expression: 30
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Traffic traffic = new Traffic();
    private final MapRoutes mapRoutes = new MapRoutes(
            context,
            traffic,
            "user",
            () -> List.of(new ServiceMap.Binding("video", "Told", "Users")),
            Clock.fixed(Instant.EPOCH.plus(Duration.ofDays(1)), ZoneOffset.UTC));
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("refuse", processor(Fault.notFound("NOBODY", "There is nobody.")));
        context.getRegistry().bind("explode", processor(new IllegalStateException("boom")));
        Properties properties = new Properties();
        properties.put("tell.queue", "told");
        context.getPropertiesComponent().setInitialProperties(properties);
        context.setSourceLocationEnabled(true);
        context.addRoutePolicyFactory(traffic);
        context.getManagementStrategy().addEventNotifier(traffic);
        load("greet", GREET);
        load("name", NAME);
        context.start();
        template = context.createProducerTemplate();
    }

    private static org.apache.camel.Processor processor(RuntimeException failure) {
        return exchange -> {
            throw failure;
        };
    }

    private void load(String name, String yaml) throws Exception {
        Resource resource =
                ResourceHelper.fromString("file:/somewhere/routes/user/accounts/user-" + name + ".yaml", yaml);
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
            context.addRoutes(builder);
        }
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private RunningRoute greet() {
        return route("user-greet");
    }

    private RunningRoute route(String id) {
        return mapRoutes.map(null).routes().stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhatRunsBeforeAnythingIsSent() {
        RunningRoute greet = greet();

        assertThat(greet.description()).isEqualTo("Greets a user by name.");
        assertThat(greet.state()).isEqualTo("Started");
        assertThat(greet.from()).isEqualTo(new Address("direct", "user-greet", Map.of()));
        assertThat(greet.numbers()).isEqualTo(Numbers.NONE);
        assertThat(greet.sendings())
                .extracting(Sending::step, Sending::to)
                .containsExactlyInAnyOrder(
                        tuple("find-name", new Address("direct", "user-name", Map.of())),
                        tuple("tell-others", new Address("seda", "told", Map.of())));
        assertThat(mapRoutes.map(null).bindings()).hasSize(1);
        assertThat(mapRoutes.map(null).instance()).isEqualTo(mapRoutes.map(null).instance());
    }

    @Test
    void countsWhatRunsThroughARouteAndWhatItSends() {
        template.sendBody("direct:user-greet", "Ann");
        template.sendBody("direct:user-greet", "Bob");

        Numbers told = greet().sendings().stream()
                .filter(sending -> "find-name".equals(sending.step()))
                .findFirst()
                .orElseThrow()
                .numbers();
        assertThat(told.total()).isEqualTo(2);
        assertThat(told.failed() + told.refused()).isZero();
        assertThat(greet().numbers().total()).isEqualTo(2);
        assertThat(route("user-name").numbers().total()).isEqualTo(2);
        // 30 ms each: none in the buckets up to 20 ms.
        assertThat(told.buckets()).hasSize(Numbers.BOUNDS.size() + 1);
        assertThat(told.buckets().subList(0, Numbers.BOUNDS.indexOf(20L) + 1)).containsOnly(0L);
        assertThat(told.buckets().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
    }

    @Test
    void tellsARefusedCallerFromAFailure() {
        assertThatThrownBy(() -> template.sendBody("direct:user-greet", "stranger"))
                .hasRootCauseInstanceOf(Fault.class);
        assertThatThrownBy(() -> template.sendBody("direct:user-greet", "bomb"))
                .hasRootCauseInstanceOf(IllegalStateException.class);

        assertThat(greet().numbers().total()).isEqualTo(2);
        assertThat(greet().numbers().refused()).isEqualTo(1);
        assertThat(greet().numbers().failed()).isEqualTo(1);
    }

    @Test
    void showsTheYamlOfTheRouteThatIsAskedFor() {
        assertThat(mapRoutes.map("user-greet").source())
                .isEqualTo(new ServiceMap.Source("user-greet", "user/accounts/user-greet.yaml", GREET));
        assertThat(mapRoutes.map("upload-grpc-endpoint").source()).isNull();
    }

    @Test
    void showsNothingOfAnEndpointThatIsASecretOrAFile() {
        assertThat(Address.of("http://ann:secret@store:80/x?authPassword=secret&httpMethod=GET"))
                .isEqualTo(new Address("http", "store:80/x", Map.of("httpMethod", "GET")));
        assertThat(Address.of("sql:file:/home/ann/routes/user/sql/find-user.sql?dataSource=#x"))
                .isEqualTo(new Address("sql", "find-user.sql", Map.of()));
    }
}
