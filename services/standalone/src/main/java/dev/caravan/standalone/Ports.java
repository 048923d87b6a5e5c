package dev.caravan.standalone;

import dev.caravan.embedded.FreePorts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ports and servers as the environment names them.
 *
 * @param environment such as {@code POSTGRESQL_PORT=5433}
 */
record Ports(Map<String, String> environment) {

    /**
     * @param name variable that may name it
     * @return 0 when it is not named
     * @throws UsageException when it is named and no port
     */
    int named(String name) {
        String text = text(name);
        return text == null ? 0 : parse(name, text);
    }

    /** @throws UsageException that says the option's or variable's name, when it is no port */
    static int parse(String name, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(name + " takes a number from 1 to 65535, not " + text + ".");
    }

    /** What a variable says; null when it says nothing. */
    @Nullable
    String text(String name) {
        String text = environment.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** @throws UsageException when the text is no URL with a host */
    URI url(String name, String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new UsageException(name + " is no URL.");
    }

    /**
     * As {@link #named}, with a free port for one that is not named.
     *
     * @param opened whether this process opens it, so that nobody else may have
     */
    int of(String name, boolean opened) {
        int named = named(name);
        if (opened && named != 0 && !FreePorts.isFree(named)) {
            throw new UsageException("Port " + named + " (" + name + ") is taken by another program.");
        }
        return named == 0 ? FreePorts.pick() : named;
    }
}
