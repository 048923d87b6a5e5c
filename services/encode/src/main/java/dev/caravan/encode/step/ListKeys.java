package dev.caravan.encode.step;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Turns the listing of objects in the body into the list of their keys, for the step that removes them. */
@Component
public class ListKeys implements Processor {

    @Override
    public void process(Exchange exchange) {
        List<?> objects = exchange.getMessage().getBody(List.class);
        List<String> keys =
                objects.stream().map(object -> ((S3Object) object).key()).toList();
        exchange.getMessage().setBody(keys);
        exchange.getMessage().setHeader(AWS2S3Constants.KEYS_TO_DELETE, keys);
    }
}
