package dev.caravan.encode.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.media.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifyFailureTest {

    private final Programs programs = new Programs(0, Map.of());
    private final ClassifyFailure unit = new ClassifyFailure(programs);

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void findsThePlatformAtFaultForWhatNobodyStated() {
        assertThat(failureClass(new IOException("S3 is down"))).isEqualTo("failed");
    }

    @Test
    void findsTheVideoAtFaultForWhatIsStatedAlsoWithinASplit() {
        assertThat(failureClass(Refusal.TRUNCATED.fault())).isEqualTo("refused");
        assertThat(failureClass(new CamelExchangeException("split", exchange(), Refusal.TRUNCATED.fault())))
                .isEqualTo("refused");
    }

    @Test
    void handsTheJobBackWhenTheServiceStops() {
        programs.close();

        assertThat(failureClass(new IOException("killed"))).isEqualTo("interrupted");
    }

    @Test
    void handsTheJobBackWhenItsRouteWasReplaced() {
        assertThat(failureClass(new IllegalStateException("SendProcessor has not been started: direct://encode-store")))
                .isEqualTo("interrupted");
        assertThat(failureClass(new CamelExchangeException("split", exchange(), new RejectedExecutionException())))
                .isEqualTo("interrupted");
    }

    private String failureClass(Exception failure) {
        Exchange exchange = exchange();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        unit.process(exchange);
        return exchange.getVariable("failureClass", String.class);
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }
}
