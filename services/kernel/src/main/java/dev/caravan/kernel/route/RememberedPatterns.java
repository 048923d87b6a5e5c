package dev.caravan.kernel.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Ordered;
import org.apache.camel.Processor;
import org.apache.camel.processor.RemoveHeadersProcessor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/**
 * Lets a {@code removeHeaders} remember of each name of a header whether it stays. Camel compiles the pattern of those that stay
 * anew for each header of each exchange; and it stands at the door of every service.
 */
public final class RememberedPatterns implements InterceptStrategy, Ordered {

    /** Names that one step remembers; names come from clients. */
    private static final int NAMES = 500;

    /** Next to the step, within all that watches it. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        return target instanceof RemoveHeadersProcessor removal && removal.getExcludePattern() != null
                ? new Removal(removal.getPattern(), removal.getExcludePattern())
                : target;
    }

    private static final class Removal extends AsyncProcessorSupport {

        private final String pattern;
        private final String[] excluded;
        private final Map<String, Boolean> removed = new ConcurrentHashMap<>();

        Removal(String pattern, String[] excluded) {
            this.pattern = pattern;
            this.excluded = excluded;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            exchange.getMessage().getHeaders().keySet().removeIf(this::isRemoved);
            callback.done(true);
            return true;
        }

        private boolean isRemoved(String name) {
            Boolean known = removed.get(name);
            if (known != null) {
                return known;
            }
            boolean found =
                    PatternHelper.matchPattern(name, pattern) && !PatternHelper.isExcludePatternMatch(name, excluded);
            if (removed.size() < NAMES) {
                removed.put(name, found);
            }
            return found;
        }
    }
}
