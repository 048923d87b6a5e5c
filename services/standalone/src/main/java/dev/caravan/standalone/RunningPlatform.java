package dev.caravan.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A platform that another process runs.
 *
 * @param url of its gateway
 */
record RunningPlatform(String url) {

    /** @throws UsageException when none runs on the data folder */
    static RunningPlatform in(Path data) throws InterruptedException {
        String none = "No Caravan runs on " + data + "; start it by ./caravan up.";
        try {
            String url = Files.readString(data.resolve("platform.url")).strip();
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/health"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            return new RunningPlatform(url);
        } catch (IOException e) {
            throw new UsageException(none);
        }
    }
}
