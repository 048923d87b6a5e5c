package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Refuses one more upload to a caller who has begun many and ended none of them. */
@Component
final class LimitOpenUploads implements Processor {

    /** Long enough to end one of them. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final int most;

    LimitOpenUploads(UploadProperties properties) {
        this.most = properties.maxOpenPerUser();
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getHeader(UploadHeaders.OPEN, Long.class) >= most) {
            throw Fault.exhausted(
                    "TOO_MANY_OPEN_UPLOADS",
                    "You have begun " + most + " uploads and not ended them; end one by the webhook first.",
                    A_MINUTE);
        }
    }
}
