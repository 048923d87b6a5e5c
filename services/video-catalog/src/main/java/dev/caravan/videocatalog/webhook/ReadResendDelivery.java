package dev.caravan.videocatalog.webhook;

import dev.caravan.proto.videocatalog.ResendDeliveryRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code delivery_id} to that of the delivery that is to be sent once more. */
@Component
class ReadResendDelivery implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        ResendDeliveryRequest request = exchange.getMessage().getMandatoryBody(ResendDeliveryRequest.class);
        exchange.setVariable(
                WebhookVariables.DELIVERY,
                ReadWebhookId.uuid(request.getDeliveryId(), "DELIVERY_UNKNOWN", "There is no such delivery."));
    }
}
