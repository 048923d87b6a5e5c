package dev.caravan.kernel.amqp;

import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.BeanUtils;

/**
 * The {@code spring-rabbitmq:} scheme whose producers, where the connection has correlated confirms, wait until the
 * broker has the message in a queue. Camel's own learn nothing of a message that no queue took.
 */
@org.apache.camel.spi.annotations.Component("spring-rabbitmq")
final class ConfirmedRabbitComponent extends SpringRabbitMQComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Endpoint plain = super.createEndpoint(uri, remaining, parameters);
        ConfirmedEndpoint confirmed = new ConfirmedEndpoint(uri, this, remaining);
        BeanUtils.copyProperties(plain, confirmed);
        return confirmed;
    }

    private static final class ConfirmedEndpoint extends SpringRabbitMQEndpoint {

        ConfirmedEndpoint(String uri, Component component, String exchangeName) {
            super(uri, component, exchangeName);
        }

        /** The template waits for its own message; Camel's wait for all of a channel remembers former refusals. */
        @Override
        public String getConfirm() {
            return getConnectionFactory().isPublisherConfirms() ? "disabled" : super.getConfirm();
        }

        @Override
        public RabbitTemplate createInOnlyTemplate() {
            ConfirmedTemplate template = new ConfirmedTemplate(getConnectionFactory(), getConfirmTimeout());
            template.setRoutingKey(getRoutingKey());
            template.setUsePublisherConnection(isUsePublisherConnection());
            return template;
        }
    }
}
