package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.UpdateProfileRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns an UpdateProfileRequest into the parameters name (null: as it was), image (null: none) and changes_image.
 */
@Component
public class CheckProfile implements Processor {

    private static final int MOST_IMAGE = 2048;

    @Override
    public void process(Exchange exchange) {
        UpdateProfileRequest request = exchange.getMessage().getBody(UpdateProfileRequest.class);
        FieldErrors errors = new FieldErrors();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("name", null);
        if (request.hasName()) {
            String name = Rules.tidied(request.getName());
            Rules.checkName(errors, name);
            parameters.put("name", name);
        }
        String image = request.getImage().strip();
        if (!image.isEmpty()) {
            checkImage(errors, image);
        }
        errors.orThrow();
        parameters.put("image", image.isEmpty() ? null : image);
        parameters.put("changes_image", request.hasImage());
        exchange.getMessage().setBody(parameters);
    }

    private static void checkImage(FieldErrors errors, String image) {
        errors.length("image", image, 0, MOST_IMAGE).text("image", image);
        if (!isWebAddress(image)) {
            errors.add("image", "image must be an http or https URL");
        }
    }

    private static boolean isWebAddress(String image) {
        try {
            URI uri = new URI(image);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
