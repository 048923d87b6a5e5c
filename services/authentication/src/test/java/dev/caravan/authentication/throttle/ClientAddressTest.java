package dev.caravan.authentication.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 192.0.2.1",
        "' 192.0.2.1 ', 192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1, 192.0.2.1",
        "2001:DB8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 20:01:0d:b8:00:01:00:02",
        "2001:db8:1:2::7, 2001:db8:1:2:0:0:0:7, 20:01:0d:b8:00:01:00:02",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1, fe:80:00:00:00:00:00:00",
        "::1, 0:0:0:0:0:0:0:1, 00:00:00:00:00:00:00:00",
    })
    void hasOneSpellingAndCountsIpv6ByItsFirst64Bits(String header, String text, String network) {
        assertThat(ClientAddress.of(header)).isEqualTo(new ClientAddress(text, network));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2",
                "999.1.1.1",
                "192.0.2.1, 10.0.0.1",
                "::1::2",
                "unknown",
                "a:b:c",
                "\0"
            })
    void takesAnythingElseForUnknown(String header) {
        assertThat(ClientAddress.of(header)).isEqualTo(new ClientAddress("", ""));
        assertThat(ClientAddress.of(header + ":".repeat(100))).isEqualTo(new ClientAddress("", ""));
    }

    @Test
    void isUnknownWhenNobodySaysIt() {
        assertThat(ClientAddress.of(null)).isEqualTo(new ClientAddress("", ""));
    }

    @Test
    void countsAllSpellingsOfAnEmailAsOneAccount() {
        assertThat(ReadClient.account(" Ann@Example.ORG "))
                .isEqualTo(ReadClient.account("ann@example.org"))
                .isNotEqualTo(ReadClient.account("anna@example.org"))
                .hasSize(64);
        assertThat(ReadClient.account("ÄRZTIN@example.org")).isEqualTo(ReadClient.account("a\u0308rztin@EXAMPLE.org"));
    }
}
