package dev.caravan.apigateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
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

    private static final Pattern DIGITS = Pattern.compile("-?(0|[1-9][0-9]{0,99})");

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?");

    private static final Set<String> TRUTH = Set.of("true", "false");

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
        ObjectNode request = parameters(operation, exchange);
        JsonNode body = operation.body() == null
                ? json.createObjectNode()
                : body(exchange.getMessage().getBody(String.class));
        FieldErrors unreadable = new FieldErrors();
        // Those of other operations, too: what a query says is text, whether it means something here or not.
        for (String name : source.contract().queryParameters()) {
            unreadable.text(name, exchange.getMessage().getHeader(name, String.class));
        }
        Unreadable.check(request, unreadable);
        Unreadable.check(body, unreadable);
        unreadable.orThrow();
        Set<ValidationMessage> findings =
                new LinkedHashSet<>(operation.parameterSchema().validate(request));
        if (operation.body() != null) {
            findings.addAll(operation.body().validate(body));
        }
        if (!findings.isEmpty()) {
            throw Fault.invalid(FieldSentences.of(findings));
        }
        request.setAll((ObjectNode) body);
        exchange.getMessage().setBody(request.toString());
    }

    private JsonNode body(@Nullable String text) {
        if (GatewayRequest.NO_TEXT.equals(text)) {
            throw Fault.invalid("body", "body must be JSON in UTF-8");
        }
        try {
            return text == null || text.isBlank() ? json.createObjectNode() : json.readTree(text);
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
            Object sent = exchange.getMessage().getHeader(parameter.name());
            if (sent instanceof Collection<?>) {
                throw Fault.invalid(parameter.name(), parameter.name() + " may come once");
            } else if (sent != null) {
                parameters.set(parameter.name(), value(parameter, sent.toString()));
            }
        }
        return parameters;
    }

    /** A text that is not of the declared type stays a text, and the schema says so. */
    private JsonNode value(Contract.Parameter parameter, String text) {
        JsonNodeFactory nodes = json.getNodeFactory();
        if (parameter.type().equals("integer") && DIGITS.matcher(text).matches()) {
            return nodes.numberNode(new BigInteger(text));
        }
        if (parameter.type().equals("number") && DECIMAL.matcher(text).matches()) {
            return nodes.numberNode(new BigDecimal(text));
        }
        return parameter.type().equals("boolean") && TRUTH.contains(text)
                ? nodes.booleanNode(Boolean.parseBoolean(text))
                : nodes.textNode(text);
    }
}
