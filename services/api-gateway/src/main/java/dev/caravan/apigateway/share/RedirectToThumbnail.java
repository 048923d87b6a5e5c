package dev.caravan.apigateway.share;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.Thumbnail;
import dev.caravan.proto.videocatalog.Video;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sends to where a video's picture is at the moment: the largest JPEG that is no wider than the header {@code width} says. */
@Component
final class RedirectToThumbnail implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Video video = message.getMandatoryBody(FindByIdResponse.class).getData().getVideo();
        String url = url(video, message.getHeader("width", Integer.MAX_VALUE, Integer.class));
        if (url.isEmpty()) {
            throw Fault.notFound("THUMBNAIL_UNKNOWN", "The video has no picture.");
        }
        PageAnswer.put(exchange, 302, PageAnswer.TEXT, "The picture is elsewhere.\n");
        message.setHeader("Location", url);
    }

    private static String url(Video video, int mostWidth) {
        List<Thumbnail> sizes = video.getThumbnailsList().stream()
                .filter(size -> size.getType().equals("image/jpeg"))
                .sorted(Comparator.comparingInt(Thumbnail::getWidth))
                .toList();
        return sizes.stream()
                .filter(size -> size.getWidth() <= mostWidth)
                .reduce((smaller, larger) -> larger)
                .or(() -> sizes.stream().findFirst())
                .map(Thumbnail::getUrl)
                .orElse(video.getThumbnailUrl());
    }
}
