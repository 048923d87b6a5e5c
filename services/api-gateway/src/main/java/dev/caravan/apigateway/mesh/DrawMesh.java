package dev.caravan.apigateway.mesh;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.apigateway.ApiGatewayProperties;
import dev.caravan.apigateway.ContractSource;
import dev.caravan.apigateway.JsonAnswer;
import dev.caravan.kernel.mesh.MapRoutes;
import dev.caravan.kernel.mesh.Numbers;
import dev.caravan.kernel.mesh.ServiceMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Draws one map of what the services said of themselves and of the gateway's own routes. */
@Component
final class DrawMesh implements Processor {

    private static final String GATEWAY = "api-gateway";

    private final ObjectProvider<MapRoutes> own;
    private final ContractSource contract;
    private final ApiGatewayProperties.Links links;
    private final ObjectMapper json = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING);

    DrawMesh(ObjectProvider<MapRoutes> own, ContractSource contract, ApiGatewayProperties properties) {
        this.own = own;
        this.contract = contract;
        this.links = properties.meshLinks();
    }

    @Override
    @SuppressWarnings("unchecked") // what CollectMesh leaves
    public void process(Exchange exchange) {
        List<MeshAnswer> answers = new ArrayList<>(exchange.getMessage().getBody(List.class));
        answers.add(new MeshAnswer(GATEWAY, own.getObject().map(exchange.getProperty("route", String.class))));
        answers.sort(Comparator.comparing(MeshAnswer::service));
        JsonAnswer.put(exchange, 200, JsonAnswer.CONTENT_TYPE, draw(answers));
    }

    private ObjectNode draw(List<MeshAnswer> answers) {
        List<ServiceMap> maps =
                answers.stream().map(MeshAnswer::map).filter(Objects::nonNull).toList();
        List<String> silent = answers.stream()
                .filter(answer -> answer.map() == null)
                .map(MeshAnswer::service)
                .toList();
        Mesh mesh = new Mesh(maps, silent, contract.operations());
        ObjectNode answer = json.createObjectNode().put("message", "Success");
        ObjectNode data = answer.putObject("data");
        ArrayNode services = data.putArray("services");
        answers.forEach(service -> services.add(service(service)));
        data.set("bounds", json.valueToTree(Numbers.BOUNDS));
        data.set("nodes", json.valueToTree(mesh.nodes()));
        data.set("edges", json.valueToTree(mesh.edges()));
        data.set("links", json.valueToTree(links));
        data.set("source", json.valueToTree(source(maps)));
        return answer;
    }

    private ObjectNode service(MeshAnswer answer) {
        ServiceMap map = answer.map();
        ObjectNode service = json.createObjectNode();
        service.put("name", answer.service());
        service.put("answers", map != null);
        service.put("instance", map == null ? null : map.instance());
        service.put(
                "started_at",
                map == null ? null : Instant.ofEpochMilli(map.startedAt()).toString());
        return service;
    }

    private static ServiceMap.@Nullable Source source(List<ServiceMap> maps) {
        return maps.stream()
                .map(ServiceMap::source)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
