package dev.caravan.apigateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as Tomcat speaks it, which hangs up on a client whose request line and headers take too long in all. Tomcat's own
 * limit is for each read: whoever sends a byte now and then keeps his connection for good. A connection between two requests
 * is Tomcat's business, blank lines before a request included.
 */
public final class TimedHttp extends Http11NioProtocol {

    private static final long PERIOD_MILLIS = 500;

    private Duration longest = Duration.ofSeconds(10);
    private Map<SocketWrapperBase<NioChannel>, Head> heads = new HashMap<>();
    private @Nullable ScheduledFuture<?> looks;

    /** Called by the container, by this class's name. */
    public TimedHttp() {
        // Nothing to set up.
    }

    void setLongestHead(Duration longestHead) {
        longest = longestHead;
    }

    /**
     * What a connection is in the middle of.
     *
     * @param request how many came before it
     * @param since by the clock that never jumps
     */
    private record Head(int request, long since) {}

    @Override
    public void start() throws Exception {
        super.start();
        looks = getUtilityExecutor()
                .scheduleWithFixedDelay(this::hangUp, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looks != null) {
            looks.cancel(false);
        }
        super.stop();
    }

    private void hangUp() {
        long now = System.nanoTime();
        Map<SocketWrapperBase<NioChannel>, Head> seen = new HashMap<>();
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            Lock lock = connection.getLock();
            // Where a thread is at work, nobody is waited for.
            if (!lock.tryLock()) {
                continue;
            }
            try {
                if (connection.getCurrentProcessor() instanceof AbstractProcessor waiting
                        && !waiting.isAsync()
                        && !waiting.isUpgrade()) {
                    int request = waiting.getRequest().getRequestProcessor().getRequestCount();
                    Head before = heads.get(connection);
                    Head head = before != null && before.request == request ? before : new Head(request, now);
                    if (now - head.since >= longest.toNanos()) {
                        connection.close();
                    } else {
                        seen.put(connection, head);
                    }
                }
            } finally {
                lock.unlock();
            }
        }
        heads = seen;
    }
}
