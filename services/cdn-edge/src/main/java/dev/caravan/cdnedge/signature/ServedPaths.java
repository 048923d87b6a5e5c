package dev.caravan.cdnedge.signature;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The paths that the edge serves at all, signed or not. A path has one spelling: no percent-encoding (the keys of this
 * platform need none), no empty or dotted segments, so what was signed can't be fetched as something else.
 */
public final class ServedPaths {

    private static final Pattern SPELLING = Pattern.compile("(/(?!\\.\\.?(/|$))[A-Za-z0-9._~!'()@=,+-]+)+");
    private static final int MAX_LENGTH = 1024;

    private final List<String> prefixes;

    /** @param prefixes of keys, without a leading slash */
    public ServedPaths(List<String> prefixes) {
        this.prefixes = List.copyOf(prefixes);
    }

    /** @throws dev.caravan.kernel.Fault {@link Refusal#PATH} */
    public void check(String path) {
        // Length first: the pattern is matched by recursion, a call a segment.
        if (path.length() > MAX_LENGTH
                || !SPELLING.matcher(path).matches()
                || prefixes.stream().noneMatch(prefix -> path.startsWith(prefix, 1))) {
            throw Refusal.PATH.fault();
        }
    }
}
