package dev.caravan.kernel.mesh;

import com.google.common.base.CaseFormat;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.grpc.ServiceDescriptors;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import dev.caravan.kernel.mesh.ServiceMap.Sending;
import dev.caravan.kernel.mesh.ServiceMap.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;

/** Draws the map of a service from the routes that its Camel context has at this moment. */
public final class MapRoutes {

    private static final Pattern PEER = Pattern.compile("\\{\\{([a-z-]+?)\\.(?:http-)?address}}");
    private static final String RPC = "${header." + Headers.RPC + "}";

    private final CamelContext context;
    private final Traffic traffic;
    private final String service;
    private final Bindings bindings;
    private final long startedAt;
    private final String instance;

    /** @param service its name, which is also the folder of its routes */
    public MapRoutes(CamelContext context, Traffic traffic, String service, Bindings bindings, Clock clock) {
        this.context = context;
        this.traffic = traffic;
        this.service = service;
        this.bindings = bindings;
        startedAt = clock.millis();
        instance = host() + "-" + Long.toString(startedAt, Character.MAX_RADIX);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** @param sourceOf the route whose YAML to add, if it is one of this service */
    public ServiceMap map(@Nullable String sourceOf) {
        List<RunningRoute> routes = new ArrayList<>();
        for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
            routes.add(running(route));
        }
        return new ServiceMap(service, instance, startedAt, routes, bindings.all(), source(sourceOf));
    }

    private RunningRoute running(RouteDefinition route) {
        String id = route.getRouteId();
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        return new RunningRoute(
                id,
                route.getDescriptionText(),
                status == null ? "Stopped" : status.name(),
                Address.of(resolve(route.getInput().getEndpointUri())),
                sendings(route),
                context.getInflightRepository().size(id),
                traffic.ofRoute(id));
    }

    private List<Sending> sendings(RouteDefinition route) {
        String id = route.getRouteId();
        Map<Address, Sending> found = new LinkedHashMap<>();
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            String written = uriOf(step);
            if (written != null && !written.startsWith("log:")) {
                for (String uri : dispatched(route, written)) {
                    Address to = Address.of(resolve(uri));
                    found.putIfAbsent(to, new Sending(ownId(step), peer(uri), to, traffic.ofSent(id, to)));
                }
            }
        }
        // Where the message itself says where it goes.
        for (Address to : traffic.sentBy(id)) {
            found.putIfAbsent(to, new Sending(null, null, to, traffic.ofSent(id, to)));
        }
        return List.copyOf(found.values());
    }

    private static @Nullable String uriOf(ProcessorDefinition<?> step) {
        if (step instanceof ToDynamicDefinition dynamic) {
            return dynamic.getUri();
        }
        return step instanceof EndpointRequiredDefinition sender ? sender.getEndpointUri() : null;
    }

    /** A gRPC endpoint looks its route up by the name of the procedure, so it sends to as many as its contract has. */
    private List<String> dispatched(RouteDefinition route, String uri) {
        String from = route.getInput().getEndpointUri();
        if (!uri.contains(RPC) || !from.startsWith("grpc:")) {
            return List.of(uri);
        }
        Address contract = Address.of(resolve(from));
        return new ServiceDescriptors(context.getClassResolver())
                .of(contract.path().substring(contract.path().indexOf('/') + 1)).getMethods().stream()
                        .map(method -> CaseFormat.UPPER_CAMEL.to(
                                CaseFormat.LOWER_HYPHEN, String.valueOf(method.getBareMethodName())))
                        .map(rpc -> uri.replace(RPC, rpc))
                        .toList();
    }

    private static @Nullable String ownId(ProcessorDefinition<?> step) {
        return step.hasCustomIdAssigned() ? step.getId() : null;
    }

    private static @Nullable String peer(String uri) {
        Matcher matcher = PEER.matcher(uri);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** What has no value is shown as it is written. */
    private String resolve(String uri) {
        try {
            return context.resolvePropertyPlaceholders(uri);
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }

    private @Nullable Source source(@Nullable String id) {
        Route route = id == null ? null : context.getRoute(id);
        Resource resource = route == null ? null : route.getSourceResource();
        if (route == null || resource == null || !resource.exists()) {
            return null;
        }
        try (InputStream text = resource.getInputStream()) {
            return new Source(
                    route.getRouteId(), file(resource), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path below the folder of the routes, with its room, wherever that folder is. */
    private String file(Resource resource) {
        String location = resource.getLocation();
        int folder = Math.max(location.lastIndexOf("/" + service + "/"), location.lastIndexOf("/shared/"));
        return location.substring(Math.max(folder, location.lastIndexOf(':')) + 1);
    }
}
