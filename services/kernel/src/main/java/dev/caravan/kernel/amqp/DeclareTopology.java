package dev.caravan.kernel.amqp;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.amqp.core.AmqpAdmin;

/**
 * Declares anew what the service has declared with its connection. The broker says of a message that some queue has it, and
 * nothing of another queue that has lost its binding to the exchange meanwhile.
 */
final class DeclareTopology implements Processor {

    private final AmqpAdmin broker;

    DeclareTopology(AmqpAdmin broker) {
        this.broker = broker;
    }

    @Override
    public void process(Exchange exchange) {
        broker.initialize();
    }
}
