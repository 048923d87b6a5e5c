package dev.caravan.encode.job;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Rendition;
import java.util.List;

/**
 * What is stored beside an encoded video when all of it is there, so that a second delivery of its message costs
 * nothing.
 *
 * @param source the raw file that it was made of
 * @param seconds length of the video
 * @param renditions largest first
 * @param poster whether a poster was taken from it
 */
public record FinishedNote(Job.Source source, double seconds, List<Rendition> renditions, boolean poster) {

    /** Its name in the video's folder. */
    public static final String FILE = "encoding.json";

    /** The note on a job that is done. */
    public static FinishedNote of(Job job) {
        EncodedVideo encoded = job.encoded();
        return new FinishedNote(job.source(), encoded.seconds(), encoded.renditions(), !job.hasOwnThumbnail());
    }

    /** Whether it holds for this job as well: the same file, and a picture for it. */
    public boolean answers(Job job) {
        return source.equals(job.source()) && !renditions.isEmpty() && (poster || job.hasOwnThumbnail());
    }

    /** What was made. */
    public EncodedVideo encoded() {
        return new EncodedVideo(seconds, renditions);
    }
}
