package dev.caravan.routelaw.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Names that say what is done to what: {@code find-user}, {@code HashPassword}. */
final class Verbs {

    /** The end of a message about such a name. */
    static final String MEND = "; a verb that the law does not know yet goes into route-law's verbs.txt.";

    private static final Set<String> KNOWN = load();

    private Verbs() {}

    private static Set<String> load() {
        try (InputStream in = Objects.requireNonNull(Verbs.class.getResourceAsStream("verbs.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True for two words or more in kebab-case of which the first is a verb. */
    static boolean isVerbObject(String kebab) {
        return kebab.matches("[a-z][a-z0-9]*(-[a-z0-9]+)+") && KNOWN.contains(kebab.substring(0, kebab.indexOf('-')));
    }

    /** {@code hashPassword} as {@code hash-password}. */
    static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
