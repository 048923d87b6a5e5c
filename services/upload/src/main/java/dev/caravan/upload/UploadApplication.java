package dev.caravan.upload;

import dev.caravan.kernel.CaravanService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The upload service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UploadApplication {

    public static void main(String[] args) {
        CaravanService.run(UploadApplication.class, "upload", args);
    }
}
