package dev.caravan.encode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningJobsTest {

    @TempDir
    private Path root;

    @Test
    void givesEachVideoAnEmptyFolderAndRemovesItAtTheEnd() throws Exception {
        try (WorkFolder workFolder = WorkFolder.open(root)) {
            RunningJobs unit = new RunningJobs(workFolder, Clock.systemUTC());

            Job first = unit.open(video("a"));
            Job second = unit.open(video("b"));
            Files.createDirectories(first.outputFolder());
            Files.writeString(first.outputFolder().resolve("master.mpd"), "x");

            assertThat(unit.all()).containsExactly(first, second);
            assertThat(root.resolve(first.sourceName())).isEqualTo(first.sourceFile());
            unit.close(first);
            assertThat(unit.all()).containsExactly(second);
            assertThat(first.folder()).doesNotExist();
            assertThat(second.folder()).isEmptyDirectory();
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void letsASecondDeliveryOfAVideoWaitForTheFirst() throws Exception {
        try (WorkFolder workFolder = WorkFolder.open(root)) {
            RunningJobs unit = new RunningJobs(workFolder, Clock.systemUTC());
            Job first = unit.open(video("a"));

            CompletableFuture<Job> second = opening(unit);
            assertThat(second).isNotDone();
            unit.close(first);

            assertThat(second).succeedsWithin(Duration.ofSeconds(5)).isNotSameAs(first);
        }
    }

    @Test
    void letsWhoWaitsGiveUpWhenTheServiceStops() throws Exception {
        try (WorkFolder workFolder = WorkFolder.open(root)) {
            RunningJobs unit = new RunningJobs(workFolder, Clock.systemUTC());
            unit.open(video("a"));
            CompletableFuture<Job> second = opening(unit);

            unit.stop();

            assertThat(second).failsWithin(Duration.ofSeconds(5));
            assertThatThrownBy(() -> unit.open(video("b"))).hasMessageContaining("stopping");
        }
    }

    @Test
    void removesWhatDeadWorkersLeftAndNothingOfTheLiving() throws Exception {
        Path dead = Files.createDirectories(root.resolve("worker-dead"));
        Files.writeString(dead.resolve("lock"), "");
        Files.writeString(dead.resolve("source"), "x");
        Path older = Files.createDirectories(root.resolve("worker-older"));
        Files.setLastModifiedTime(older, FileTime.from(Instant.now().minusSeconds(3600)));
        Path foreign = Files.createDirectories(root.resolve("notes"));

        try (WorkFolder living = WorkFolder.open(root)) {
            Path job = living.newJob("a");
            WorkFolder.open(root).close();

            assertThat(job).exists();
            assertThat(dead).doesNotExist();
            assertThat(older).doesNotExist();
            assertThat(foreign).exists();
        }
    }

    private static CompletableFuture<Job> opening(RunningJobs unit) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Job> job = CompletableFuture.supplyAsync(() -> {
            thread.complete(Thread.currentThread());
            try {
                return unit.open(video("a"));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        await().until(() -> thread.join().getState() == Thread.State.WAITING);
        return job;
    }

    private static UploadedVideo video(String id) {
        return new UploadedVideo(id, null, "title", "description", "2026-01-02T03:04:05Z", 7);
    }
}
