package dev.caravan.kernel.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What clients are counted by: whoever has one IPv6 address has all of its network. */
public final class IpNetwork {

    /** Bytes of an IPv6 address that name a network. */
    private static final int NETWORK = 8;

    private IpNetwork() {}

    /** The first 64 bits of an IPv6 address; whatever else it is as it is. */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A text with colons is never looked up; one of IPv4 within IPv6 becomes IPv4.
            byte[] octets = InetAddress.getByName(address).getAddress();
            return octets.length == NETWORK * 2
                    ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(octets, NETWORK))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
