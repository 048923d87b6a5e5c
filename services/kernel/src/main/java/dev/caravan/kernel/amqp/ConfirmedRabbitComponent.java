package dev.caravan.kernel.amqp;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.component.springrabbit.DefaultMessageConverter;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.BeanUtils;

/**
 * The {@code spring-rabbitmq:} scheme whose producers, where the connection has correlated confirms, wait until the
 * broker has the message in a queue. Camel's own learn nothing of a message that no queue took. Consumers hand a body over
 * as the bytes that came.
 */
@org.apache.camel.spi.annotations.Component("spring-rabbitmq")
final class ConfirmedRabbitComponent extends SpringRabbitMQComponent {

    @Override
    protected void doInit() throws Exception {
        if (getMessageConverter() == null) {
            setMessageConverter(new BytesConverter(getCamelContext()));
        }
        super.doInit();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Endpoint plain = super.createEndpoint(uri, remaining, parameters);
        ConfirmedEndpoint confirmed = new ConfirmedEndpoint(uri, this, remaining);
        BeanUtils.copyProperties(plain, confirmed);
        return confirmed;
    }

    /**
     * Believes nothing that a message says of its content. Camel's own makes text of what calls itself text, and fails on an
     * encoding that does not exist before any route could put the message aside: it comes again at once, for ever.
     */
    private static final class BytesConverter extends DefaultMessageConverter {

        BytesConverter(CamelContext context) {
            super(context);
        }

        @Override
        public Object fromMessage(Message message) {
            return message.getBody();
        }
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
