package dev.caravan.apigateway;

import com.google.protobuf.ByteString;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import dev.caravan.proto.user.SetAvatarRequest;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the body as it came, in the property {@code request}, into a request, byte for byte, as {@link AddCaptions} does. */
@Component
final class AddAvatar implements Processor {

    /** As much as one message between services holds. */
    private static final int LARGEST = 4_000_000;

    @Override
    public void process(Exchange exchange) {
        byte[] image = exchange.getProperty("request", "", String.class).getBytes(StandardCharsets.ISO_8859_1);
        if (image.length > LARGEST) {
            throw Fault.of(Status.Code.OUT_OF_RANGE, Problem.TOO_LARGE, "An image can have at most 4 MB.");
        }
        exchange.getMessage()
                .setBody(SetAvatarRequest.newBuilder()
                        .setImage(ByteString.copyFrom(image))
                        .build());
    }
}
