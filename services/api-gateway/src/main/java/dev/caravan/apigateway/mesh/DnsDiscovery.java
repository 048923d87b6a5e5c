package dev.caravan.apigateway.mesh;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A service has as many instances as its name has addresses. */
@Component
final class DnsDiscovery implements ServiceDiscovery {

    /** A name that has no address is itself the only one, so that whoever asks there learns what is wrong. */
    @Override
    public List<String> instances(String address) {
        int colon = address.lastIndexOf(':');
        try {
            InetAddress[] hosts = InetAddress.getAllByName(address.substring(0, colon));
            return hosts.length == 1
                    ? List.of(address)
                    : Stream.of(hosts)
                            .map(host -> literal(host) + address.substring(colon))
                            .toList();
        } catch (UnknownHostException e) {
            return List.of(address);
        }
    }

    private static String literal(InetAddress host) {
        return host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress();
    }
}
