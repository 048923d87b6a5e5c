package dev.caravan.apigateway;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What browsers let a page of the platform do: it takes nothing from elsewhere but videos and pictures, which the CDN and the
 * object store serve, and no styles but its own and those that vendored libraries are known to add.
 */
@Component
public final class PagePolicy {

    /** {@code data:} is where hls.js begins a track of captions. */
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'%s; "
            + "img-src * data:; media-src * blob: data:; connect-src *; worker-src 'self' blob:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";

    /** As the catalogue keeps them; nothing else ends up in a header, whatever a catalogue of another make says. */
    private static final Pattern ORIGIN = Pattern.compile("https?://(\\*\\.)?[a-z0-9.-]+(:[0-9]{1,5})?");

    private final String policy;

    PagePolicy() throws IOException {
        this.policy = POLICY.formatted(Vendored.read().stream()
                .flatMap(library -> library.styles().stream())
                .map(hash -> " '" + hash + "'")
                .collect(Collectors.joining()));
    }

    /** Of a page that stands in no other. */
    public String alone() {
        return policy + "'none'";
    }

    /**
     * Of a page that stands in others.
     *
     * @param origins of these; none for all
     */
    public String within(List<String> origins) {
        if (origins.isEmpty()) {
            return policy + "*";
        }
        return policy
                + Stream.concat(Stream.of("'self'"), origins.stream().filter(origin -> ORIGIN.matcher(origin)
                                .matches()))
                        .collect(Collectors.joining(" "));
    }
}
