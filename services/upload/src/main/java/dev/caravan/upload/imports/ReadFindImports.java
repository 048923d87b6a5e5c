package dev.caravan.upload.imports;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.MomentCursor;
import dev.caravan.proto.upload.FindImportsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of imports is asked for; INVALID_ARGUMENT for what is none. */
@Component
final class ReadFindImports implements Processor {

    static final String SIZE = "size";

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;
    private static final String END = "infinity";
    private static final String LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    @Override
    public void process(Exchange exchange) {
        FindImportsRequest request = exchange.getMessage().getBody(FindImportsRequest.class);
        MomentCursor after = request.getCursor().isEmpty() ? null : MomentCursor.parse(request.getCursor());
        FieldErrors errors = new FieldErrors();
        if (request.getSize() < 0) {
            errors.add("size", "size must be at least 1");
        } else if (request.getSize() > LARGEST) {
            errors.add("size", "size must be at most " + LARGEST);
        }
        if (!request.getCursor().isEmpty() && after == null) {
            errors.add("cursor", "cursor must be one that a list answered");
        }
        errors.orThrow();
        exchange.setVariable(SIZE, request.getSize() == 0 ? USUAL_SIZE : request.getSize());
        exchange.setVariable("after", after == null ? END : after.time().toString());
        exchange.setVariable("afterId", after == null ? LAST_ID : after.id().toString());
    }
}
