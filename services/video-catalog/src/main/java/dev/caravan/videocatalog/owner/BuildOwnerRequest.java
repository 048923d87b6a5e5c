package dev.caravan.videocatalog.owner;

import dev.caravan.proto.user.FindByIdRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes of the id in the body a request to the user service; the variable {@code ownerId} keeps the id. */
@Component
class BuildOwnerRequest implements Processor {

    static final String VARIABLE = "ownerId";

    @Override
    public void process(Exchange exchange) throws Exception {
        Integer id = exchange.getMessage().getMandatoryBody(Integer.class);
        exchange.setVariable(VARIABLE, id);
        exchange.getMessage().setBody(FindByIdRequest.newBuilder().setId(id).build());
    }
}
