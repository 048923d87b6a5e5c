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

class JudgeFailureTest {

    private final Programs programs = new Programs(0, Map.of());
    private final JudgeFailure unit = new JudgeFailure(programs);

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void findsThePlatformAtFaultForWhatNobodyStated() {
        assertThat(verdict(new IOException("S3 is down"))).isEqualTo("failed");
    }

    @Test
    void findsTheVideoAtFaultForWhatIsStatedAlsoWithinASplit() {
        assertThat(verdict(Refusal.TRUNCATED.fault())).isEqualTo("refused");
        assertThat(verdict(new CamelExchangeException("split", exchange(), Refusal.TRUNCATED.fault())))
                .isEqualTo("refused");
    }

    @Test
    void handsTheJobBackWhenTheServiceStops() {
        programs.close();

        assertThat(verdict(new IOException("killed"))).isEqualTo("handed-back");
    }

    @Test
    void handsTheJobBackWhenItsRouteWasReplaced() {
        assertThat(verdict(new IllegalStateException("SendProcessor has not been started: direct://encode-store")))
                .isEqualTo("handed-back");
        assertThat(verdict(new CamelExchangeException("split", exchange(), new RejectedExecutionException())))
                .isEqualTo("handed-back");
    }

    private String verdict(Exception failure) {
        Exchange exchange = exchange();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        unit.process(exchange);
        return exchange.getVariable("verdict", String.class);
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }
}
