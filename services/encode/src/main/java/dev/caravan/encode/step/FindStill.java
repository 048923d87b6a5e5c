package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.HlsPlaylist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Finds the part of the largest size of a video that its picture is taken from, and puts the names of its files into the
 * body: its beginning, or what the playlist says of the second that was chosen.
 */
@Component
public class FindStill implements Processor {

    /** The playlist of the largest size. */
    static final String PLAYLIST = "media_0.m3u8";

    private static final Job.Still BEGINNING = new Job.Still(List.of("init-0.mp4", "segment-0-00001.m4s"), null);

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        Double second = job.choice().second();
        job.setStill(second == null ? BEGINNING : at(second, job.outputFolder().resolve(PLAYLIST)));
        exchange.getMessage().setBody(job.still().files());
    }

    private static Job.Still at(double second, Path file) throws IOException {
        HlsPlaylist playlist = HlsPlaylist.read(file);
        double begin = 0;
        int last = playlist.segments().size() - 1;
        int i = 0;
        while (i < last && begin + playlist.lengths().get(i) <= second) {
            begin += playlist.lengths().get(i);
            i++;
        }
        return new Job.Still(List.of(playlist.init(), playlist.segments().get(i)), second - begin);
    }
}
