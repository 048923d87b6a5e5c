package dev.caravan.encode.step;

import dev.caravan.encode.encoder.TextReader;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.FileTexts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes over the captions and chapters of a video's file; tells its owner of what could not be read. */
@Component
public class TakeTexts implements Processor {

    /** Characters of all, which travel in one message. */
    private static final int MOST = 2_000_000;

    private final TextReader reader;

    TakeTexts(TextReader reader) {
        this.reader = reader;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        double zero = job.media().zero();
        FileTexts texts = reader.describe(job.sourceFile(), job.folder());
        job.setChapters(texts.chapters().stream()
                .map(chapter -> new FileTexts.Chapter(Math.max(0, chapter.seconds() - zero), chapter.title()))
                .toList());
        List<FileTexts.Track> tracks = texts.tracks();
        if (tracks.isEmpty()) {
            return;
        }
        Map<FileTexts.Track, String> captions =
                reader.read(job.sourceFile(), job.folder(), zero, tracks, report -> job.ensureHeld());
        int length = 0;
        for (FileTexts.Track track : tracks) {
            String text = captions.get(track);
            length += text == null ? 0 : text.length();
            if (text == null || length > MOST) {
                captions.remove(track);
                job.warn("Captions in the file (%s) could not be taken over.".formatted(track.language()));
            }
        }
        job.setCaptions(captions);
    }
}
