package dev.caravan.apigateway.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where instances are found. */
class DnsDiscoveryTest {

    private final ServiceDiscovery discovery = new DnsDiscovery();

    @Test
    void takesAnAddressAsItIs() {
        assertThat(discovery.instances("127.0.0.1:5010")).containsExactly("127.0.0.1:5010");
        assertThat(discovery.instances("[::1]:5010")).containsExactly("[::1]:5010");
    }

    @Test
    void leavesANameThatNobodyKnowsToWhoeverAsksThere() {
        assertThat(discovery.instances("[nobody]:5010")).containsExactly("[nobody]:5010");
    }
}
