package dev.caravan.cdnedge;

import dev.caravan.kernel.CaravanService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The CDN edge: verifies signatures as CloudFront does and serves what they allow.
 *
 * <p>Spring's error page is left out: it would come back through the edge's own endpoint as a request for {@code /error}.
 */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
public class CdnEdgeApplication {

    public static void main(String[] args) {
        CaravanService.run(CdnEdgeApplication.class, "cdn-edge", args);
    }
}
