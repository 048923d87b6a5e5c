package dev.caravan.encode.job;

/**
 * One try of a job. Whoever makes it may end the job only as long as there is no later one.
 *
 * @param video what was asked
 * @param number from 1; 0 before there was one
 * @param delivery the message that asked
 */
public record Attempt(UploadedVideo video, int number, Delivery delivery) {

    /** Names the video. */
    public String videoId() {
        return video.videoId();
    }

    /** S3 prefix of all that it makes; without a slash at the end. */
    public String targetPrefix() {
        return "encoded-videos/" + videoId() + "/" + number;
    }
}
