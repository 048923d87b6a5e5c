package dev.caravan.apigateway;

import com.google.protobuf.Message;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import dev.caravan.proto.videocatalog.RestoreResponse;
import dev.caravan.proto.videocatalog.UpdateResponse;
import dev.caravan.proto.videocatalog.Video;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** As {@link RenderAnswer}, of one video, whose revision is the ETag: what may be edited has changed when it has. */
@Component
final class RenderVideo implements Processor {

    private final RenderAnswer renderAnswer;

    RenderVideo(RenderAnswer renderAnswer) {
        this.renderAnswer = renderAnswer;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        int revision =
                video(exchange.getMessage().getMandatoryBody(Message.class)).getRevision();
        renderAnswer.process(exchange);
        exchange.getMessage().setHeader("ETag", "\"" + revision + "\"");
    }

    private static Video video(Message answer) {
        if (answer instanceof FindByIdResponse found) {
            return found.getData().getVideo();
        }
        return answer instanceof RestoreResponse restored
                ? restored.getData().getVideo()
                : ((UpdateResponse) answer).getData().getVideo();
    }
}
