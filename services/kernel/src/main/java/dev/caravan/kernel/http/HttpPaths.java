package dev.caravan.kernel.http;

import java.util.List;
import java.util.Map;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpListener;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Takes a path that a route has given up out of Spring's hands; Camel leaves it there, and it answers 500. */
record HttpPaths(CamelRequestHandlerMapping mapping) implements PlatformHttpListener {

    @Override
    public void registerHttpEndpoint(HttpEndpointModel model) {
        // Nothing: Camel's own listener does it.
    }

    @Override
    public void unregisterHttpEndpoint(HttpEndpointModel model) {
        List<RequestMappingInfo> given = mapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> isOf(entry, model))
                .map(Map.Entry::getKey)
                .toList();
        given.forEach(mapping::unregisterMapping);
    }

    private static boolean isOf(Map.Entry<RequestMappingInfo, HandlerMethod> entry, HttpEndpointModel model) {
        return entry.getValue().getBean() == model.getConsumer()
                && entry.getKey().getPatternValues().contains(model.getUri());
    }
}
