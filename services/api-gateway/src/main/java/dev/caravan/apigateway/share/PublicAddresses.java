package dev.caravan.apigateway.share;

import dev.caravan.apigateway.ApiGatewayProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses by which other sites reach what is shared, and which of those that they know is a video's. */
@Component
final class PublicAddresses {

    private final String url;
    private final Pattern ofVideo;

    PublicAddresses(ApiGatewayProperties properties) {
        this.url = properties.url();
        this.ofVideo = Pattern.compile(
                Pattern.quote(url) + "/(?:#/)?(?:watch|embed)/([1-9][0-9]{0,9})(?:\\?([^#]*))?(?:#.*)?");
    }

    /** Of the platform. */
    String home() {
        return url + "/";
    }

    String watch(int video) {
        return url + "/watch/" + video;
    }

    String embed(int video) {
        return url + "/embed/" + video;
    }

    /** Of its picture, which leads to where that is at the moment. */
    String thumbnail(int video) {
        return url + "/videos/" + video + "/thumbnail";
    }

    String download(int video, String rendition) {
        return url + "/videos/" + video + "/downloads/" + rendition;
    }

    String owner(int user) {
        return url + "/#/?owner=" + user;
    }

    /** Of what is new, of all owners or of one. */
    String feed(@Nullable Integer owner) {
        return url + "/feed.xml" + (owner == null ? "" : "?owner=" + owner);
    }

    String sitemap(int page) {
        return url + "/sitemap.xml?page=" + page;
    }

    String oembed(int video) {
        return url + "/oembed?url=" + URLEncoder.encode(watch(video), StandardCharsets.UTF_8);
    }

    /** The number of the video that an address of the platform is about; null for any other address. */
    @Nullable
    Integer video(String address) {
        Matcher matcher = ofVideo.matcher(address);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) > Integer.MAX_VALUE) {
            return null;
        }
        return Integer.valueOf(matcher.group(1));
    }
}
