package dev.caravan.cdnedge.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.7/32, 192.0.2.7, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "192.0.2.7, ::ffff:192.0.2.7, true",
        "0.0.0.0/0, ::1, true"
    })
    void knowsWhatItContains(String range, String address, boolean contained) {
        AddressRange parsed = AddressRange.parse(range);
        assertThat(parsed).isNotNull();
        assertThat(parsed.contains(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "localhost",
                "abc",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "1.2.3.4/a",
                "999.1.1.1",
                "::1/129",
                ":::",
                "10.0.0.0/8/8",
                "10.0.0.0 /8"
            })
    void isNotMadeOfAnythingElse(String text) {
        assertThat(AddressRange.parse(text)).isNull();
    }
}
