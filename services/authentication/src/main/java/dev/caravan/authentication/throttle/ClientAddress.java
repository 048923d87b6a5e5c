package dev.caravan.authentication.throttle;

import dev.caravan.kernel.http.IpNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
            String text = InetAddress.getByName(literal).getHostAddress().toLowerCase(Locale.ROOT);
            return new ClientAddress(text, IpNetwork.of(text));
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }
}
