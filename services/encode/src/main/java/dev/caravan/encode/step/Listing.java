package dev.caravan.encode.step;

import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads the listing of objects in a body. A listing by prefix may hold longer keys too. */
final class Listing {

    private Listing() {}

    static @Nullable S3Object find(Exchange exchange, String key) {
        List<?> objects = exchange.getMessage().getBody(List.class);
        return objects.stream()
                .map(S3Object.class::cast)
                .filter(object -> object.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
