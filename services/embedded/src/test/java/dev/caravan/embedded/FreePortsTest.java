package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void arePickedBeyondTheStandardPorts() {
        assertThat(FreePorts.pick()).isGreaterThan(6379);
    }

    @Test
    void areEachPickedOnceAlthoughNobodyListensYet() {
        assertThat(IntStream.range(0, 500).map(one -> FreePorts.pick())).doesNotHaveDuplicates();
    }

    @Test
    void areNotThoseOfARunningServer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = server.getLocalPort();

            assertThat(FreePorts.isFree(port)).isFalse();
            assertThatThrownBy(() -> Ports.retry(port, taken -> taken))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("Port " + port + " on 127.0.0.1 is taken by another program.");
        }
    }

    @Test
    void arePickedAgainWhenSomeoneWasFaster() throws IOException {
        ServerSocket[] faster = new ServerSocket[1];
        int started = Ports.retry(0, port -> {
            if (faster[0] == null) {
                faster[0] = bind(port);
                throw new EmbeddedServerException("the port is in use");
            }
            return port;
        });

        assertThat(started).isNotEqualTo(faster[0].getLocalPort());
        faster[0].close();
    }

    private static ServerSocket bind(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new EmbeddedServerException("someone else was faster still", e);
        }
    }
}
