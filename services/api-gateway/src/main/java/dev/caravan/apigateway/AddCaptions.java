package dev.caravan.apigateway;

import com.google.protobuf.ByteString;
import dev.caravan.proto.videocatalog.PutCaptionsRequest;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Puts the body as it came, in the property {@code request}, into the request that is the body now, byte for byte: each of its
 * characters is one, see {@link GatewayRequest#keepBytes}. Which encoding it is in is for the catalogue to tell.
 */
@Component
final class AddCaptions implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        PutCaptionsRequest request = exchange.getMessage().getMandatoryBody(PutCaptionsRequest.class);
        String file = exchange.getProperty("request", "", String.class);
        exchange.getMessage()
                .setBody(request.toBuilder()
                        .setFile(ByteString.copyFrom(file, StandardCharsets.ISO_8859_1))
                        .build());
    }
}
