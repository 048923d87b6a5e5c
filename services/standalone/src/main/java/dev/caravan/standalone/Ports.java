package dev.caravan.standalone;

import dev.caravan.embedded.FreePorts;
import java.util.Map;

/**
 * Ports as the environment names them, free ones otherwise.
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
        String text = environment.get(name);
        return text == null || text.isBlank() ? 0 : parse(name, text.strip());
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

    /** As {@link #named}, with a free port for one that is not named. */
    int namedOrFree(String name) {
        int named = named(name);
        if (named != 0 && !FreePorts.isFree(named)) {
            throw new UsageException("Port " + named + " (" + name + ") is taken by another program.");
        }
        return named == 0 ? FreePorts.pick() : named;
    }
}
