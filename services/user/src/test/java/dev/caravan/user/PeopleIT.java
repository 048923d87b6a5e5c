package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.Account;
import dev.caravan.proto.user.BlockUserRequest;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponseData;
import dev.caravan.proto.user.FindUsersRequest;
import dev.caravan.proto.user.FindUsersResponseData;
import dev.caravan.proto.user.UnblockUserRequest;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators see and do of users: user-find-users, user-block-user, user-unblock-user. */
class PeopleIT extends UserServiceTestBase {

    private User admin;

    @BeforeEach
    void haveAnAdministrator() {
        admin = administrator();
    }

    @Test
    void findsUsersByWhatStandsInTheirNameOrEmail() {
        String word = UUID.randomUUID().toString().substring(0, 8);
        User first = stored(word + "@example.org");
        User second = stored("x-" + word + "-y@example.org");

        List<Account> found =
                find(word.toUpperCase(java.util.Locale.ROOT), "", "", 0).getUsersList();

        assertThat(found).extracting(Account::getId).containsExactly(second.getId(), first.getId());
        assertThat(found.get(1).getEmail()).isEqualTo(first.getEmail());
        assertThat(found.get(1).getName()).isEqualTo("Ann Example");
        assertThat(found.get(1).getRole()).isEqualTo("user");
        assertThat(found.get(1).hasBlockedAt()).isFalse();
        assertThat(find("%", "", "", 0).getUsersList()).isEmpty();
        assertThat(find("' OR true --", "", "", 0).getUsersList()).isEmpty();
    }

    @Test
    void turnsThePagesWithoutMissingOrRepeatingOne() {
        String word = UUID.randomUUID().toString();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, stored(i + "-" + word + "@example.org").getId());
        }

        List<Integer> found = new ArrayList<>();
        String cursor = "";
        do {
            FindUsersResponseData page = find(word, "", cursor, 2);
            page.getUsersList().forEach(user -> found.add(user.getId()));
            cursor = page.getCursor();
        } while (!cursor.isEmpty());

        assertThat(found).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "99999999999", "1; DROP TABLE users"})
    void takesNoCursorButItsOwn(String cursor) {
        assertThat(fault(() -> find("", "", cursor, 0)).fieldErrors()).containsOnlyKeys("cursor");
    }

    @Test
    void asksForAListThatThereIs() {
        assertThat(fault(() -> find("", "gone", "", 101)).fieldErrors()).containsOnlyKeys("state", "size");
    }

    @Test
    void endsAllSessionsOfABlockedUserAndLetsHimBeginNone() {
        User user = stored();
        int before = byId(user).getCredentialVersion();

        Account blocked = block(admin, user);

        assertThat(blocked.hasBlockedAt()).isTrue();
        assertThat(byId(user).getBlocked()).isTrue();
        assertThat(byId(user).getCredentialVersion()).isEqualTo(before + 1);
        assertThat(find(user.getEmail(), "blocked", "", 0).getUsersList()).containsExactly(blocked);
        assertThat(find(user.getEmail(), "active", "", 0).getUsersList()).isEmpty();
        Fault fault = fault(() -> logIn(user, PASSWORD));
        assertThat(fault.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault.reason()).isEqualTo("USER_BLOCKED");
    }

    @Test
    void tellsOfTheBlockOnlyWhoKnowsThePassword() {
        User user = stored();
        block(admin, user);

        assertThat(fault(() -> logIn(user, "wrong password")).reason()).isEqualTo("BAD_CREDENTIALS");
    }

    @Test
    void letsAUserInAgainWhoseFormerSessionsStayEnded() {
        User user = stored();
        Account blocked = block(admin, user);
        assertThat(block(admin, user)).as("again").isEqualTo(blocked);

        Account account = admin(admin)
                .unblockUser(UnblockUserRequest.newBuilder().setId(user.getId()).build())
                .getData()
                .getUser();

        assertThat(account.hasBlockedAt()).isFalse();
        assertThat(byId(user).getBlocked()).isFalse();
        assertThat(byId(user).getCredentialVersion()).isEqualTo(2);
        assertThat(logIn(user, PASSWORD)).isEqualTo(2);
    }

    @Test
    void letsNobodyBlockHimself() {
        assertThat(fault(() -> block(admin, admin)).reason()).isEqualTo("OWN_ACCOUNT");

        assertThat(byId(admin).getBlocked()).isFalse();
    }

    @Test
    void letsOneOfTwoAdministratorsStayWhoBlockEachOther() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                User one = administrator();
                User other = administrator();
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Object>> outcomes = people.invokeAll(Stream.of(List.of(one, other), List.of(other, one))
                        .<java.util.concurrent.Callable<Object>>map(pair -> () -> {
                            start.await();
                            try {
                                return block(pair.get(0), pair.get(1));
                            } catch (StatusRuntimeException e) {
                                return Fault.from(e).reason();
                            }
                        })
                        .toList());

                assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                        .as("one of them blocks the other")
                        .containsOnlyOnce("USER_NOT_FOUND");
                assertThat(byId(one).getBlocked()).isNotEqualTo(byId(other).getBlocked());
            }
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void knowsNoUserWhoIsGone() {
        User gone = User.newBuilder().setId(2_000_000_000).build();

        assertThat(fault(() -> block(admin, gone)).reason()).isEqualTo("USER_NOT_FOUND");
        assertThat(fault(() -> admin(admin)
                                .unblockUser(UnblockUserRequest.newBuilder()
                                        .setId(gone.getId())
                                        .build()))
                        .reason())
                .isEqualTo("USER_NOT_FOUND");
    }

    @Test
    void doesNothingForWhoIsNoAdministrator() {
        User user = stored();

        assertThat(fault(() -> as(user).findUsers(FindUsersRequest.getDefaultInstance()))
                        .reason())
                .isEqualTo("NOT_AN_ADMIN");
        assertThat(fault(() -> as(user).blockUser(BlockUserRequest.newBuilder()
                                .setId(admin.getId())
                                .build()))
                        .reason())
                .isEqualTo("NOT_AN_ADMIN");
        assertThat(fault(() -> block(user, stored())).reason())
                .as("one whose role was taken meanwhile")
                .isEqualTo("USER_NOT_FOUND");
    }

    private User administrator() {
        User user = stored();
        jdbc.update("UPDATE users SET role = 'admin' WHERE id = ?", user.getId());
        return user;
    }

    private UserServiceBlockingStub admin(User user) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ROLE, Metadata.ASCII_STRING_MARSHALLER), Headers.ADMIN);
        return as(user).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private Account block(User caller, User user) {
        return admin(caller)
                .blockUser(BlockUserRequest.newBuilder().setId(user.getId()).build())
                .getData()
                .getUser();
    }

    private FindUsersResponseData find(String search, String state, String cursor, int size) {
        return admin(admin)
                .findUsers(FindUsersRequest.newBuilder()
                        .setSearch(search)
                        .setState(state)
                        .setCursor(cursor)
                        .setSize(size)
                        .build())
                .getData();
    }

    private FindByIdResponseData byId(User user) {
        return users().findById(FindByIdRequest.newBuilder().setId(user.getId()).build())
                .getData();
    }

    private int logIn(User user, String password) {
        return users().findByCredential(FindByCredentialRequest.newBuilder()
                        .setEmail(user.getEmail())
                        .setPassword(password)
                        .build())
                .getData()
                .getCredentialVersion();
    }
}
