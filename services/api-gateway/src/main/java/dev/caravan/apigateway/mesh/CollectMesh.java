package dev.caravan.apigateway.mesh;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.mesh.ServiceMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Service name to what each of its instances said of itself; a service of which none did is among them all the same. */
@Component
final class CollectMesh implements AggregationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(CollectMesh.class);

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Override
    @SuppressWarnings("unchecked") // the body is what the first answer left
    public Exchange aggregate(@Nullable Exchange before, Exchange answer) {
        Exchange collected = before;
        if (collected == null) {
            collected = new DefaultExchange(answer.getContext());
            collected.getMessage().setBody(new TreeMap<String, List<ServiceMap>>());
        }
        Map<String, List<ServiceMap>> services = collected.getMessage().getBody(Map.class);
        String service = answer.getProperty("service", String.class);
        List<ServiceMap> instances = services.computeIfAbsent(service, name -> new ArrayList<>());
        ServiceMap map = read(service, answer);
        // One instance may have several addresses.
        if (map != null
                && instances.stream().noneMatch(known -> known.instance().equals(map.instance()))) {
            instances.add(map);
        }
        return collected;
    }

    private @Nullable ServiceMap read(String service, Exchange answer) {
        String address = answer.getProperty("address", String.class);
        // Also one that the route has an answer to.
        Exception failure = answer.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure != null) {
            LOG.warn("{} at {} does not show its routes: {}", service, address, failure.toString());
            return null;
        }
        try (InputStream body = answer.getMessage().getMandatoryBody(InputStream.class)) {
            ServiceMap map = json.readValue(body, ServiceMap.class);
            if (service.equals(map.service())) {
                return map;
            }
            LOG.warn("At {}, an address of {}, is {}", address, service, map.service());
        } catch (IOException | InvalidPayloadException e) {
            LOG.warn("{} at {} shows its routes in a way that is not understood: {}", service, address, e.toString());
        }
        return null;
    }
}
