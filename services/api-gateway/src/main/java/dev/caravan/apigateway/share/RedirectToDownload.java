package dev.caravan.apigateway.share;

import dev.caravan.proto.videocatalog.FindDownloadsResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sends to where the file is at the moment that was asked for. */
@Component
final class RedirectToDownload implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        String url = message.getMandatoryBody(FindDownloadsResponse.class)
                .getData()
                .getFiles(0)
                .getUrl();
        PageAnswer.put(exchange, 302, PageAnswer.TEXT, "The file is elsewhere.\n");
        message.setHeader("Location", url);
    }
}
