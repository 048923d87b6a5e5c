package dev.caravan.encode.step;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.encode.ffmpeg.Programs;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class LeaveToTheNextTest {

    private final Programs programs = new Programs(0, Map.of());
    private final LeaveToTheNext unit = new LeaveToTheNext(programs);

    @Test
    void letsAFailureOfTheWorldBeAnnounced() {
        assertThatCode(() -> unit.process(caught(new IOException("S3 is down"))))
                .doesNotThrowAnyException();
        programs.close();
    }

    @Test
    void leavesTheVideoWhenTheServiceStops() {
        programs.close();

        assertThatThrownBy(() -> unit.process(caught(new IOException("killed"))))
                .hasMessage("killed");
    }

    @Test
    void leavesTheVideoWhenItsRouteWasReplaced() {
        IllegalStateException stopped =
                new IllegalStateException("SendProcessor has not been started: direct://encode-store");

        assertThatThrownBy(() -> unit.process(caught(stopped))).isSameAs(stopped);
        assertThatThrownBy(() -> unit.process(
                        caught(new CamelExchangeException("split", caught(stopped), new RejectedExecutionException()))))
                .hasRootCauseInstanceOf(RejectedExecutionException.class);
        programs.close();
    }

    private static Exchange caught(Exception failure) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        return exchange;
    }
}
