package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.MomentCursor;
import dev.caravan.proto.auth.FindSessionsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of sessions is asked for; INVALID_ARGUMENT for what is none. */
@Component
public final class ReadFindSessionsRequest implements Processor {

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;
    private static final String END = "infinity";
    private static final String LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    @Override
    public void process(Exchange exchange) {
        FindSessionsRequest request = exchange.getMessage().getBody(FindSessionsRequest.class);
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
        exchange.setVariable(Variables.SIZE, request.getSize() == 0 ? USUAL_SIZE : request.getSize());
        exchange.setVariable(Variables.AFTER, after == null ? END : after.time().toString());
        exchange.setVariable(
                Variables.AFTER_ID, after == null ? LAST_ID : after.id().toString());
    }
}
