package dev.caravan.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.embedded.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void takesAPortFromTheEnvironmentAndPicksAFreeOneOtherwise() {
        int wanted = FreePorts.pick();
        Ports ports = new Ports(Map.of("USER_PORT", String.valueOf(wanted)));

        ServicePorts picked = ServicePorts.pick(4000, ports, ServiceContexts.SERVICES.keySet());

        assertThat(picked.grpc()).containsEntry("user", wanted).hasSize(5);
        assertThat(picked.http("api-gateway")).isEqualTo(4000);
        assertThat(picked.http()).hasSize(8);
        assertThat(new HashSet<>(picked.http().values())).hasSize(8).doesNotContain(picked.edge());
        assertThat(ports.named("REDIS_PORT")).isZero();
    }

    @Test
    void refusesWhatIsNoPortAndAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ports ports = new Ports(Map.of("A", "x", "B", "70000", "C", String.valueOf(taken.getLocalPort())));

            assertThatThrownBy(() -> ports.named("A")).hasMessageContaining("A takes a number");
            assertThatThrownBy(() -> ports.named("B")).hasMessageContaining("70000");
            assertThatThrownBy(() -> ports.of("C", true)).hasMessageContaining("taken");
        }
    }
}
