package dev.caravan.cdnedge.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCacheTest {

    private static final int SIZE = 1 << 20;
    private static final int LARGEST = SIZE / 8;
    private static final Duration RECHECK_AFTER = Duration.ofSeconds(2);
    private static final Duration DROP_AFTER = Duration.ofHours(1);
    private static final String KEY = "encoded-videos/v1/seg-1.m4s";

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ObjectCache cache;

    @BeforeEach
    void open() {
        cache = open(folder, SIZE);
    }

    @AfterEach
    void close() throws IOException {
        cache.close();
    }

    @Test
    void givesOutWhatItKeeps() throws Exception {
        KeptObject kept = keep(KEY, 1_000);

        assertThat(Files.readAllBytes(kept.file())).isEqualTo(bytes(1_000));
        assertThat(cache.find(KEY).kept()).isSameAs(kept);
        assertThat(kept.about().etag()).isEqualTo("\"1000\"");
        assertThat(meters.get("edge.cache.bytes").gauge().value()).isEqualTo(1_000);
    }

    @Test
    void keepsAnEmptyObject() throws Exception {
        KeptObject kept = keep(KEY, 0);
        assertThat(cache.find(KEY).kept()).isSameAs(kept);
    }

    @Test
    void keepsNothingWithoutASize() throws Exception {
        try (ObjectCache off = open(folder.resolve("off"), 0)) {
            assertThat(off.find(KEY)).isEqualTo(Found.NOTHING);
            assertThat(folder.resolve("off")).doesNotExist();
        }
    }

    @Test
    void hasEachAskForItselfWhatIsTooLarge() throws Exception {
        Flight flight = flight(KEY);
        FutureTask<Found> waiting = waiting(KEY);
        Consumed content = new Consumed();

        assertThat(cache.keep(flight, about(LARGEST + 1), content)).isNull();

        assertThat(waiting.get()).isEqualTo(Found.NOTHING);
        assertThat(content.read).isFalse();
        assertThat(files()).isEmpty();
        assertThat(keep("largest", LARGEST)).isNotNull();
    }

    @Test
    void takesNoMoreRoomThanItMayWhateverIsWrittenAndEvicted() throws Exception {
        for (int number = 0; number < 200; number++) {
            keep("seg-" + number, 50_000 + number);
            assertThat(bytesOnDisk()).isLessThanOrEqualTo(SIZE);
        }
        assertThat(meters.get("edge.cache.evictions").counter().count()).isPositive();
        await().untilAsserted(() -> assertThat((double) bytesOnDisk())
                .isEqualTo(meters.get("edge.cache.bytes").gauge().value())
                .isLessThanOrEqualTo(SIZE - LARGEST));
    }

    @Test
    void writesNoMoreAtATimeThanAnEighthOfItsRoom() throws Exception {
        Flight second = flight("second");
        Flight first = flight("first");
        List<KeptObject> meanwhile = new ArrayList<>();
        InputStream slow = new SequenceInputStream(new ByteArrayInputStream(bytes(LARGEST)), new ActingStream(() -> {
            meanwhile.add(cache.keep(second, about(1), new ByteArrayInputStream(bytes(1))));
        }));

        assertThat(cache.keep(first, about(LARGEST), slow)).isNotNull();

        assertThat(meanwhile).containsExactly((KeptObject) null);
        assertThat(keep("second", 1)).isNotNull();
    }

    @Test
    void leavesNothingOfWhatIsCutOffAndHasItTriedAnew() throws Exception {
        Flight flight = flight(KEY);
        FutureTask<Found> waiting = waiting(KEY);
        IOException reset = new IOException("connection reset");
        InputStream cutOff = new SequenceInputStream(new ByteArrayInputStream(bytes(100)), new ActingStream(() -> {
            assertThat(names()).singleElement().asString().endsWith(".part");
            throw reset;
        }));

        assertThatThrownBy(() -> cache.keep(flight, about(1_000), cutOff)).hasRootCause(reset);
        cache.fail(flight, reset, false);

        assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class).hasCause(reset);
        assertThat(files()).isEmpty();
        assertThat(keep(KEY, 1_000)).isNotNull();
    }

    @Test
    void hasManyWaitForOneFlight() throws Exception {
        Flight flight = flight(KEY);
        List<FutureTask<Found>> waiting =
                Stream.generate(() -> waiting(KEY)).limit(8).toList();

        KeptObject kept = land(flight, 1_000);

        for (FutureTask<Found> one : waiting) {
            assertThat(one.get().kept()).isSameAs(kept);
        }
    }

    @Test
    void asksWhetherAnObjectIsStillThereAfterAWhile() throws Exception {
        KeptObject kept = keep(KEY, 1_000);
        pass(RECHECK_AFTER.minusNanos(1));
        assertThat(cache.find(KEY).kept()).isSameAs(kept);
        pass(Duration.ofNanos(1));

        Flight again = flight(KEY);
        assertThat(again.former()).isSameAs(kept);
        assertThat(cache.confirm(again)).isSameAs(kept);

        assertThat(cache.find(KEY).kept()).isSameAs(kept);
        pass(RECHECK_AFTER);
        assertThat(flight(KEY).former()).isSameAs(kept);
    }

    @Test
    void keepsWhatItHasWhileTheStoreIsDownAndGivesItOutAfterItWasAsked() throws Exception {
        KeptObject kept = keep(KEY, 1_000);
        pass(RECHECK_AFTER);
        cache.fail(flight(KEY), new IOException("down"), false);

        Flight again = flight(KEY);

        assertThat(again.former()).isSameAs(kept);
    }

    @Test
    void dropsWhatIsDeleted() throws Exception {
        keep(KEY, 1_000);
        pass(RECHECK_AFTER);

        cache.fail(flight(KEY), new IOException("404"), true);

        assertThat(flight(KEY).former()).isNull();
        assertThat(meters.get("edge.cache.bytes").gauge().value()).isZero();
        await().untilAsserted(() -> assertThat(files()).isEmpty());
    }

    /** What began before the deletion counts from when it began, not from when it came to its end. */
    @Test
    void givesNothingOutAnyLongerThatWasDeletedWhileItWasUnderWay() throws Exception {
        Flight flight = flight(KEY);
        pass(RECHECK_AFTER);
        FutureTask<Found> later = waiting(KEY);

        land(flight, 1_000);

        Flight again = later.get().flight();
        assertThat(again).isNotNull();
        cache.fail(again, new IOException("404"), true);
        assertThat(flight(KEY).former()).isNull();
    }

    @Test
    void replacesWhatHasChanged() throws Exception {
        KeptObject former = keep(KEY, 1_000);
        pass(RECHECK_AFTER);

        KeptObject changed = keep(KEY, 2_000);

        assertThat(cache.find(KEY).kept()).isSameAs(changed);
        assertThat(changed.file()).isNotEqualTo(former.file());
        await().untilAsserted(() -> assertThat(files()).containsExactly(changed.file()));
        assertThat(meters.get("edge.cache.evictions").counter().count()).isZero();
    }

    @Test
    void dropsWhatNobodyAsksFor() throws Exception {
        KeptObject kept = keep(KEY, 1_000);
        pass(DROP_AFTER);
        keep("another", 2_000);
        await().untilAsserted(() -> assertThat(kept.file()).doesNotExist());
        assertThat(meters.get("edge.cache.bytes").gauge().value()).isEqualTo(2_000);
    }

    @Test
    void getsAnewWhatSomebodyRemovedOrCutShort() throws Exception {
        Files.delete(keep(KEY, 1_000).file());
        assertThat(flight(KEY).former()).isNull();
        Files.write(keep("other", 1_000).file(), bytes(10));
        assertThat(flight("other").former()).isNull();
    }

    @Test
    void asksTheStoreWhileItsFolderCannotBeWrittenAndTriesAgainLater() throws Exception {
        KeptObject kept = keep("before", 10);
        Flight flight = flight(KEY);
        FutureTask<Found> waiting = waiting(KEY);
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);

        assertThat(land(flight, 1_000)).isNull();

        assertThat(waiting.get()).isEqualTo(Found.NOTHING);
        assertThat(cache.find(KEY)).isEqualTo(Found.NOTHING);
        Files.move(away, folder);
        assertThat(cache.find("before").kept()).isSameAs(kept);
        pass(Duration.ofSeconds(10));
        assertThat(keep(KEY, 1_000)).isNotNull();
    }

    @Test
    void keepsNothingInAPlaceThatIsNoFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (ObjectCache nowhere = open(file, SIZE)) {
            assertThat(nowhere.find(KEY)).isEqualTo(Found.NOTHING);
        }
        assertThat(file).exists();
    }

    @Test
    void removesAtItsStartWhatADeadOneLeftAndNothingElse() throws Exception {
        Path away = Files.createDirectory(folder.resolve("dead"));
        Path ours = Files.createFile(away.resolve("0".repeat(64) + "-7"));
        Path part = Files.createFile(away.resolve("f".repeat(64) + "-8.part"));
        Path notes = Files.createFile(away.resolve("notes.txt"));

        try (ObjectCache next = open(away, SIZE)) {
            assertThat(ours).doesNotExist();
            assertThat(part).doesNotExist();
            assertThat(notes).exists();
            assertThat(next.find(KEY).flight()).isNotNull();
        }
    }

    @Test
    void leavesAnotherEdgesFolderAlone() throws Exception {
        KeptObject kept = keep(KEY, 1_000);
        try (ObjectCache second = open(folder, SIZE)) {
            assertThat(second.find(KEY)).isEqualTo(Found.NOTHING);
        }
        assertThat(cache.find(KEY).kept()).isSameAs(kept);
        cache.close();
        cache = open(folder, SIZE);
        assertThat(files()).isEmpty();
        assertThat(flight(KEY)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "/etc/evil", "a/../../../b", "lock", "", "\u0000", "x\ny", "é/ö"})
    void namesNoFileAfterAKey(String key) throws Exception {
        KeptObject kept = keep(key, 10);
        assertThat(kept.file().getParent()).isEqualTo(folder.toAbsolutePath());
        assertThat(kept.file().getFileName().toString()).matches("[0-9a-f]{64}-[0-9]+");
        assertThat(cache.find(key).kept()).isSameAs(kept);
    }

    private ObjectCache open(Path where, long size) {
        return ObjectCache.open(where, size, RECHECK_AFTER, DROP_AFTER, now::get, meters);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Flight flight(String key) throws Exception {
        return Objects.requireNonNull(cache.find(key).flight());
    }

    private KeptObject keep(String key, int length) throws Exception {
        return land(flight(key), length);
    }

    private KeptObject land(Flight flight, int length) throws IOException {
        return cache.keep(flight, about(length), new ByteArrayInputStream(bytes(length)));
    }

    /** Somebody who wants an object that is under way, and has come to wait. */
    private FutureTask<Found> waiting(String key) {
        FutureTask<Found> task = new FutureTask<>(() -> cache.find(key));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private static StoredObject about(long length) {
        return new StoredObject("\"" + length + "\"", null, null, "video/mp4", null, length);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .map(Path::toAbsolutePath)
                    .toList();
        }
    }

    private List<String> names() throws IOException {
        return files().stream().map(file -> file.getFileName().toString()).toList();
    }

    private long bytesOnDisk() throws IOException {
        return files().stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** Notes that it was read. */
    private static final class Consumed extends InputStream {
        private boolean read;

        @Override
        public int read() {
            read = true;
            return -1;
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    /** Does something in the place of its first byte, and ends. */
    private static final class ActingStream extends InputStream {
        private final Act act;

        ActingStream(Act act) {
            this.act = act;
        }

        @Override
        public int read() throws IOException {
            act.run();
            return -1;
        }
    }
}
