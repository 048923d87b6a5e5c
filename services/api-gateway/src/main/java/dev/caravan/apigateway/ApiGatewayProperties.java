package dev.caravan.apigateway;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What of the gateway is configured in {@code config/api-gateway.yaml}.
 *
 * @param url where browsers reach it, without a slash at the end
 * @param maxBody largest body of a request that is no upload
 * @param maxCaptions largest file of captions
 * @param maxCaptionsAtATime how many that are larger than {@code maxBody} are read at a time, as each is in memory
 * @param longestHead how long a client may take to send the request line and headers
 * @param longestBody how long a client may take to send such a body
 * @param longestAnswer how long a client may take to receive an answer
 * @param maxUploads direct uploads at a time
 * @param ratePerAddress requests a minute from one address
 * @param ratePerUser requests a minute of one user
 * @param meshLinks where an operator finds what a route logged and its traces, with {@code {service}} and {@code {route}} in it
 * @param corsOrigins who may call from a browser; {@code *} for everybody
 */
@ConfigurationProperties("api-gateway")
public record ApiGatewayProperties(
        String url,
        DataSize maxBody,
        DataSize maxCaptions,
        int maxCaptionsAtATime,
        Duration longestHead,
        Duration longestBody,
        Duration longestAnswer,
        int maxUploads,
        int ratePerAddress,
        int ratePerUser,
        Links meshLinks,
        List<String> corsOrigins) {

    public ApiGatewayProperties {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "api-gateway.url is " + url + ", it has to be such as https://video.example.org");
        }
    }

    private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+");

    /** Empty for none. */
    public record Links(String logs, String traces) {}
}
