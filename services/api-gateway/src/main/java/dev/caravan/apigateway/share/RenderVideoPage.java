package dev.caravan.apigateway.share;

import dev.caravan.apigateway.PagePolicy;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.Video;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The page of the platform, whose head says of a public video what search engines and those who are sent its address are shown.
 * The head is the same for a video that is not listed, not for everybody, or not there, and says that it is not for lists.
 */
@Component
final class RenderVideoPage implements Processor {

    private static final String TITLE = "<title>Caravan</title>";
    private static final String UNLISTED = "<meta name=\"robots\" content=\"noindex\">";

    private final PagePolicy policy;
    private final VideoCard card;
    private final String page;

    RenderVideoPage(PagePolicy policy, VideoCard card) throws IOException {
        this.policy = policy;
        this.card = card;
        this.page = new ClassPathResource("web/index.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Video video = exchange.getMessage()
                .getMandatoryBody(FindByIdResponse.class)
                .getData()
                .getVideo();
        String head = video.getVisibility().equals("public")
                ? page.replaceFirst("<meta name=\"description\"[^>]*>", "").replace(TITLE, card.head(video))
                : page.replace(TITLE, TITLE + UNLISTED);
        int status = status(exchange.getProperty(Exchange.EXCEPTION_CAUGHT));
        PageAnswer.put(exchange, status, PageAnswer.HTML, head);
        exchange.getMessage().setHeader("Content-Security-Policy", policy.alone());
        exchange.getMessage().setHeader("Referrer-Policy", "no-referrer");
        if (status == 503 || status == 504) {
            exchange.getMessage().setHeader("Retry-After", "5");
        }
    }

    /** The page finds out by itself that there is no such video, and whether its owner looks; that it is down a crawler has to hear. */
    private static int status(Object failure) {
        return failure instanceof Fault fault && fault.code() != Status.Code.NOT_FOUND ? Problem.status(fault) : 200;
    }
}
