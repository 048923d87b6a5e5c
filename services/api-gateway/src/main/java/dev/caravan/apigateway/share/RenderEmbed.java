package dev.caravan.apigateway.share;

import dev.caravan.apigateway.PagePolicy;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The page that plays a video within other pages, which browsers show within those alone that the video's owner allows. That of
 * no video says so, and is the same for one that is not there and one that is not for everybody.
 */
@Component
final class RenderEmbed implements Processor {

    private final PagePolicy policy;
    private final String page;

    RenderEmbed(PagePolicy policy) throws IOException {
        this.policy = policy;
        this.page = new ClassPathResource("web/embed.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        FindByIdResponse found = exchange.getMessage().getMandatoryBody(FindByIdResponse.class);
        int status = found.getData().hasVideo() ? 200 : 404;
        PageAnswer.put(exchange, status, PageAnswer.HTML, page);
        exchange.getMessage()
                .setHeader(
                        "Content-Security-Policy",
                        policy.within(found.getData().getVideo().getEmbedOriginsList()));
        // Where it is embedded is nobody's business; whether a link from it came from here is not either.
        exchange.getMessage().setHeader("Referrer-Policy", "no-referrer");
    }
}
