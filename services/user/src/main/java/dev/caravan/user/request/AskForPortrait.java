package dev.caravan.user.request;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.MakePortraitRequest;
import dev.caravan.proto.user.SetAvatarRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Asks for the image of a SetAvatarRequest to be made anew. */
@Component
public class AskForPortrait implements Processor {

    @Override
    public void process(Exchange exchange) {
        SetAvatarRequest request = exchange.getMessage().getBody(SetAvatarRequest.class);
        if (request.equals(SetAvatarRequest.getDefaultInstance())) {
            throw Fault.invalid("image", "image is required");
        }
        exchange.getMessage()
                .setBody(MakePortraitRequest.newBuilder()
                        .setImage(request.getImage())
                        .build());
    }
}
