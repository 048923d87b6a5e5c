package dev.caravan.encode.step;

import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.StoppedException;
import dev.caravan.encode.job.JobLostException;
import dev.caravan.kernel.Fault;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;
import org.springframework.stereotype.Component;

/**
 * Says in the variable {@code failureClass} what follows from a failure: {@code interrupted} when it says nothing about the
 * video (the service stops, the job was lost, or a route was replaced by its edited self while the video was in it),
 * {@code refused} when the video is at fault, {@code failed} when the platform is.
 */
@Component
public class ClassifyFailure implements Processor {

    private final Programs programs;

    ClassifyFailure(Programs programs) {
        this.programs = programs;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        exchange.setVariable("failureClass", failureClass(caught));
        // Camel marks an exchange whose repetitions are used up, and would repeat none of the steps that follow.
        exchange.getExchangeExtension().setFailureHandled(false);
    }

    private String failureClass(Throwable caught) {
        if (programs.isStopped() || saysNothing(caught)) {
            return "interrupted";
        }
        return Fault.in(caught) == null ? "failed" : "refused";
    }

    private static boolean saysNothing(Throwable caught) {
        for (Throwable cause : ObjectHelper.createExceptionIterable(caught)) {
            if (cause instanceof JobLostException || cause instanceof StoppedException || isOfAReplacedRoute(cause)) {
                return true;
            }
        }
        return false;
    }

    /** What the steps of a stopped route throw at an exchange that is still in them. */
    private static boolean isOfAReplacedRoute(Throwable cause) {
        return cause instanceof RejectedExecutionException
                || (cause instanceof IllegalStateException
                        && String.valueOf(cause.getMessage()).contains("has not been started"));
    }
}
