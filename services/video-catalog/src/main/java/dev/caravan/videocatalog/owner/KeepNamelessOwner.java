package dev.caravan.videocatalog.owner;

import dev.caravan.kernel.Fault;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Remembers that there is no such user, or for a moment that nobody could tell. */
@Component
class KeepNamelessOwner implements Processor {

    private final OwnerMemory memory;

    KeepNamelessOwner(OwnerMemory memory) {
        this.memory = memory;
    }

    @Override
    public void process(Exchange exchange) {
        Fault fault = Fault.in(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        boolean told = fault != null && fault.code() == Status.Code.NOT_FOUND;
        memory.keep(new Owner(Owner.nameless(exchange.getVariable(Owner.ID_VARIABLE, Integer.class)), told));
    }
}
