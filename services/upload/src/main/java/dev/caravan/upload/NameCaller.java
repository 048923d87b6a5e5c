package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes the caller's id from {@code x-user-id} to the header {@code userId}; without one nobody is served. */
@Component
final class NameCaller implements Processor {

    @Override
    public void process(Exchange exchange) {
        String caller = exchange.getMessage().getHeader(Headers.USER_ID, String.class);
        try {
            exchange.getMessage().setHeader(UploadHeaders.CALLER, Integer.valueOf(String.valueOf(caller)));
        } catch (NumberFormatException e) {
            throw Fault.unauthenticated("CALLER_UNKNOWN", "Log in to upload a video.");
        }
    }
}
