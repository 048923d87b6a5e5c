package dev.caravan.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.quota.Quota;
import dev.caravan.upload.store.FakeStore;
import dev.caravan.upload.store.ObjectSinks;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class StreamUploadTest {

    private static final DataSize MOST = DataSize.ofMegabytes(12);
    private static final DataSize PART = DataSize.ofMegabytes(5);
    private static final DataSize ALL = DataSize.ofMegabytes(100);

    private final FakeStore fake = new FakeStore();
    private final StreamUpload stream = stream(Duration.ofMinutes(1));
    private final Form form = new Form();
    private long quota = ALL.toBytes();
    private int user = 7;

    @Test
    void storesAFormWhoseFilesComeFirst() throws Exception {
        byte[] video = Form.video(11_000_000);
        form.file("video", video).file("thumbnail", Form.PNG).field("description", "Über\nzwei Zeilen");
        Message message = process(form.field("title", "Ein Titel"));

        assertThat(fake.only("raw-videos/")).isEqualTo(video);
        assertThat(fake.only("thumbnails/")).isEqualTo(Form.PNG);
        assertThat(fake.types).containsValue("image/png");
        assertThat(message.getHeader(UploadHeaders.TITLE)).isEqualTo("Ein Titel");
        assertThat(message.getHeader(UploadHeaders.DESCRIPTION)).isEqualTo("Über\nzwei Zeilen");
        assertThat(message.getHeader(UploadHeaders.HAS_THUMBNAIL)).isEqualTo(true);
        assertThat(fake.parts).isEmpty();
    }

    @Test
    void takesAFileFieldThatWasLeftEmptyForNoThumbnail() throws Exception {
        Message message = process(details().file("thumbnail", new byte[0]).file("video", Form.video(1000)));

        assertThat(message.getHeader(UploadHeaders.HAS_THUMBNAIL)).isEqualTo(false);
        assertThat(fake.objects).hasSize(1);
    }

    @Test
    void storesARawBodyWithItsDetailsInTheQuery() throws Exception {
        Message message = process(raw(query("A title"), Form.stream(Form.video(1000))));

        assertThat(fake.only("raw-videos/")).hasSize(1000);
        assertThat(message.getHeader(UploadHeaders.TITLE)).isEqualTo("A title");
        assertThat(message.getHeader(UploadHeaders.HAS_THUMBNAIL)).isEqualTo(false);
    }

    @Test
    void saysAllThatIsMissing() {
        assertThat(fault(form.field("title", " ")).fieldErrors())
                .containsOnly(
                        Map.entry("title", List.of("title is required")),
                        Map.entry("description", List.of("description is required")),
                        Map.entry("video", List.of("video is required")));
    }

    @Test
    void readsNothingOfARawBodyWithoutDetails() {
        DirectUpload upload = raw(Map.of(), unreadable());

        assertThat(fault(upload).fieldErrors()).containsOnlyKeys("title", "description");
    }

    @Test
    void readsNothingOfAVideoAfterATitleThatIsTooLong() {
        form.field("title", "x".repeat(2000)).field("description", "d").file("video", Form.video(1000));

        assertThat(fault(form).fieldErrors())
                .containsOnly(Map.entry("title", List.of("title must be at most 255 characters")));
        assertThat(fake.objects).isEmpty();
    }

    @Test
    void removesAVideoWhoseDetailsTurnOutMissingAfterIt() {
        form.file("video", Form.video(11_000_000)).file("thumbnail", Form.PNG);

        assertThat(fault(form.field("title", "t")).fieldErrors()).containsOnlyKeys("description");
        assertNothingIsStored();
    }

    @Test
    void refusesWhatIsNoVideo() {
        assertThat(fault(details().file("video", Form.bytes("I am text"))).fieldErrors())
                .containsOnly(Map.entry("video", List.of("video is not a video")));
        assertThat(fault(raw(query("t"), Form.stream(new byte[0]))).fieldErrors())
                .containsOnly(Map.entry("video", List.of("video is empty")));
        assertNothingIsStored();
    }

    @Test
    void refusesAThumbnailThatIsNoImageOrTooLargeAndKeepsNoVideoOfIt() {
        form.file("video", Form.video(1000)).file("thumbnail", Form.bytes("<svg/>"));
        assertThat(fault(form).fieldErrors().get("thumbnail"))
                .containsExactly("thumbnail is not a JPEG, PNG, WebP or GIF image");

        Form large = new Form().file("video", Form.video(1000)).file("thumbnail", new byte[2_000_000]);
        assertThat(fault(large).fieldErrors().get("thumbnail")).containsExactly("thumbnail must be at most 1 MiB");
        assertNothingIsStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso-8859-1", "ISO-8859-15", "windows-1252", "utf-8", "\"UTF-8\"", "utf-16", "utf-16le"})
    void readsATextInTheCharsetThatItNames(String charset) throws Exception {
        form.field("title", charset, "Übergänge é".getBytes(charset.replace("\"", "")));
        form.field("description", "x").file("video", Form.video(100));

        assertThat(process(form).getHeader(UploadHeaders.TITLE)).isEqualTo("Übergänge é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "us-ascii", "bogus-8", "a/b", "utf-16", "gb18030"})
    void refusesATextThatIsNone(String charset) {
        byte[] none = {'a', (byte) 0xff, (byte) 0xfe, (byte) 0xff, 'b'};
        form.field("title", charset, none).field("description", "x").file("video", Form.video(100));

        assertThat(fault(form).fieldErrors()).containsOnlyKeys("title");
        assertNothingIsStored();
    }

    @Test
    void refusesATextOfNoCharsetThatIsNoUtf8AndOneThatIsTooLong() {
        form.field("description", "us-ascii", new byte[] {(byte) 0xe9});
        assertThat(fault(form).fieldErrors())
                .containsOnly(
                        Map.entry("description", List.of("description must be text in the charset that it names")));
        assertThat(fault(new Form().field("title", "é".repeat(5000))).fieldErrors())
                .containsOnly(Map.entry("title", List.of("title must be at most 255 characters")));
        assertThat(fault(details().field("thumbnail", "a\0b")).fieldErrors()).containsOnlyKeys("thumbnail");
        assertThat(fault(new Form()
                                .field("title", "a\0b")
                                .field("description", "a\0b")
                                .file("video", Form.video(99)))
                        .fieldErrors())
                .containsKeys("title", "description");
        assertNothingIsStored();
    }

    @Test
    void refusesFieldsThatItDoesNotKnowAndFieldsThatComeTwice() {
        assertThat(fault(form.field("user_id", "1")).fieldErrors())
                .containsOnly(Map.entry("user_id", List.of("user_id is not expected")));
        assertThat(fault(details().field("title", "again")).fieldErrors())
                .containsOnly(Map.entry("title", List.of("title may come once")));
        assertThat(fault(raw(Map.of("title", List.of("a", "b")), unreadable())).fieldErrors())
                .containsOnlyKeys("title");
        assertThat(fault(raw(Map.of("video", List.of("a")), unreadable())).fieldErrors())
                .containsOnlyKeys("video");
    }

    @Test
    void refusesByItsLengthAVideoThatIsTooLarge() {
        DirectUpload upload = new DirectUpload("video/mp4", MOST.toBytes() + 1, query("t"), unreadable());

        assertThat(fault(upload).reason()).isEqualTo("TOO_LARGE");
    }

    @Test
    void stopsAVideoThatTurnsOutTooLarge() {
        byte[] large = Form.video((int) MOST.toBytes() + 1);

        assertThat(fault(raw(query("t"), Form.stream(large))).reason()).isEqualTo("TOO_LARGE");
        Fault inForm = fault(details().file("video", large));
        assertThat(inForm.reason()).isEqualTo("TOO_LARGE");
        assertThat(inForm).hasMessage("A video can have at most 12 MiB.");
        assertNothingIsStored();
    }

    @Test
    void keepsNothingOfAnUploadThatIsCutOff() {
        InputStream cut = new SequenceInputStream(Form.stream(Form.video(11_000_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException();
            }
        });

        assertThat(fault(raw(query("t"), cut)).reason()).isEqualTo("UPLOAD_INCOMPLETE");
        byte[] whole = details().file("video", Form.video(11_000_000)).body();
        DirectUpload half =
                new DirectUpload(Form.TYPE, -1, Map.of(), new ByteArrayInputStream(whole, 0, whole.length - 3));
        assertThat(fault(half).reason()).isEqualTo("UPLOAD_INCOMPLETE");
        assertNothingIsStored();
    }

    @Test
    void givesUpAnUploadThatTakesTooLong() {
        Fault fault = fault(stream(Duration.ZERO), raw(query("t"), Form.stream(Form.video(1000))));

        assertThat(fault.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(fault.reason()).isEqualTo("UPLOAD_TOO_SLOW");
    }

    @Test
    void givesUpAnUploadThatTrickles() {
        StreamUpload trickled = stream(Duration.ofMinutes(1), DataSize.ofTerabytes(1), Duration.ofNanos(1));

        assertThat(fault(trickled, raw(query("t"), Form.stream(Form.video(1000))))
                        .reason())
                .isEqualTo("UPLOAD_TOO_SLOW");
        assertNothingIsStored();
    }

    @Test
    void refusesWhatGoesOverTheUsersRoom() {
        quota = 9_999;

        Fault fault = fault(raw(query("t"), Form.stream(Form.video(10_000))));
        assertThat(fault.reason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(fault.retryAfter()).isNull();
        assertThat(fault(details().file("video", Form.video(10_000))).reason()).isEqualTo("QUOTA_EXCEEDED");
        assertNothingIsStored();
    }

    @Test
    void tellsSizeAndEtagOfWhatItStored() throws Exception {
        quota = 10_000;

        Message message = process(raw(query("t"), Form.stream(Form.video(10_000))));

        assertThat(message.getHeader(UploadHeaders.SIZE)).isEqualTo(10_000L);
        assertThat(message.getHeader(UploadHeaders.ETAG))
                .isEqualTo(fake.etag("raw-videos/" + message.getHeader(UploadHeaders.VIDEO)));
    }

    @Test
    void refusesMoreUploadsThanOneUserOrAllMayHaveUnderWay() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> first = underWay(end);

        Fault mine = fault(raw(query("second"), unreadable()));
        assertThat(mine.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(mine.reason()).isEqualTo("TOO_MANY_UPLOADS");
        assertThat(mine.retryAfter()).isNotNull();

        user = 8;
        CompletableFuture<Void> other = underWay(end);
        user = 9;
        assertThat(fault(raw(query("third"), unreadable())).reason()).isEqualTo("UPLOADS_BUSY");

        end.countDown();
        first.get(10, TimeUnit.SECONDS);
        other.get(10, TimeUnit.SECONDS);
        user = 7;
        process(raw(query("fourth"), Form.stream(Form.video(100))));
    }

    /** An upload of which everything but its end has come. */
    private CompletableFuture<Void> underWay(CountDownLatch end) throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        InputStream slow = new SequenceInputStream(Form.stream(Form.video(100)), new InputStream() {
            @Override
            public int read() throws IOException {
                reading.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }
        });
        CompletableFuture<Void> upload = CompletableFuture.runAsync(
                () -> {
                    try {
                        process(raw(query("slow"), slow));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        return upload;
    }

    private Form details() {
        return new Form().field("title", "A title").field("description", "A description");
    }

    private static Map<String, List<String>> query(String title) {
        return Map.of("title", List.of(title), "description", List.of("A description"));
    }

    private static DirectUpload raw(Map<String, List<String>> query, InputStream body) {
        return new DirectUpload("application/x-www-form-urlencoded", -1, query, body);
    }

    private static InputStream unreadable() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("It was read");
            }
        };
    }

    private void assertNothingIsStored() {
        assertThat(fake.objects).isEmpty();
        assertThat(fake.parts).isEmpty();
    }

    private Fault fault(Form refused) {
        return fault(refused.upload());
    }

    private Fault fault(DirectUpload refused) {
        return fault(stream, refused);
    }

    private Fault fault(StreamUpload stream, DirectUpload refused) {
        return catchThrowableOfType(Fault.class, () -> process(stream, refused));
    }

    private Message process(Form accepted) throws Exception {
        return process(accepted.upload());
    }

    private Message process(DirectUpload upload) throws Exception {
        return process(stream, upload);
    }

    private Message process(StreamUpload stream, @Nullable DirectUpload upload) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(UploadHeaders.VIDEO, UUID.randomUUID());
        exchange.getMessage().setHeader(UploadHeaders.THUMBNAIL, UUID.randomUUID());
        exchange.getMessage().setHeader(UploadHeaders.CALLER, user);
        exchange.getMessage().setHeader(UploadHeaders.QUOTA, new Quota(0, 0, 0, quota, 1, 1));
        exchange.getMessage().setBody(upload);
        stream.process(exchange);
        return exchange.getMessage();
    }

    private StreamUpload stream(Duration longest) {
        return stream(longest, DataSize.ofKilobytes(16), Duration.ofMinutes(1));
    }

    private StreamUpload stream(Duration longest, DataSize slowestRate, Duration window) {
        return new StreamUpload(
                ObjectSinks.of(fake, new ObjectStoreProperties("caravan", "", "", "us-east-1", "", "")),
                new UploadProperties(
                        Duration.ofMinutes(15),
                        MOST,
                        DataSize.ofMegabytes(1),
                        PART,
                        2,
                        1,
                        longest,
                        slowestRate,
                        window,
                        Duration.ofSeconds(20),
                        20,
                        0,
                        ALL,
                        1,
                        Duration.ofDays(1)),
                new ConcurrentUploads(2, 1));
    }
}
