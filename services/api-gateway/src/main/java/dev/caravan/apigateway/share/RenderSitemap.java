package dev.caravan.apigateway.share;

import dev.caravan.proto.videocatalog.FindSitemapResponse;
import dev.caravan.proto.videocatalog.FindSitemapResponseData;
import dev.caravan.proto.videocatalog.SitemapVideo;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** A page of the sitemap, with what Google's video extension says of videos; without the header {@code page} the list of pages. */
@Component
final class RenderSitemap implements Processor {

    private static final String SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /** Seconds: eight hours, which is as long as a video may be there. */
    private static final int LONGEST = 28_800;

    private static final int MOST_TAGS = 32;

    private final PublicAddresses addresses;

    RenderSitemap(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        FindSitemapResponseData found = exchange.getMessage()
                .getMandatoryBody(FindSitemapResponse.class)
                .getData();
        String sitemap = exchange.getMessage().getHeader("page") == null ? index(found) : page(found);
        PageAnswer.put(exchange, 200, Xml.XML, sitemap);
    }

    private String index(FindSitemapResponseData found) throws XMLStreamException {
        Xml index = new Xml("sitemapindex", "xmlns", SITEMAP);
        for (int page : found.getPagesList()) {
            index.begin("sitemap").text("loc", addresses.sitemap(page)).end();
        }
        return index.document();
    }

    private String page(FindSitemapResponseData found) throws XMLStreamException {
        Xml page =
                new Xml("urlset", "xmlns", SITEMAP, "xmlns:video", "http://www.google.com/schemas/sitemap-video/1.1");
        for (SitemapVideo video : found.getVideosList()) {
            page.begin("url").text("loc", addresses.watch(video.getId()));
            // A player that stands on some pages alone is none to a search engine, which wants one.
            if (video.getEmbeddable()) {
                describe(page, video);
            }
            page.end();
        }
        return page.document();
    }

    private void describe(Xml page, SitemapVideo video) throws XMLStreamException {
        page.begin("video:video")
                .text("video:thumbnail_loc", addresses.thumbnail(video.getId()))
                .text("video:title", video.getTitle())
                .text("video:description", video.getDescription())
                .text("video:player_loc", addresses.embed(video.getId()));
        if (video.getDuration() >= 1 && video.getDuration() <= LONGEST) {
            page.text("video:duration", String.valueOf(video.getDuration()));
        }
        page.text("video:publication_date", video.getPublishedAt());
        for (String tag : video.getTagsList().stream().limit(MOST_TAGS).toList()) {
            page.text("video:tag", tag);
        }
        page.end();
    }
}
