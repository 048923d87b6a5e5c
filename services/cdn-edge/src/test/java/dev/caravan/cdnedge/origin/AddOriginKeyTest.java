package dev.caravan.cdnedge.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AddOriginKeyTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void showsTheKey() {
        new AddOriginKey("key").process(exchange);

        assertThat(exchange.getMessage().getHeaders()).containsEntry("x-origin-key", "key");
    }

    @Test
    void showsNothingWhereThereIsNoKey() {
        new AddOriginKey("").process(exchange);

        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }
}
