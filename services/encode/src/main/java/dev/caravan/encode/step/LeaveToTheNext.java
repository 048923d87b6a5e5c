package dev.caravan.encode.step;

import dev.caravan.encode.ffmpeg.Programs;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;
import org.springframework.stereotype.Component;

/**
 * Throws what was caught when it says nothing about the video, so that the message goes back to its queue: the service
 * is stopping, or a route was replaced by its edited self while the video was in it.
 */
@Component
public class LeaveToTheNext implements Processor {

    private final Programs programs;

    LeaveToTheNext(Programs programs) {
        this.programs = programs;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (programs.isStopped() || isOfAReplacedRoute(caught)) {
            throw caught;
        }
    }

    /** What the steps of a stopped route throw at an exchange that is still in them. */
    private static boolean isOfAReplacedRoute(Exception caught) {
        for (Throwable cause : ObjectHelper.createExceptionIterable(caught)) {
            if (cause instanceof RejectedExecutionException
                    || (cause instanceof IllegalStateException
                            && String.valueOf(cause.getMessage()).contains("has not been started"))) {
                return true;
            }
        }
        return false;
    }
}
