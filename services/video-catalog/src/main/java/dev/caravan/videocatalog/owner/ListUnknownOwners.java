package dev.caravan.videocatalog.owner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes from the rows in the body whose videos they are: the variable {@code owners} gets those who are remembered,
 * {@code unknownOwners} the ids of the others, each once.
 */
@Component
class ListUnknownOwners implements Processor {

    private final OwnerMemory memory;

    ListUnknownOwners(OwnerMemory memory) {
        this.memory = memory;
    }

    @Override
    public void process(Exchange exchange) {
        OwnersOfVideos owners = new OwnersOfVideos();
        Set<Integer> unknown = new LinkedHashSet<>();
        for (Object row : exchange.getMessage().getBody(List.class)) {
            Integer id = (Integer) ((Map<?, ?>) row).get("user_id");
            Owner owner = id == null ? null : memory.find(id);
            if (owner != null) {
                owners.add(owner.user());
            } else if (id != null) {
                unknown.add(id);
            }
        }
        exchange.setVariable(OwnersOfVideos.VARIABLE, owners);
        exchange.setVariable("unknownOwners", unknown);
    }
}
