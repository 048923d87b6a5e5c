package dev.caravan.authentication.throttle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client is, in words that its user knows it by: {@code Firefox on Linux}. Versions are nobody's concern. */
final class ClientAgent {

    private static final int LONGEST_NAME = 40;

    /** The first that a User-Agent has says who it is; browsers name their forebears too. */
    private static final Map<String, String> BROWSERS = new LinkedHashMap<>();

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

    static {
        BROWSERS.put("Edg", "Edge");
        BROWSERS.put("OPR/", "Opera");
        BROWSERS.put("SamsungBrowser/", "Samsung Internet");
        BROWSERS.put("Firefox/", "Firefox");
        BROWSERS.put("FxiOS/", "Firefox");
        BROWSERS.put("Chrome/", "Chrome");
        BROWSERS.put("CriOS/", "Chrome");
        BROWSERS.put("Safari/", "Safari");
        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Mac OS X", "macOS");
        SYSTEMS.put("CrOS", "ChromeOS");
        SYSTEMS.put("Linux", "Linux");
    }

    private ClientAgent() {}

    /** Empty for a client that does not say what it is. */
    static String of(@Nullable String userAgent) {
        String text = userAgent == null ? "" : userAgent;
        String name = first(BROWSERS, text, product(text));
        String system = first(SYSTEMS, text, "");
        return name.isEmpty() || system.isEmpty() ? name + system : name + " on " + system;
    }

    private static String first(Map<String, String> names, String text, String otherwise) {
        return names.entrySet().stream()
                .filter(name -> text.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private static String product(String text) {
        Matcher product = PRODUCT.matcher(text);
        if (!product.lookingAt()) {
            return "";
        }
        return product.group().substring(0, Math.min(product.group().length(), LONGEST_NAME));
    }
}
