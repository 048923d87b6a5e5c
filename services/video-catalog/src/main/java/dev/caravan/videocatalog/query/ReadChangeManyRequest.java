package dev.caravan.videocatalog.query;

import com.google.protobuf.Message;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.ChangeManyRequest;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.RestoreRequest;
import dev.caravan.proto.videocatalog.UpdateRequest;
import java.time.Clock;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Makes of one request about many videos one about each: afterwards the body is the list of these, and the variable
 * {@code rpc} says which procedure they are for.
 */
@Component
class ReadChangeManyRequest implements Processor {

    private static final int MOST = 100;
    private static final List<String> ACTIONS = List.of("update", "trash", "restore", "delete");

    private final Clock clock = Clock.systemUTC();

    @Override
    public void process(Exchange exchange) throws Exception {
        Caller.required(exchange.getMessage());
        ChangeManyRequest request = exchange.getMessage().getMandatoryBody(ChangeManyRequest.class);
        FieldErrors errors = new FieldErrors();
        if (request.getIdsCount() == 0) {
            errors.add("ids", "ids is required");
        } else if (request.getIdsCount() > MOST) {
            errors.add("ids", "ids must be at most " + MOST);
        }
        errors.oneOf("action", request.getAction(), ACTIONS).orThrow();
        UpdateRequest changes = changes(request);
        Changes.of(changes, clock);
        IntFunction<Message> one =
                switch (request.getAction()) {
                    case "update" -> id -> changes.toBuilder().setId(id).build();
                    case "restore" ->
                        id -> RestoreRequest.newBuilder().setId(id).build();
                    default ->
                        id -> DeleteRequest.newBuilder()
                                .setId(id)
                                .setPermanently(request.getAction().equals("delete"))
                                .build();
                };
        exchange.setVariable("rpc", request.getAction().equals("trash") ? "delete" : request.getAction());
        exchange.getMessage()
                .setBody(
                        request.getIdsList().stream().distinct().map(one::apply).toList());
    }

    private static UpdateRequest changes(ChangeManyRequest request) {
        UpdateRequest.Builder changes = UpdateRequest.newBuilder();
        if (request.hasVisibility()) {
            changes.setVisibility(request.getVisibility());
        }
        if (request.hasPublishAt()) {
            changes.setPublishAt(request.getPublishAt());
        }
        if (request.hasTags()) {
            changes.setTags(request.getTags());
        }
        if (request.hasLanguage()) {
            changes.setLanguage(request.getLanguage());
        }
        if (request.hasLicence()) {
            changes.setLicence(request.getLicence());
        }
        if (request.hasEmbedOrigins()) {
            changes.setEmbedOrigins(request.getEmbedOrigins());
        }
        if (request.hasDownloads()) {
            changes.setDownloads(request.getDownloads());
        }
        return changes.build();
    }
}
