package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.user.FindUsersRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of users is asked for; INVALID_ARGUMENT for what is none. */
@Component
public class ReadFindUsersRequest implements Processor {

    private static final int MOST_SEARCH = 200;
    private static final List<String> STATES = List.of("", "active", "blocked");

    @Override
    public void process(Exchange exchange) {
        FindUsersRequest request = exchange.getMessage().getBody(FindUsersRequest.class);
        String search = UserText.line(request.getSearch()).strip();
        FieldErrors errors = new FieldErrors()
                .length("search", search, 0, MOST_SEARCH)
                .text("search", search)
                .oneOf("state", request.getState(), STATES);
        Pages.check(errors, request.getSize(), request.getCursor());
        errors.orThrow();
        exchange.setVariable("search", search);
        exchange.setVariable("state", request.getState());
        Pages.into(exchange, request.getSize(), request.getCursor());
    }
}
