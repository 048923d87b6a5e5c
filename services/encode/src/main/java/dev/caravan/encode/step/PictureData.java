package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.picture.Thumbnail;

/** What an event says of a video's picture. */
final class PictureData {

    /** S3 key of the main picture, a JPEG; not there without a picture. */
    static final String MAIN = "thumbnail";
    /** All files of it: key, width, height, type. */
    static final String ALL = "thumbnails";

    /** Which of the owner's choices it is; not there for what came with the upload. */
    static final String NUMBER = "picture";

    private static final String WARNINGS = "warnings";

    private PictureData() {}

    /** Puts the pictures of a job in the place of those that the data names, and adds what the job warns of. */
    static void put(ObjectNode data, Job job) {
        data.remove(MAIN);
        ArrayNode all = data.putArray(ALL);
        for (Thumbnail thumbnail : job.thumbnails()) {
            String key = job.targetPrefix() + "/" + thumbnail.file();
            if (all.isEmpty()) {
                data.put(MAIN, key);
            }
            all.addObject()
                    .put("key", key)
                    .put("width", thumbnail.width())
                    .put("height", thumbnail.height())
                    .put("type", thumbnail.type());
        }
        if (job.choice().isMade()) {
            data.put(NUMBER, job.choice().number());
        }
        job.warnings().forEach(data.withArray(WARNINGS)::add);
    }
}
