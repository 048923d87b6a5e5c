package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.HlsPlaylist;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the names of all that a fetched playlist names into the body, in their order. */
@Component
public class ListTrackParts implements Processor {

    /** The property with the name of the playlist. */
    static final String PLAYLIST = "playlist";

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        String name = exchange.getProperty(PLAYLIST, String.class);
        HlsPlaylist playlist = HlsPlaylist.read(job.outputFolder().resolve(name));
        Files.deleteIfExists(job.trackFile(name));
        List<String> parts = Stream.concat(Stream.of(playlist.init()), playlist.segments().stream())
                .toList();
        exchange.getMessage().setBody(parts);
    }
}
