package dev.caravan.kernel.http.client;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names to addresses that anybody on the internet could ask. The client connects to what is answered here and looks
 * nothing up again, so that what was checked is what is asked.
 *
 * <p>What is not public is what IANA's registries of special-purpose addresses for IPv4 and IPv6 have as not globally reachable,
 * what stands for an address of IPv4 within IPv6, what is sent to many, this machine's own addresses, and the one of Azure that its
 * machines alone reach.
 */
final class PublicAddresses implements DnsResolver {

    private static final List<IpSubnetFilterRule> SPECIAL = rules(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            // All of IPv6 but what is given out, 2000::/3.
            "::/3",
            "4000::/2",
            "8000::/1",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20"));

    private final DnsResolver resolver;
    private final List<IpSubnetFilterRule> allowed;

    /**
     * @param resolver that knows the addresses
     * @param allowed networks that may be asked although they are not public
     */
    PublicAddresses(DnsResolver resolver, Collection<String> allowed) {
        this.resolver = resolver;
        this.allowed = rules(allowed);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (!Arrays.stream(addresses).allMatch(this::isAllowed)) {
            throw new RefusedHostException(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolver.resolveCanonicalHostname(host);
    }

    private boolean isAllowed(InetAddress address) {
        InetSocketAddress asked = new InetSocketAddress(address, 0);
        return allowed.stream().anyMatch(network -> network.matches(asked))
                || SPECIAL.stream().noneMatch(network -> network.matches(asked)) && !isOwn(address);
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    private static List<IpSubnetFilterRule> rules(Collection<String> networks) {
        return networks.stream()
                .flatMap(network -> network.isBlank() ? Stream.of() : Stream.of(rule(network.strip())))
                .toList();
    }

    private static IpSubnetFilterRule rule(String network) {
        String[] parts = network.split("/", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException(network + " is no network: write it as 10.1.0.0/16");
        }
        return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }

    /** A name of which at least one address is not public. */
    static final class RefusedHostException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        RefusedHostException(String host) {
            super(host);
        }
    }
}
