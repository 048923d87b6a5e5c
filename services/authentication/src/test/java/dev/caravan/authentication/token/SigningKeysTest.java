package dev.caravan.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.authentication.MovingClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {

    private final MovingClock clock = new MovingClock(Tokens.NOW);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("keys/signing.json");
    }

    @Test
    void makesAKeyForItsOwnerAlone() throws Exception {
        SigningKeys keys = keys();

        assertThat(rights()).isEqualTo("rw-------");
        assertThat(keys.signing().isPrivate()).isTrue();
        assertThat(keys.signing().getKeyID())
                .isEqualTo(keys.signing().computeThumbprint().toString());
        assertThat(keys.signing().getIssueTime()).isEqualTo(Tokens.NOW);
        assertThat(keys.signing().getNotBeforeTime()).isEqualTo(Tokens.NOW);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void keepsTheKeyOverARestart() {
        assertThat(keys().signing()).isEqualTo(keys().signing());
    }

    @Test
    void makesOneKeyWhenManyStartAtOnce() throws Exception {
        assertThat(atOnce(() -> keys().signing().getKeyID()))
                .hasSize(8)
                .containsOnly(keys().signing().getKeyID());
    }

    @Test
    void readsAKeyThatAnOperatorMade() throws Exception {
        JWK made = new ECKeyGenerator(Curve.P_256).keyID("any").generate();
        write(made.toJSONString());

        assertThat(keys().signing().toECPublicKey()).isEqualTo(made.toECKey().toECPublicKey());
    }

    @Test
    void signsWithTheNewestOfASetWhoseTimeHasCome() throws Exception {
        ECKey first = KeyRing.make(Tokens.NOW, Tokens.NOW.minusSeconds(100));
        ECKey second = KeyRing.make(Tokens.NOW, Tokens.NOW.minusSeconds(10));
        ECKey third = KeyRing.make(Tokens.NOW, Tokens.NOW.plusSeconds(10));
        write(new JWKSet(List.of(third, first, second)).toString(false));

        SigningKeys keys = keys();

        assertThat(keys.signing().getKeyID()).isEqualTo(second.getKeyID());
        assertThat(ids(keys)).containsExactly(first.getKeyID(), second.getKeyID(), third.getKeyID());
        clock.move(Duration.ofSeconds(10));
        assertThat(keys.signing().getKeyID()).isEqualTo(third.getKeyID());
    }

    @Test
    void showsNothingPrivate() {
        assertThat(keys().published().getKeys())
                .allMatch(key -> !key.isPrivate())
                .allSatisfy(key -> assertThat(key.toJSONObject())
                        .doesNotContainKey("d")
                        .containsEntry("alg", "ES256")
                        .containsEntry("use", "sig"));
    }

    @Test
    void refusesAFileThatIsNoSuchKeyAndTellsNothingOfIt() throws Exception {
        for (String text : List.of(
                "",
                "secret text",
                "{}",
                "{\"keys\":[]}",
                new JWKSet(List.of(new ECKeyGenerator(Curve.P_256).generate(), new RSAKeyGenerator(2048).generate()))
                        .toString(false),
                new RSAKeyGenerator(2048).generate().toJSONString(),
                new ECKeyGenerator(Curve.P_384).generate().toJSONString(),
                new ECKeyGenerator(Curve.P_256).generate().toPublicJWK().toJSONString())) {
            write(text);

            assertThatIllegalStateException()
                    .isThrownBy(this::keys)
                    .withMessageContaining("authentication.signing-key")
                    .withMessageContaining(file.toString())
                    .withMessageNotContaining("secret text");
        }
    }

    @Test
    void makesNoneInProductionAndSaysWhatToDo() {
        assertThatIllegalStateException()
                .isThrownBy(this::keysInProduction)
                .withMessageContaining(file + " is missing")
                .withMessageContaining("caravan.production=false");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void refusesInProductionAFileThatOthersMayRead(String rights) throws Exception {
        keys();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));

        assertThatIllegalStateException()
                .isThrownBy(this::keysInProduction)
                .withMessageContaining(file.toString())
                .withMessageContaining("chmod 600");
        assertThat(rights()).isEqualTo(rights);
    }

    @Test
    void takesTheRightsOfOthersAwayWhereItIsNotProduction() throws Exception {
        ECKey key = keys().signing();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(keys().signing()).isEqualTo(key);
        assertThat(rights()).isEqualTo("rw-------");
        assertThat(keysInProduction().signing()).isEqualTo(key);
    }

    @Test
    void asksForAnAnnouncementThatOutlastsWhatOthersKeep() {
        AuthenticationProperties usual = Tokens.properties(file);

        assertThatIllegalStateException()
                .isThrownBy(() -> new SigningKeys(
                        new AuthenticationProperties(
                                file,
                                RenderKeys.KEPT,
                                usual.keyLifetime(),
                                usual.tokenLifetime(),
                                usual.issuer(),
                                usual.audience(),
                                usual.sessionLifetime(),
                                usual.refreshLifetime(),
                                usual.markerLifetime()),
                        clock,
                        false))
                .withMessageContaining("authentication.key-announcement");
    }

    @Test
    void announcesANewKeyBeforeItSignsAndKeepsTheFormerUntilItsLastTokenHasExpired() throws Exception {
        SigningKeys keys = keys();
        String former = keys.signing().getKeyID();

        String next = keys.rotate().getKeyID();

        assertThat(ids(keys)).containsExactly(former, next);
        assertThat(rights()).isEqualTo("rw-------");
        assertThat(keys.signing().getKeyID()).isEqualTo(former);
        clock.move(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(keys.signing().getKeyID()).isEqualTo(former);
        clock.move(Duration.ofSeconds(1));
        assertThat(keys.signing().getKeyID()).isEqualTo(next);
        assertThat(ids(keys)).containsExactly(former, next);
        clock.move(Duration.ofHours(1));
        assertThat(ids(keys)).containsExactly(former, next);
        clock.move(Duration.ofMinutes(1));
        assertThat(ids(keys)).containsExactly(next);

        keys.rotate();
        assertThat(JWKSet.parse(Files.readString(file)).getKeys()).hasSize(2);
        assertThat(keys().signing().getKeyID()).isEqualTo(next);
    }

    @Test
    void addsOneKeyHoweverManyAskForItAtOnce() throws Exception {
        keys();

        List<String> added = atOnce(() -> keys().rotate().getKeyID());

        assertThat(added).containsOnly(added.get(0));
        assertThat(ids(keys())).hasSize(2);
    }

    @Test
    void takesTheKeysOverThatAnotherInstanceAdded() {
        SigningKeys one = keys();
        SigningKeys other = keys();

        String next = one.rotate().getKeyID();

        assertThat(ids(other)).contains(next);
        clock.move(Duration.ofMinutes(10));
        assertThat(other.signing().getKeyID()).isEqualTo(next);
    }

    @Test
    void addsAKeyToOneThatAnOperatorMadeAlone() throws Exception {
        write(new ECKeyGenerator(Curve.P_256).generate().toJSONString());
        SigningKeys keys = keys();
        String former = keys.signing().getKeyID();
        assertThat(keys.isOutdated()).isTrue();

        String next = keys.rotate().getKeyID();

        assertThat(ids(keys())).containsExactly(former, next);
        assertThat(keys().isOutdated()).isFalse();
    }

    @Test
    void keepsItsKeysWhenTheFileGoesOrIsBroken() throws Exception {
        SigningKeys keys = keys();
        ECKey key = keys.signing();

        Files.writeString(file, "broken");
        assertThat(keys.signing()).isEqualTo(key);
        Files.delete(file);
        assertThat(keys.signing()).isEqualTo(key);

        String made = keys().signing().getKeyID();
        assertThat(keys.signing().getKeyID()).isEqualTo(made);
    }

    @Test
    void isOutdatedAfterTheLifetimeOfAKey() {
        SigningKeys keys = keys();

        clock.move(Duration.ofDays(90).minusSeconds(1));
        assertThat(keys.isOutdated()).isFalse();
        clock.move(Duration.ofSeconds(1));
        assertThat(keys.isOutdated()).isTrue();
        keys.rotate();
        assertThat(keys.isOutdated()).isFalse();
    }

    private static List<String> ids(SigningKeys keys) {
        return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static List<String> atOnce(Callable<String> start) throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(8);
        try {
            List<String> ids = new ArrayList<>();
            for (Future<String> id : instances.invokeAll(Collections.nCopies(8, start))) {
                ids.add(id.get());
            }
            return ids;
        } finally {
            instances.shutdownNow();
        }
    }

    private String rights() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void write(String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SigningKeys keys() {
        return new SigningKeys(Tokens.properties(file), clock, false);
    }

    private SigningKeys keysInProduction() {
        return new SigningKeys(Tokens.properties(file), clock, true);
    }
}
