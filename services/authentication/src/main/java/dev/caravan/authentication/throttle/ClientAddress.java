package dev.caravan.authentication.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is.
 *
 * @param text the IP address in its one spelling; empty when it is not known
 * @param network what attempts are counted by: IPv4 as it is, of IPv6 the first 64 bits, which are one customer's
 */
record ClientAddress(String text, String network) {

    private static final ClientAddress UNKNOWN = new ClientAddress("", "");
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int LONGEST = 64;
    private static final int NETWORK_BYTES = 8;

    static ClientAddress of(@Nullable String header) {
        if (header == null || header.length() > LONGEST) {
            return UNKNOWN;
        }
        // Which interface of the gateway it came in by does not matter.
        String literal = header.strip().replaceFirst("%.*", "");
        if (!LITERAL.matcher(literal).matches()) {
            return UNKNOWN;
        }
        try {
            // A literal is never looked up; one of IPv4 within IPv6 becomes IPv4.
            InetAddress address = InetAddress.getByName(literal);
            String text = address.getHostAddress().toLowerCase(Locale.ROOT);
            return new ClientAddress(text, address instanceof Inet6Address ? network(address) : text);
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }

    private static String network(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return InetAddress.getByAddress(bytes).getHostAddress().toLowerCase(Locale.ROOT) + "/64";
    }
}
