package dev.caravan.encode.job;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this worker encodes at the moment. A video is encoded once at a time: a broker that gave up waiting for an
 * acknowledgement delivers a message again while its video is still being encoded, and the second delivery waits for
 * the first, and then finds its result.
 */
public final class RunningJobs {

    private final WorkFolder workFolder;
    private final Clock clock;
    private final Map<String, Job> jobs = new TreeMap<>();
    private boolean stopped;

    /** No jobs. */
    public RunningJobs(WorkFolder workFolder, Clock clock) {
        this.workFolder = workFolder;
        this.clock = clock;
    }

    /**
     * Begins a job, after another one for the same video has ended.
     *
     * @throws IOException when there is no room for its files
     * @throws IllegalStateException when the service stops
     */
    public synchronized Job open(UploadedVideo video) throws IOException, InterruptedException {
        while (jobs.containsKey(video.videoId()) && !stopped) {
            wait();
        }
        if (stopped) {
            throw new IllegalStateException("The encode service is stopping.");
        }
        Job job = new Job(video, workFolder.newJob(video.videoId()), clock.instant());
        jobs.put(video.videoId(), job);
        return job;
    }

    /** Ends a job and removes its files. */
    public synchronized void close(Job job) throws IOException {
        try {
            WorkFolder.remove(job.folder());
        } finally {
            jobs.remove(job.video().videoId(), job);
            notifyAll();
        }
    }

    /** Lets those who wait give up. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** The jobs, by video id. */
    public synchronized Collection<Job> all() {
        return List.copyOf(jobs.values());
    }
}
