package dev.caravan.encode.job;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** What this worker does at the moment, and how long it may, in its own eyes. */
public final class RunningJobs {

    private static final String STOPPING = "The encode service is stopping.";

    private final WorkFolder workFolder;
    private final int places;
    private final long leaseNanos;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final List<Job> jobs = new ArrayList<>();
    private final List<Job> aside = new ArrayList<>();
    private boolean stopped;

    /**
     * No jobs.
     *
     * @param places how many may run at a time
     * @param lease how long a job is held once it was claimed or its lease was renewed
     * @param nanoTime the clock of leases
     */
    public RunningJobs(WorkFolder workFolder, int places, Duration lease, Clock clock, LongSupplier nanoTime) {
        this.workFolder = workFolder;
        this.places = places;
        this.leaseNanos = lease.toNanos();
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Names this worker, unlike any other. */
    public String worker() {
        return workFolder.worker();
    }

    /** How many more jobs there is room for. */
    public synchronized int free() {
        return stopped ? 0 : Math.max(0, places - jobs.size());
    }

    /** Begins a job that was claimed a moment ago; it is lost at once when the service stops. */
    public synchronized Job open(Attempt attempt) {
        Job job = new Job(
                attempt,
                workFolder.job(attempt.videoId() + "-" + attempt.number()),
                clock.instant(),
                nanoTime,
                nanoTime.getAsLong() + leaseNanos);
        jobs.add(job);
        if (stopped) {
            job.lose(STOPPING);
        }
        return job;
    }

    /** Begins something beside the jobs, which takes no place and has the time of one lease. */
    public Job openAside(Attempt attempt) {
        return new Job(
                attempt,
                workFolder.job("aside-" + attempt.videoId() + "-" + attempt.number()),
                clock.instant(),
                nanoTime,
                nanoTime.getAsLong() + leaseNanos);
    }

    /** The same for what may take longer: its lease is renewed with those of the jobs, and it ends with them. */
    public synchronized Job openAsideForLong(Attempt attempt) {
        Job job = openAside(attempt);
        aside.add(job);
        if (stopped) {
            job.lose(STOPPING);
        }
        return job;
    }

    /** Ends a job and removes its files. */
    public synchronized void close(Job job) throws IOException {
        jobs.remove(job);
        aside.remove(job);
        WorkFolder.remove(job.folder());
    }

    /** Whoever works has to end, and nothing new begins. */
    public synchronized void stop() {
        stopped = true;
        jobs.forEach(job -> job.lose(STOPPING));
        aside.forEach(job -> job.lose(STOPPING));
    }

    /** The jobs, oldest first. */
    public synchronized Collection<Job> all() {
        return List.copyOf(jobs);
    }

    /** The jobs at this moment, and what else is held, to ask for more time. */
    public synchronized Leases leases() {
        List<Job> held = new ArrayList<>(jobs);
        held.addAll(aside);
        return new Leases(List.copyOf(held), nanoTime.getAsLong() + leaseNanos);
    }

    /** Jobs for which more time is asked. */
    public static final class Leases {

        private final List<Job> jobs;
        private final long until;

        private Leases(List<Job> jobs, long until) {
            this.jobs = jobs;
            this.until = until;
        }

        /** Those that are asked for. */
        public List<Job> jobs() {
            return jobs;
        }

        /** Those that the database granted go on; the others have to end. */
        public void grant(Set<Job> granted) {
            for (Job job : jobs) {
                if (granted.contains(job)) {
                    job.holdUntil(until);
                } else {
                    job.lose("It was cancelled, deleted or taken over.");
                }
            }
        }
    }
}
