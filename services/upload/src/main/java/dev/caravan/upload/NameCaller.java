package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes the caller's id from {@code x-user-id} to the header {@code userId}; without one nobody is served. */
@Component
final class NameCaller implements Processor {

    /** Ids begin with 1 and are written in one way only. */
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,9}");

    @Override
    public void process(Exchange exchange) {
        String caller = String.valueOf(exchange.getMessage().getHeader(Headers.USER_ID, String.class));
        try {
            if (POSITIVE.matcher(caller).matches()) {
                exchange.getMessage().setHeader(UploadHeaders.CALLER, Integer.valueOf(caller));
                return;
            }
        } catch (NumberFormatException e) {
            // More than there are ids: nobody's, as told below.
        }
        throw Fault.unauthenticated("CALLER_UNKNOWN", "Log in to upload a video.");
    }
}
