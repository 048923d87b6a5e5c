package dev.caravan.encode.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.PrioritizeRequest;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPriorityTest {

    private final ReadPriority unit = new ReadPriority();

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 100})
    void makesParametersOfThem(int priority) {
        Exchange exchange = asked(PrioritizeRequest.newBuilder()
                .setVideoId("a")
                .setPriority(priority)
                .build());

        unit.process(exchange);

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("video_id", "a", "priority", priority));
    }

    @ParameterizedTest
    @CsvSource({"-1,priority must be at least 0", "101,priority must be at most 100"})
    void refusesWhatIsNone(int priority, String sentence) {
        Exchange exchange = asked(PrioritizeRequest.newBuilder()
                .setVideoId("a")
                .setPriority(priority)
                .build());

        assertThatThrownBy(() -> unit.process(exchange))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.fieldErrors())
                        .isEqualTo(Map.of("priority", List.of(sentence))));
    }

    @Test
    void takesNoneThatIsMissingForTheLowest() {
        assertThatThrownBy(() -> unit.process(
                        asked(PrioritizeRequest.newBuilder().setVideoId("a").build())))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.fieldErrors())
                        .isEqualTo(Map.of("priority", List.of("priority is required"))));
    }

    private static Exchange asked(PrioritizeRequest request) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("request", request);
        return exchange;
    }
}
