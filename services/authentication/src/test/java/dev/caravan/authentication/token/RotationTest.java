package dev.caravan.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of keys, minute by minute, as those see it who hold tokens and those who verify them. */
class RotationTest {

    private static final User ANN = User.newBuilder().setId(7).setName("Ann").build();
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration LIFETIME = Duration.ofHours(1);

    @TempDir
    Path folder;

    private record Held(String token, Instant issued) {}

    private record Copy(JWKSet keys, Instant fetched) {}

    @Test
    void logsNobodyOut() throws Exception {
        Tokens tokens = new Tokens(folder);
        Deque<Held> held = new ArrayDeque<>();
        Copy copy = new Copy(tokens.keys.published(), Tokens.NOW);
        Set<String> signers = new HashSet<>();

        for (int minute = 0; minute < 300; minute++) {
            if (minute % 90 == 30) {
                tokens.keys.rotate();
            }
            Instant now = tokens.clock.instant();
            held.add(new Held(tokens.issued(ANN), now));
            if (Duration.between(copy.fetched(), now).compareTo(RenderKeys.KEPT) >= 0) {
                copy = new Copy(tokens.keys.published(), now);
            }

            for (Held one : List.of(held.getFirst(), held.getLast())) {
                assertThat(tokens.readToken().read(one.token()).userId()).isEqualTo(7);
            }
            // Whoever keeps the published keys for as long as they may be kept knows the key of each new token.
            SignedJWT newest = SignedJWT.parse(held.getLast().token());
            JWK key = copy.keys().getKeyByKeyId(newest.getHeader().getKeyID());
            assertThat(key).as("minute %d", minute).isNotNull();
            assertThat(newest.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
            signers.add(key.getKeyID());

            tokens.clock.move(STEP);
            while (!held.isEmpty() && !held.getFirst().issued().plus(LIFETIME).isAfter(tokens.clock.instant())) {
                String expired = held.removeFirst().token();
                Fault fault = catchThrowableOfType(
                        Fault.class, () -> tokens.readToken().read(expired));
                assertThat(fault.reason()).isEqualTo("TOKEN_EXPIRED");
            }
        }

        assertThat(signers).hasSize(4);
    }

    @Test
    void refusesATokenOfAKeyThatHasNothingLeftToVerify() throws Exception {
        Tokens tokens = new Tokens(folder);
        var former = tokens.keys.signing();
        tokens.keys.rotate();
        tokens.clock.move(Duration.ofMinutes(10).plus(LIFETIME).plus(Duration.ofMinutes(1)));

        String forged = Tokens.signed(
                new com.nimbusds.jose.JWSHeader.Builder(com.nimbusds.jose.JWSAlgorithm.ES256)
                        .keyID(former.getKeyID())
                        .type(com.nimbusds.jose.JOSEObjectType.JWT)
                        .build(),
                Tokens.claims()
                        .expirationTime(
                                java.util.Date.from(tokens.clock.instant().plusSeconds(60))),
                new com.nimbusds.jose.crypto.ECDSASigner(former));

        Fault fault = catchThrowableOfType(Fault.class, () -> tokens.readToken().read(forged));
        assertThat(fault.reason()).isEqualTo("BAD_TOKEN");
    }
}
