package dev.caravan.apigateway.mesh;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.apigateway.ServiceAddresses;
import dev.caravan.kernel.mesh.ServiceMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What every service said of itself; one that did not answer is among them all the same. */
@Component
final class CollectMesh implements AggregationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(CollectMesh.class);
    private static final List<String> SERVICES =
            List.of("authentication", "user", "upload", "encode", "video-catalog", "cdn-edge");

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final ServiceAddresses addresses;

    CollectMesh(Environment environment) {
        addresses = new ServiceAddresses(environment, "http-address", SERVICES);
    }

    @Override
    @SuppressWarnings("unchecked") // the body is what the first answer left
    public Exchange aggregate(@Nullable Exchange before, Exchange answer) {
        Exchange collected = before;
        if (collected == null) {
            collected = new DefaultExchange(answer.getContext());
            collected.getMessage().setBody(new ArrayList<MeshAnswer>());
        }
        List<MeshAnswer> answers = collected.getMessage().getBody(List.class);
        answers.add(read(answer));
        return collected;
    }

    private MeshAnswer read(Exchange answer) {
        String service = addresses.serviceOf(answer);
        if (answer.getException() != null) {
            LOG.warn(
                    "{} does not show its routes: {}",
                    service,
                    answer.getException().toString());
            return new MeshAnswer(service, null);
        }
        try (InputStream body = answer.getMessage().getMandatoryBody(InputStream.class)) {
            ServiceMap map = json.readValue(body, ServiceMap.class);
            if (service.equals(map.service())) {
                return new MeshAnswer(service, map);
            }
            LOG.warn("At the address of {} is {}", service, map.service());
            return new MeshAnswer(service, null);
        } catch (IOException | org.apache.camel.InvalidPayloadException e) {
            LOG.warn("{} shows its routes in a way that is not understood: {}", service, e.toString());
            return new MeshAnswer(service, null);
        }
    }
}
