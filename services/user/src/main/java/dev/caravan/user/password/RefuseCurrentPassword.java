package dev.caravan.user.password;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says that the current password was wrong, also when it became so while the new one was hashed. */
@Component
public class RefuseCurrentPassword implements Processor {

    @Override
    public void process(Exchange exchange) {
        throw wrong();
    }

    static Fault wrong() {
        return Fault.invalid("current_password", "current_password is wrong");
    }
}
