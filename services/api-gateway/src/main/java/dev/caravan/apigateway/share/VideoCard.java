package dev.caravan.apigateway.share;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.proto.videocatalog.Video;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** What the head of a public video's page says of it: Open Graph, Twitter cards, oEmbed and schema.org. */
@Component
final class VideoCard {

    /** More than this of a description nobody shows. */
    private static final int LONGEST_DESCRIPTION = 300;

    private final PublicAddresses addresses;

    VideoCard(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    /** Elements of a head, in which nothing that people wrote is markup. */
    String head(Video video) {
        List<String> head = new ArrayList<>();
        String description = shortened(video.getDescription());
        String watch = addresses.watch(video.getId());
        Frame frame = Frame.of(video.getResolution()).within(1280, 1280);
        head.add("<title>" + escaped(video.getTitle()) + " · Caravan</title>");
        head.add("<meta name=\"description\" content=\"" + escaped(description) + "\">");
        head.add("<link rel=\"canonical\" href=\"" + escaped(watch) + "\">");
        head.add("<link rel=\"alternate\" type=\"application/json+oembed\" href=\""
                + escaped(addresses.oembed(video.getId())) + "\" title=\"" + escaped(video.getTitle()) + "\">");
        property(head, "og:site_name", "Caravan");
        property(head, "og:type", "video.other");
        property(head, "og:title", video.getTitle());
        property(head, "og:description", description);
        property(head, "og:url", watch);
        property(head, "og:image", addresses.thumbnail(video.getId()));
        if (video.getThumbnailsCount() > 0) {
            property(
                    head,
                    "og:image:width",
                    String.valueOf(video.getThumbnails(0).getWidth()));
            property(
                    head,
                    "og:image:height",
                    String.valueOf(video.getThumbnails(0).getHeight()));
        }
        property(head, "video:duration", String.valueOf(video.getDuration()));
        property(head, "video:release_date", video.getPublishedAt());
        video.getTagsList().forEach(tag -> property(head, "video:tag", tag));
        name(head, "twitter:title", video.getTitle());
        name(head, "twitter:description", description);
        name(head, "twitter:image", addresses.thumbnail(video.getId()));
        if (isEmbeddableAnywhere(video)) {
            String embed = addresses.embed(video.getId());
            property(head, "og:video", embed);
            property(head, "og:video:type", "text/html");
            property(head, "og:video:width", String.valueOf(frame.width()));
            property(head, "og:video:height", String.valueOf(frame.height()));
            name(head, "twitter:card", "player");
            name(head, "twitter:player", embed);
            name(head, "twitter:player:width", String.valueOf(frame.width()));
            name(head, "twitter:player:height", String.valueOf(frame.height()));
        } else {
            name(head, "twitter:card", "summary_large_image");
        }
        // Not even what ends the element can be in it: JSON says < in another way, too.
        head.add("<script type=\"application/ld+json\">"
                + videoObject(video).toString().replace("<", "\\u003c") + "</script>");
        return String.join("\n  ", head);
    }

    /** As schema.org has it, and as Google asks for it. */
    private ObjectNode videoObject(Video video) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("@context", "https://schema.org");
        object.put("@type", "VideoObject");
        object.put("name", video.getTitle());
        object.put("description", video.getDescription());
        object.put("url", addresses.watch(video.getId()));
        object.putArray("thumbnailUrl").add(addresses.thumbnail(video.getId()));
        object.put("uploadDate", video.getPublishedAt());
        object.put("duration", Duration.ofMillis(video.getDurationMs()).toString());
        if (isEmbeddableAnywhere(video)) {
            object.put("embedUrl", addresses.embed(video.getId()));
        }
        if (video.hasLanguage()) {
            object.put("inLanguage", video.getLanguage());
        }
        if (video.hasLicence()) {
            object.put("license", video.getLicence());
        }
        if (video.getTagsCount() > 0) {
            object.put("keywords", String.join(", ", video.getTagsList()));
        }
        ObjectNode author = object.putObject("author").put("@type", "Person");
        author.put("name", video.getUser().getName());
        author.put("url", addresses.owner(video.getUser().getId()));
        return object;
    }

    private static boolean isEmbeddableAnywhere(Video video) {
        return video.getEmbedOriginsCount() == 0;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_DESCRIPTION
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_DESCRIPTION - 1))
                                .strip() + "…";
    }

    private static void property(List<String> head, String property, String content) {
        head.add("<meta property=\"" + property + "\" content=\"" + escaped(content) + "\">");
    }

    private static void name(List<String> head, String name, String content) {
        head.add("<meta name=\"" + name + "\" content=\"" + escaped(content) + "\">");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
