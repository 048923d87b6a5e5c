package dev.caravan.encode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningJobsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    private Path root;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private WorkFolder workFolder;
    private RunningJobs unit;

    @BeforeEach
    void open() {
        workFolder = WorkFolder.open(root);
        unit = new RunningJobs(workFolder, 2, LEASE, Clock.systemUTC(), now::get);
    }

    @AfterEach
    void close() throws Exception {
        workFolder.close();
        assertThat(root.resolve(unit.worker())).doesNotExist();
    }

    @Test
    void givesEachAttemptAnEmptyFolderAndRemovesItAtTheEnd() throws Exception {
        Job first = unit.open(attempt("a", 1));
        Job second = unit.open(attempt("a", 2));
        WorkFolder.empty(first.folder());
        Files.writeString(first.sourceFile(), "x");
        WorkFolder.empty(first.folder());
        WorkFolder.empty(second.folder());

        assertThat(unit.all()).containsExactly(first, second);
        assertThat(first.folder()).isEmptyDirectory().isNotEqualTo(second.folder());
        assertThat(root.resolve(first.sourceName())).isEqualTo(first.sourceFile());
        unit.close(first);
        assertThat(unit.all()).containsExactly(second);
        assertThat(first.folder()).doesNotExist();
        assertThat(second.folder()).isEmptyDirectory();
    }

    @Test
    void storesEachAttemptInAFolderOfItsOwn() {
        assertThat(unit.open(attempt("a", 2)).targetPrefix()).isEqualTo("encoded-videos/a/2");
    }

    @Test
    void doesOneThingBesideTheJobsThatTakesNoPlace() throws Exception {
        Job aside = unit.openAside(attempt("a", 1));
        WorkFolder.empty(aside.folder());

        assertThat(unit.free()).isEqualTo(2);
        assertThat(unit.all()).isEmpty();
        assertThat(aside.folder()).isNotEqualTo(unit.open(attempt("a", 1)).folder());
        unit.close(aside);
        assertThat(aside.folder()).doesNotExist();
    }

    @Test
    void knowsHowManyPlacesAreFree() throws Exception {
        assertThat(unit.free()).isEqualTo(2);
        Job job = unit.open(attempt("a", 1));
        unit.open(attempt("b", 1));
        assertThat(unit.free()).isZero();
        unit.close(job);
        assertThat(unit.free()).isEqualTo(1);
        unit.stop();
        assertThat(unit.free()).isZero();
    }

    @Test
    void endsWhatTheDatabaseDoesNotGrantAndWhatItCannotBeAskedFor() {
        Job held = unit.open(attempt("held", 1));
        Job taken = unit.open(attempt("taken", 1));
        now.addAndGet(LEASE.toNanos() - 1);
        RunningJobs.Leases leases = unit.leases();
        Job young = unit.open(attempt("young", 1));

        leases.grant(Set.of(held));

        now.addAndGet(2);
        assertThatCode(held::ensureHeld).doesNotThrowAnyException();
        assertThatCode(young::ensureHeld).doesNotThrowAnyException();
        assertThatThrownBy(taken::ensureHeld)
                .isInstanceOf(JobLostException.class)
                .hasMessageContaining("taken over");
        now.addAndGet(LEASE.toNanos());
        assertThatThrownBy(held::ensureHeld)
                .isInstanceOf(JobLostException.class)
                .hasMessageContaining("could not be renewed");
    }

    @Test
    void renewsWithTheJobsWhatTakesLongAndNoPlace() throws Exception {
        Job job = unit.open(attempt("a", 2));
        Job aside = unit.openAsideForLong(attempt("a", 1));

        assertThat(unit.free()).isEqualTo(1);
        assertThat(unit.all()).containsExactly(job);
        assertThat(unit.leases().jobs()).containsExactly(job, aside);
        unit.close(aside);
        assertThat(unit.leases().jobs()).containsExactly(job);
    }

    @Test
    void endsEverythingWhenTheServiceStops() {
        Job early = unit.open(attempt("early", 1));
        Job aside = unit.openAsideForLong(attempt("aside", 1));

        unit.stop();

        assertThatThrownBy(aside::ensureHeld).hasMessageContaining("stopping");
        assertThatThrownBy(early::ensureHeld).hasMessageContaining("stopping");
        assertThatThrownBy(unit.open(attempt("late", 1))::ensureHeld).hasMessageContaining("stopping");
    }

    @Test
    void removesWhatDeadWorkersLeftAndNothingOfTheLiving() throws Exception {
        Path dead = Files.createDirectories(root.resolve("worker-dead"));
        Files.writeString(dead.resolve("lock"), "");
        Files.writeString(dead.resolve("source"), "x");
        Path older = Files.createDirectories(root.resolve("worker-older"));
        Files.setLastModifiedTime(older, FileTime.from(Instant.now().minusSeconds(3600)));
        Path foreign = Files.createDirectories(root.resolve("notes"));
        Job job = unit.open(attempt("a", 1));
        WorkFolder.empty(job.folder());

        WorkFolder.open(root).close();

        assertThat(job.folder()).exists();
        assertThat(dead).doesNotExist();
        assertThat(older).doesNotExist();
        assertThat(foreign).exists();
    }

    private static Attempt attempt(String id, int number) {
        UploadedVideo video =
                new UploadedVideo(id, null, null, "title", "description", null, "2026-01-02T03:04:05Z", 7);
        return new Attempt(video, number, Delivery.of(null, Map.of()));
    }
}
