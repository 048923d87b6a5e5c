package dev.caravan.videocatalog.owner;

import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.videocatalog.User;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Remembers the owner in the body, for this answer and for others, without what is his own business. */
@Component
class KeepOwner implements Processor {

    private final OwnerMemory memory;

    KeepOwner(OwnerMemory memory) {
        this.memory = memory;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        var found = exchange.getMessage()
                .getMandatoryBody(FindByIdResponse.class)
                .getData()
                .getUser();
        // Under the id that was asked for: whatever the answer says, it was about this one.
        User.Builder user = User.newBuilder()
                .setId(exchange.getVariable(Owner.ID_VARIABLE, Integer.class))
                .setName(found.getName());
        if (found.hasImage()) {
            user.setImage(found.getImage());
        }
        Owner owner = new Owner(user.build(), true);
        memory.keep(owner);
        OwnersOfVideos.of(exchange).add(owner.user());
    }
}
