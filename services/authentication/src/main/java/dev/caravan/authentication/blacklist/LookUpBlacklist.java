package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.Variables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says by {@code tokenStatus} what Redis knows of the token of a call. */
@Component
public final class LookUpBlacklist implements Processor {

    private final Blacklist blacklist;

    LookUpBlacklist(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        TokenStatus tokenStatus = blacklist.tokenStatus(
                exchange.getVariable(Variables.TOKEN_ID, String.class),
                exchange.getVariable(Variables.SESSION_ID, String.class));
        exchange.setVariable(Variables.TOKEN_STATUS, tokenStatus.word());
    }
}
