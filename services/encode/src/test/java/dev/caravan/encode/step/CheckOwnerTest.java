package dev.caravan.encode.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.Messages;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckOwnerTest {

    private final CheckOwner unit = new CheckOwner(new ObjectMapper());

    @Test
    void letsTheOwnerAndAdministratorsPass() throws Exception {
        Exchange owners = asked("42", null, row());
        unit.process(owners);
        assertThat(Jobs.attempt(owners).videoId()).isEqualTo("a");
        assertThat(Jobs.attempt(owners).number()).isEqualTo(3);

        unit.process(asked("1", "admin", row()));
    }

    @Test
    void refusesOthersAndWhatIsNotThere() {
        assertThatThrownBy(() -> unit.process(asked("7", "user", row())))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Status.Code.PERMISSION_DENIED));
        assertThatThrownBy(() -> unit.process(asked("42", "admin", null)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Status.Code.NOT_FOUND));
    }

    private static Exchange asked(String userId, @Nullable String role, @Nullable Map<String, Object> row) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Headers.USER_ID, userId);
        exchange.getMessage().setHeader(Headers.USER_ROLE, role);
        exchange.getMessage().setBody(row);
        return exchange;
    }

    private static Map<String, Object> row() {
        return Map.of(
                "user_id",
                42L,
                "attempt",
                3,
                "headers",
                "{}",
                "delivery",
                Messages.uploaded("a", "").getBytes(StandardCharsets.UTF_8));
    }
}
