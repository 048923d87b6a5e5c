package dev.caravan.apigateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import dev.caravan.kernel.Fault;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes one JSON object of the parameters and the body of a request, after the contract's words on the operation that
 * has the route's id.
 *
 * @throws Fault with a sentence for each field that is missing, unknown or not as the contract says
 */
@Component
final class ReadRequest implements Processor {

    private final ContractSource source;
    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .configure(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION, false);

    ReadRequest(ContractSource source) {
        this.source = source;
    }

    @Override
    public void process(Exchange exchange) {
        Contract.Operation operation =
                source.contract().operation(String.valueOf(ExchangeHelper.getAtRouteId(exchange)));
        ObjectNode parameters = parameters(operation, exchange);
        Set<ValidationMessage> findings =
                new LinkedHashSet<>(operation.parameterSchema().validate(parameters));
        ObjectNode request = parameters;
        if (operation.body() != null) {
            JsonNode body = body(exchange.getMessage().getBody(String.class));
            findings.addAll(operation.body().validate(body));
            if (body instanceof ObjectNode object) {
                request.setAll(object);
            }
        }
        if (!findings.isEmpty()) {
            throw Fault.invalid(FieldSentences.of(findings));
        }
        exchange.getMessage().setBody(request.toString());
    }

    private JsonNode body(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return json.createObjectNode();
        }
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Fault.invalid("body", "body must be JSON: " + e.getOriginalMessage() + place);
        }
    }

    private ObjectNode parameters(Contract.Operation operation, Exchange exchange) {
        ObjectNode parameters = json.createObjectNode();
        for (Contract.Parameter parameter : operation.parameters()) {
            String text = exchange.getMessage().getHeader(parameter.name(), String.class);
            if (text != null) {
                parameters.set(parameter.name(), value(parameter, text));
            }
        }
        return parameters;
    }

    /** A text that is not of the declared type stays a text, and the schema says so. */
    private JsonNode value(Contract.Parameter parameter, String text) {
        if (parameter.type().equals("string")) {
            return json.getNodeFactory().textNode(text);
        }
        try {
            JsonNode value = json.readTree(text);
            return value.isValueNode() && !value.isNull()
                    ? value
                    : json.getNodeFactory().textNode(text);
        } catch (JsonProcessingException e) {
            return json.getNodeFactory().textNode(text);
        }
    }
}
