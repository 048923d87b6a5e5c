package dev.caravan.kernel.http;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpListener;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.apache.camel.support.DefaultConsumer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Takes the paths that a route has given up out of Spring's hands; Camel leaves them there, to hang or answer 500. */
record HttpPaths(CamelRequestHandlerMapping mapping) implements PlatformHttpListener {

    /** A REST route that is replaced does not say which paths it gives up: they are those of consumers that have ended. */
    @Override
    public void registerHttpEndpoint(HttpEndpointModel model) {
        forget(entry -> entry.getValue().getBean() instanceof DefaultConsumer consumer
                && consumer != model.getConsumer()
                && consumer.isStopped());
    }

    @Override
    public void unregisterHttpEndpoint(HttpEndpointModel model) {
        forget(entry -> entry.getValue().getBean() == model.getConsumer()
                && entry.getKey().getPatternValues().contains(model.getUri()));
    }

    private void forget(Predicate<Map.Entry<RequestMappingInfo, HandlerMethod>> given) {
        List<RequestMappingInfo> paths = mapping.getHandlerMethods().entrySet().stream()
                .filter(given)
                .map(Map.Entry::getKey)
                .toList();
        paths.forEach(mapping::unregisterMapping);
    }
}
