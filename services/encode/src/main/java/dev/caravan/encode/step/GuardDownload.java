package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Has a transfer, which may take an hour, end as soon as the job is lost. */
@Component
public class GuardDownload implements Processor {

    @Override
    public void process(Exchange exchange) {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        exchange.getMessage().setBody(new GuardedStream(body, Jobs.of(exchange)));
    }

    private static final class GuardedStream extends FilterInputStream {

        private final Job job;

        GuardedStream(InputStream stream, Job job) {
            super(stream);
            this.job = job;
        }

        @Override
        public int read() throws IOException {
            job.ensureHeld();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            job.ensureHeld();
            return super.read(bytes, offset, length);
        }
    }
}
