package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.user.FindUsersRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of users is asked for; INVALID_ARGUMENT for what is none. */
@Component
public class ReadFindUsersRequest implements Processor {

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;
    private static final int MOST_SEARCH = 200;
    private static final List<String> STATES = List.of("", "active", "blocked");

    /** The id of the user who was shown last; there are no larger ones. */
    private static final Pattern CURSOR = Pattern.compile("[1-9][0-9]{0,8}|1[0-9]{9}");

    @Override
    public void process(Exchange exchange) {
        FindUsersRequest request = exchange.getMessage().getBody(FindUsersRequest.class);
        String search = UserText.line(request.getSearch()).strip();
        String cursor = request.getCursor();
        FieldErrors errors = new FieldErrors()
                .length("search", search, 0, MOST_SEARCH)
                .text("search", search)
                .oneOf("state", request.getState(), STATES);
        if (request.getSize() < 0) {
            errors.add("size", "size must be at least 1");
        } else if (request.getSize() > LARGEST) {
            errors.add("size", "size must be at most " + LARGEST);
        }
        if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
            errors.add("cursor", "cursor must be one that a list answered");
        }
        errors.orThrow();
        exchange.setVariable("search", search);
        exchange.setVariable("state", request.getState());
        exchange.setVariable("after", cursor.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(cursor));
        exchange.setVariable(Variables.SIZE, request.getSize() == 0 ? USUAL_SIZE : request.getSize());
    }
}
