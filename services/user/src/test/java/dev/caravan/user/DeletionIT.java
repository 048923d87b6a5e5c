package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.DeleteAccountRequest;
import dev.caravan.proto.user.Deletion;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindDeletionRequest;
import dev.caravan.proto.user.FindDeletionsRequest;
import dev.caravan.proto.user.User;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The end of an account: user-delete-account, user-erase-account, user-find-deletion, user-find-deletions,
 * user-work-off-deletions, user-delete-belongings.
 */
class DeletionIT extends UserServiceTestBase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owned OWNED = new Owned();

    @DynamicPropertySource
    static void owned(DynamicPropertyRegistry registry) {
        registry.add("upload.address", OWNED::address);
        registry.add("video-catalog.address", OWNED::address);
        registry.add("user.deletion.period", () -> "100");
        registry.add("user.deletion.settled-after", () -> "PT1S");
    }

    @AfterEach
    void bringAllUp() {
        OWNED.down(false);
    }

    @Test
    void erasesTheAccountAtOnceAndKeepsNothingThatSaysWhoItWas() {
        User user = stored();

        Deletion deletion = delete(user, PASSWORD);

        assertThat(fault(() -> users().findById(FindByIdRequest.newBuilder()
                                .setId(user.getId())
                                .build()))
                        .reason())
                .isEqualTo("USER_NOT_FOUND");
        assertThat(fault(() -> logIn(user)).reason()).isEqualTo("BAD_CREDENTIALS");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM settings WHERE user_id = ?", Integer.class, user.getId()))
                .isZero();
        assertThat(jdbc.queryForList("SELECT row(deletions)::text FROM deletions", String.class))
                .isNotEmpty()
                .noneMatch(row -> row.contains("example.org") || row.contains("Ann"));
        assertThat(find(deletion.getId()).getId()).isEqualTo(deletion.getId());
        assertThat(stored(user.getEmail()).getId()).as("the email is free").isGreaterThan(user.getId());
    }

    @Test
    void deletesAllThatTheAccountOwnsAndThenSaysThatNothingIsLeft() {
        User user = stored();
        OWNED.give(user.getId(), 3, 250);

        Deletion deletion = delete(user, PASSWORD);

        assertThat(deletion.hasCompletedAt()).isFalse();
        Deletion complete = awaitCompletion(deletion);
        assertThat(OWNED.of(user.getId())).isZero();
        assertThat(complete.getUploadsEnded()).isEqualTo(3);
        assertThat(complete.getVideosDeleted()).isEqualTo(250);
        assertThat(complete.getCompletedAt()).isGreaterThan(complete.getRequestedAt());
    }

    @Test
    void goesOnOnceAServiceIsThereThatWasDown() {
        User user = stored();
        OWNED.give(user.getId(), 1, 1);
        OWNED.down(true);
        Deletion deletion = delete(user, PASSWORD);
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForObject(
                        "SELECT next_round_at > requested_at + interval '3 seconds' FROM deletions WHERE user_id = ?",
                        Boolean.class,
                        user.getId()));
        assertThat(find(deletion.getId()).hasCompletedAt()).isFalse();

        OWNED.down(false);

        assertThat(awaitCompletion(deletion).getVideosDeleted()).isEqualTo(1);
    }

    /** One that was killed after any step has left the row as it was claimed, and maybe less to delete. */
    @Test
    void takesUpWhatAnInstanceLeftThatWasKilled() {
        OWNED.give(1_000_000, 1, 120);
        jdbc.update("INSERT INTO deletions (user_id, requested_at, next_round_at, videos_deleted)"
                + " VALUES (1000000, now() - interval '1 hour', now() - interval '1 second', 100)");
        String receipt =
                jdbc.queryForObject("SELECT receipt::text FROM deletions WHERE user_id = 1000000", String.class);

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            // Its next round would be a minute later.
            jdbc.update("UPDATE deletions SET next_round_at = now() WHERE user_id = 1000000");
            return find(receipt).hasCompletedAt();
        });

        assertThat(OWNED.of(1_000_000)).isZero();
        assertThat(find(receipt).getVideosDeleted()).isEqualTo(220);
    }

    @Test
    void keepsTheAccountOfWhoDoesNotKnowItsPassword() {
        User user = stored();

        Fault fault = fault(() -> delete(user, "wrong password"));

        assertThat(fault.fieldErrors()).isEqualTo(Map.of("current_password", List.of("current_password is wrong")));
        assertThat(logIn(user)).isEqualTo(user);
    }

    @Test
    void deletesAnAccountOnceHoweverOftenItIsAskedFor() throws Exception {
        User user = stored();
        ExecutorService people = Executors.newFixedThreadPool(3);
        CyclicBarrier start = new CyclicBarrier(3);
        try {
            Callable<Boolean> attempt = () -> {
                start.await();
                return isDeleted(user);
            };
            List<Future<Boolean>> outcomes = people.invokeAll(List.of(attempt, attempt, attempt));

            assertThat(List.of(
                            outcomes.get(0).get(),
                            outcomes.get(1).get(),
                            outcomes.get(2).get()))
                    .containsOnlyOnce(true);
            assertThat(fault(() -> delete(user, PASSWORD)).reason()).isEqualTo("USER_NOT_FOUND");
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void letsTheLastAdministratorStayAlsoWhenTwoLeaveAtOnce() throws Exception {
        jdbc.update("UPDATE users SET role = 'user' WHERE role = 'admin'");
        User one = administrator();
        assertThat(fault(() -> delete(one, PASSWORD)).reason()).isEqualTo("LAST_ADMINISTRATOR");
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            User other = administrator();
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<Boolean>> outcomes = people.invokeAll(Stream.of(one, other)
                    .<Callable<Boolean>>map(user -> () -> {
                        start.await();
                        return isDeleted(user);
                    })
                    .toList());

            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get())).containsOnlyOnce(true);
            assertThat(jdbc.queryForObject("SELECT count(*) FROM users WHERE role = 'admin'", Integer.class))
                    .isEqualTo(1);
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void showsAReceiptToWhoHasItAndAllToAdministrators() {
        Deletion first = delete(stored(), PASSWORD);
        Deletion second = delete(stored(), PASSWORD);

        for (String id : List.of("00000000-0000-0000-0000-000000000000", "1", "' OR true --")) {
            assertThat(fault(() -> find(id)).reason()).isEqualTo("DELETION_UNKNOWN");
        }
        assertThat(fault(() -> as(stored()).findDeletions(FindDeletionsRequest.getDefaultInstance()))
                        .reason())
                .isEqualTo("NOT_AN_ADMIN");
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ROLE, Metadata.ASCII_STRING_MARSHALLER), Headers.ADMIN);
        var admin = as("1").withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
        var page = admin.findDeletions(
                        FindDeletionsRequest.newBuilder().setSize(1).build())
                .getData();
        var next = admin.findDeletions(FindDeletionsRequest.newBuilder()
                        .setSize(1)
                        .setCursor(page.getCursor())
                        .build())
                .getData();
        assertThat(page.getDeletions(0).getId()).isEqualTo(second.getId());
        assertThat(next.getDeletions(0).getId()).isEqualTo(first.getId());
    }

    private User administrator() {
        User user = stored();
        jdbc.update("UPDATE users SET role = 'admin' WHERE id = ?", user.getId());
        return user;
    }

    private boolean isDeleted(User user) {
        try {
            return !delete(user, PASSWORD).getId().isEmpty();
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private Deletion delete(User user, String password) {
        return as(user).deleteAccount(DeleteAccountRequest.newBuilder()
                        .setCurrentPassword(password)
                        .build())
                .getData()
                .getDeletion();
    }

    private Deletion find(String id) {
        return users().findDeletion(FindDeletionRequest.newBuilder().setId(id).build())
                .getData()
                .getDeletion();
    }

    private Deletion awaitCompletion(Deletion deletion) {
        await().atMost(PATIENCE).until(() -> find(deletion.getId()).hasCompletedAt());
        return find(deletion.getId());
    }

    private User logIn(User user) {
        return users().findByCredential(FindByCredentialRequest.newBuilder()
                        .setEmail(user.getEmail())
                        .setPassword(PASSWORD)
                        .build())
                .getData()
                .getUser();
    }
}
