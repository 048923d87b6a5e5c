package dev.caravan.apigateway.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.mesh.Address;
import dev.caravan.kernel.mesh.Numbers;
import dev.caravan.kernel.mesh.ServiceMap;
import dev.caravan.kernel.mesh.ServiceMap.Binding;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import dev.caravan.kernel.mesh.ServiceMap.Sending;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several instances as one. */
class MergeInstancesTest {

    private static final Address TOLD = Address.of("spring-rabbitmq:video?routingKey=Told");

    @Test
    void addsUpWhatARouteSendsOneWay() {
        ServiceMap merged = MergeInstances.merge(List.of(
                instance("a-1", 20, "Started", new Sending("tell", null, TOLD, numbers(3))),
                instance("a-2", 10, "Started", new Sending("tell", null, TOLD, numbers(4)))));

        assertThat(merged.service()).isEqualTo("a");
        assertThat(merged.instance()).isEqualTo("a-1, a-2");
        assertThat(merged.startedAt()).isEqualTo(10);
        assertThat(merged.bindings()).hasSize(1);
        assertThat(merged.routes()).hasSize(1);
        assertThat(merged.routes().get(0).sendings()).containsExactly(new Sending("tell", null, TOLD, numbers(7)));
        assertThat(merged.routes().get(0).numbers()).isEqualTo(numbers(10));
    }

    @Test
    void saysThatARouteDoesNotRunEverywhere() {
        ServiceMap merged = MergeInstances.merge(
                List.of(instance("a-1", 0, "Started"), instance("a-2", 0, "Stopped"), instance("a-3", 0, "Started")));

        assertThat(merged.routes().get(0).state()).isEqualTo("Started, Stopped");
    }

    private static ServiceMap instance(String name, long startedAt, String state, Sending... sendings) {
        return new ServiceMap(
                "a",
                name,
                startedAt,
                List.of(new RunningRoute(
                        "a-tell", null, state, Address.of("timer:a"), List.of(sendings), 0, numbers(5))),
                List.of(new Binding("video", "Told", "Ears")),
                null);
    }

    private static Numbers numbers(long total) {
        return new Numbers(total, 0, 0, Collections.nCopies(Numbers.BOUNDS.size() + 1, total));
    }
}
