package dev.caravan.apigateway.share;

import dev.caravan.proto.videocatalog.DownloadFile;
import dev.caravan.proto.videocatalog.FindAllResponse;
import dev.caravan.proto.videocatalog.Video;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The newest videos as RSS 2.0 with Media RSS, of all owners or of the one that the header {@code owner} names. */
@Component
final class RenderFeed implements Processor {

    private final PublicAddresses addresses;

    RenderFeed(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        List<Video> videos = exchange.getMessage()
                .getMandatoryBody(FindAllResponse.class)
                .getData()
                .getVideosList();
        Integer owner = exchange.getMessage().getHeader("owner", Integer.class);
        PageAnswer.put(exchange, 200, "application/rss+xml; charset=utf-8", feed(owner, videos));
    }

    private String feed(Integer owner, List<Video> videos) throws XMLStreamException {
        String name =
                owner == null || videos.isEmpty() ? "" : videos.get(0).getUser().getName();
        Xml feed = new Xml(
                        "rss",
                        "version",
                        "2.0",
                        "xmlns:media",
                        "http://search.yahoo.com/mrss/",
                        "xmlns:dc",
                        "http://purl.org/dc/elements/1.1/",
                        "xmlns:atom",
                        "http://www.w3.org/2005/Atom")
                .begin("channel")
                .text("title", name.isEmpty() ? "Caravan" : name + " · Caravan")
                .text("link", owner == null ? addresses.home() : addresses.owner(owner))
                .text("description", name.isEmpty() ? "New videos" : "New videos of " + name)
                .empty("atom:link", "rel", "self", "type", "application/rss+xml", "href", addresses.feed(owner));
        for (Video video : videos) {
            item(feed, video);
        }
        return feed.document();
    }

    private void item(Xml feed, Video video) throws XMLStreamException {
        String watch = addresses.watch(video.getId());
        feed.begin("item")
                .text("title", video.getTitle())
                .text("link", watch)
                .text("guid", watch)
                .text("description", video.getDescription())
                .text(
                        "pubDate",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.parse(video.getPublishedAt()).atOffset(ZoneOffset.UTC)))
                .text("dc:creator", video.getUser().getName());
        for (String tag : video.getTagsList()) {
            feed.text("category", tag);
        }
        if (video.getDownloadFilesCount() > 0) {
            DownloadFile largest = video.getDownloadFiles(0);
            feed.empty(
                    "enclosure",
                    "url",
                    addresses.download(video.getId(), largest.getRendition()),
                    "length",
                    String.valueOf(largest.getSize()),
                    "type",
                    "video/mp4");
        }
        if (video.getEmbedOriginsCount() == 0) {
            Frame frame = Frame.of(video.getResolution()).within(1280, 1280);
            feed.begin("media:content", "medium", "video", "duration", String.valueOf(video.getDuration()))
                    .empty(
                            "media:player",
                            "url",
                            addresses.embed(video.getId()),
                            "width",
                            String.valueOf(frame.width()),
                            "height",
                            String.valueOf(frame.height()))
                    .end();
        }
        feed.empty("media:thumbnail", "url", addresses.thumbnail(video.getId())).end();
    }
}
