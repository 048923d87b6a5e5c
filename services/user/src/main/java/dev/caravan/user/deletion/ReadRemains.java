package dev.caravan.user.deletion;

import dev.caravan.proto.upload.EndUploadsResponse;
import dev.caravan.proto.upload.EndUploadsResponseData;
import dev.caravan.proto.videocatalog.DeleteMineResponse;
import dev.caravan.proto.videocatalog.DeleteMineResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets how much a round deleted ({@code ended}, {@code deleted}) and how much it left ({@code kept}, {@code remaining}). */
@Component
public class ReadRemains implements Processor {

    @Override
    public void process(Exchange exchange) {
        EndUploadsResponseData uploads =
                exchange.getVariable("uploads", EndUploadsResponse.class).getData();
        DeleteMineResponseData videos =
                exchange.getVariable("videos", DeleteMineResponse.class).getData();
        exchange.setVariable("ended", uploads.getEnded());
        exchange.setVariable("kept", uploads.getKept());
        exchange.setVariable("deleted", videos.getDeleted());
        exchange.setVariable("remaining", videos.getRemaining());
    }
}
