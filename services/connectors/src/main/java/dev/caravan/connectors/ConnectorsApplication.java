package dev.caravan.connectors;

import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.s3.ObjectStoreAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The connectors service. The platform's object store is none of its business: sources name stores of others. */
@SpringBootApplication(exclude = ObjectStoreAutoConfiguration.class)
public class ConnectorsApplication {

    public static void main(String[] args) {
        CaravanService.run(ConnectorsApplication.class, "connectors", args);
    }
}
