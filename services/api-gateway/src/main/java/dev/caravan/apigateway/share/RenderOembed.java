package dev.caravan.apigateway.share;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.apigateway.JsonAnswer;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.Thumbnail;
import dev.caravan.proto.videocatalog.Video;
import java.util.Comparator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** How a video is embedded, as oEmbed 1.0 has it, no larger than the headers {@code maxwidth} and {@code maxheight} say. */
@Component
final class RenderOembed implements Processor {

    private static final int USUAL_WIDTH = 640;

    /** Seconds for which a site may rely on it. */
    private static final int CACHE_AGE = 3600;

    private final PublicAddresses addresses;

    RenderOembed(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Video video = message.getMandatoryBody(FindByIdResponse.class).getData().getVideo();
        int mostWidth = message.getHeader("maxwidth", Integer.MAX_VALUE, Integer.class);
        int mostHeight = message.getHeader("maxheight", Integer.MAX_VALUE, Integer.class);
        Frame frame = Frame.of(video.getResolution()).within(Math.min(USUAL_WIDTH, mostWidth), mostHeight);
        ObjectNode oembed = JsonNodeFactory.instance.objectNode();
        oembed.put("version", "1.0");
        oembed.put("type", "video");
        oembed.put("title", video.getTitle());
        oembed.put("author_name", video.getUser().getName());
        oembed.put("author_url", addresses.owner(video.getUser().getId()));
        oembed.put("provider_name", "Caravan");
        oembed.put("provider_url", addresses.home());
        oembed.put("cache_age", CACHE_AGE);
        oembed.put("width", frame.width());
        oembed.put("height", frame.height());
        oembed.put("duration", video.getDuration());
        oembed.put("html", frameElement(video, frame));
        video.getThumbnailsList().stream()
                .filter(size -> size.getType().equals("image/jpeg"))
                .filter(size -> size.getWidth() <= mostWidth && size.getHeight() <= mostHeight)
                .max(Comparator.comparingInt(Thumbnail::getWidth))
                .ifPresent(size -> oembed.put(
                                "thumbnail_url", addresses.thumbnail(video.getId()) + "?width=" + size.getWidth())
                        .put("thumbnail_width", size.getWidth())
                        .put("thumbnail_height", size.getHeight()));
        JsonAnswer.put(exchange, 200, JsonAnswer.CONTENT_TYPE, oembed);
    }

    private String frameElement(Video video, Frame frame) {
        return "<iframe src=\"%s\" width=\"%d\" height=\"%d\" title=\"%s\" loading=\"lazy\" allow=\"autoplay; fullscreen; picture-in-picture\"></iframe>"
                .formatted(
                        addresses.embed(video.getId()),
                        frame.width(),
                        frame.height(),
                        HtmlUtils.htmlEscape(video.getTitle(), "UTF-8"));
    }
}
