package dev.caravan.videocatalog.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL, taken apart as the CDN does. */
public record SignedUrl(String url, Map<String, String> parameters) {

    private static final Pattern POLICY = Pattern.compile("\\{\"Statement\":\\[\\{\"Resource\":\"([^\"]+)\","
            + "\"Condition\":\\{\"DateLessThan\":\\{\"AWS:EpochTime\":(\\d+)}}}]}");

    public static SignedUrl parse(String signed) {
        int mark = signed.indexOf('?');
        Map<String, String> parameters = new TreeMap<>();
        Arrays.stream(signed.substring(mark + 1).split("&", -1)).forEach(pair -> {
            int equals = pair.indexOf('=');
            parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
        });
        return new SignedUrl(signed.substring(0, mark), parameters);
    }

    /** The text that is signed. */
    public String policy() {
        return parameters.containsKey("Policy")
                ? new String(SigningKey.decode(parameters.get("Policy")), US_ASCII)
                : "{\"Statement\":[{\"Resource\":\"" + url + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
                        + parameters.get("Expires") + "}}}]}";
    }

    public String resource() {
        return policyPart(1);
    }

    public Instant until() {
        return Instant.ofEpochSecond(Long.parseLong(policyPart(2)));
    }

    public boolean isSignedBy(SigningKey key) {
        return key.verifies(policy(), parameters.get("Signature"));
    }

    private String policyPart(int group) {
        Matcher matcher = POLICY.matcher(policy());
        if (!matcher.matches()) {
            throw new IllegalStateException(policy());
        }
        return matcher.group(group);
    }
}
