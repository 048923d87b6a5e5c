package dev.caravan.apigateway;

import com.google.protobuf.ByteString;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.PutThumbnailRequest;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts the picture that came, in the property {@code request}, into the request that is the body now, byte for byte: each of its
 * characters is one, see {@link GatewayRequest#keepBytes}; or the second that the query names.
 *
 * @throws Fault when neither came, or both
 */
@Component
final class AddThumbnail implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        PutThumbnailRequest.Builder request =
                exchange.getMessage().getMandatoryBody(PutThumbnailRequest.class).toBuilder();
        String file = exchange.getProperty("request", "", String.class);
        @Nullable Double second = exchange.getMessage().getHeader("second", Double.class);
        if (file.isEmpty() == (second == null)) {
            throw Fault.invalid("thumbnail", "thumbnail must be a picture, or a second of the video, and not both");
        }
        exchange.getMessage()
                .setBody((second == null
                                ? request.setPicture(ByteString.copyFrom(file, StandardCharsets.ISO_8859_1))
                                : request.setSecond(second))
                        .build());
    }
}
