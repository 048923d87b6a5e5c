package dev.caravan.videocatalog;

import dev.caravan.kernel.CaravanService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the video-catalog service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class VideoCatalogApplication {

    public static void main(String[] args) {
        CaravanService.run(VideoCatalogApplication.class, "video-catalog", args);
    }
}
