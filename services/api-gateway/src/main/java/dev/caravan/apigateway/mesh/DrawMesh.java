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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Draws one map of what the services and other gateways said of themselves and of this gateway's own routes. */
@Component
final class DrawMesh implements Processor {

    static final String GATEWAY = "api-gateway";

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
        Map<String, List<ServiceMap>> services =
                new TreeMap<>(exchange.getMessage().getBody(Map.class));
        ServiceMap here = own.getObject().map(exchange.getProperty("route", String.class));
        // It has asked itself too where its name has its own address.
        services.put(
                GATEWAY,
                Stream.concat(
                                Stream.of(here),
                                services.getOrDefault(GATEWAY, List.of()).stream()
                                        .filter(other -> !other.instance().equals(here.instance())))
                        .toList());
        JsonAnswer.put(exchange, 200, JsonAnswer.CONTENT_TYPE, draw(services));
    }

    private ObjectNode draw(Map<String, List<ServiceMap>> services) {
        Map<String, ServiceMap> merged = new TreeMap<>();
        List<String> silent = new ArrayList<>();
        services.forEach((service, instances) -> {
            if (instances.isEmpty()) {
                silent.add(service);
            } else {
                merged.put(service, MergeInstances.merge(instances));
            }
        });
        Mesh mesh = new Mesh(List.copyOf(merged.values()), silent, contract.operations());
        ObjectNode answer = json.createObjectNode().put("message", "Success");
        ObjectNode data = answer.putObject("data");
        ArrayNode list = data.putArray("services");
        services.forEach((service, instances) -> list.add(service(service, merged.get(service), instances)));
        data.set("bounds", json.valueToTree(Numbers.BOUNDS));
        ArrayNode nodes = data.putArray("nodes");
        mesh.nodes().forEach(node -> nodes.add(node(node, services)));
        data.set("edges", json.valueToTree(mesh.edges()));
        data.set("links", json.valueToTree(links));
        data.set("source", json.valueToTree(source(merged.values())));
        return answer;
    }

    private ObjectNode service(String name, @Nullable ServiceMap merged, List<ServiceMap> instances) {
        ObjectNode service = json.createObjectNode();
        service.put("name", name);
        service.put("answers", merged != null);
        service.put("instance", merged == null ? null : merged.instance());
        service.put("started_at", merged == null ? null : moment(merged.startedAt()));
        ArrayNode list = service.putArray("instances");
        instances.forEach(instance ->
                list.addObject().put("instance", instance.instance()).put("started_at", moment(instance.startedAt())));
        return service;
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** With how many instances have a route. */
    private ObjectNode node(Mesh.Node node, Map<String, List<ServiceMap>> services) {
        ObjectNode answer = json.valueToTree(node);
        if (node.service() != null) {
            answer.put(
                    "instances",
                    services.getOrDefault(node.service(), List.of()).stream()
                            .filter(instance -> instance.routes().stream()
                                    .anyMatch(route -> route.id().equals(node.name())))
                            .count());
        }
        return answer;
    }

    private static ServiceMap.@Nullable Source source(Collection<ServiceMap> maps) {
        return maps.stream()
                .map(ServiceMap::source)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
