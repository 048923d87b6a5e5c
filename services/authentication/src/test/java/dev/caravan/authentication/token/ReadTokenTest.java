package dev.caravan.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.User;
import io.grpc.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTokenTest {

    private static final User ANN = User.newBuilder().setId(7).setName("Ann").build();

    @TempDir
    Path folder;

    private Tokens tokens;

    @BeforeEach
    void makeKey() {
        tokens = new Tokens(folder);
    }

    @Test
    void issuesTheClaimsOfTheContract() throws Exception {
        SignedJWT token = SignedJWT.parse(tokens.issued(ANN));

        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.getHeader().getKeyID()).isEqualTo(tokens.keys.signing().getKeyID());
        assertThat(token.getJWTClaimsSet().getIntegerClaim("id")).isEqualTo(7);
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.getJWTClaimsSet().getStringClaim("username")).isEqualTo("Ann");
        assertThat(token.getJWTClaimsSet().getStringClaim("sid")).isEqualTo(Tokens.SESSION);
        assertThat(token.getJWTClaimsSet().getIntegerClaim("cv")).isEqualTo(3);
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("caravan");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("caravan");
        assertThat(token.getJWTClaimsSet().getIssueTime()).isEqualTo(Date.from(Tokens.NOW));
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isEqualTo(Date.from(Tokens.NOW.plusSeconds(3600)));
        assertThat(token.getJWTClaimsSet().getJWTID())
                .isNotEqualTo(
                        SignedJWT.parse(tokens.issued(ANN)).getJWTClaimsSet().getJWTID());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
    void readsWhatWasIssued(String scheme) {
        TokenClaims claims = read(Tokens.NOW, scheme + tokens.issued(ANN));

        assertThat(claims.userId()).isEqualTo(7);
        assertThat(claims.expiresAt()).isEqualTo(Tokens.NOW.plusSeconds(3600));
        assertThat(claims.id()).isNotBlank();
        assertThat(claims.sessionId()).isEqualTo(Tokens.SESSION);
        assertThat(claims.credentialVersion()).isEqualTo(3);
    }

    @Test
    void refusesATokenFromTheSecondOfItsExpiryOn() {
        String token = "Bearer " + tokens.issued(ANN);

        assertThat(read(Tokens.NOW.plusMillis(3_599_999), token).userId()).isEqualTo(7);
        assertThat(reason(Tokens.NOW.plusSeconds(3600), token)).isEqualTo("TOKEN_EXPIRED");
        assertThat(reason(Tokens.NOW.plusSeconds(999_999), token)).isEqualTo("TOKEN_EXPIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "Basic YW5uOnNlY3JldA==", "Bearer a b", "abc"})
    void asksForABearerToken(String header) {
        assertThat(reason(Tokens.NOW, header)).isEqualTo("NO_TOKEN");
    }

    @Test
    void asksForAHeader() {
        assertThat(reason(Tokens.NOW, null)).isEqualTo("NO_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a.b", "a.b.c", "...", "e30.e30.", "eyJhbGciOiJFUzI1NiJ9.e30.", "\u00e4.\u00f6.\u00fc"})
    void refusesGarble(String token) {
        assertThat(refusal(token)).isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesATokenOfAnyLength() {
        assertThat(refusal("a".repeat(1_000_000))).isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesATokenWhoseLetterWasChanged() {
        String token = tokens.issued(ANN);
        List<String> parts = List.of(token.split("\\."));

        for (int part = 0; part < 3; part++) {
            char[] letters = parts.get(part).toCharArray();
            letters[5] = letters[5] == 'A' ? 'B' : 'A';
            String altered = token.replace(parts.get(part), new String(letters));
            assertThat(refusal(altered)).isEqualTo("BAD_TOKEN");
        }
    }

    @Test
    void refusesAnotherUserUnderASignatureOfOurs() throws Exception {
        SignedJWT token = SignedJWT.parse(tokens.issued(ANN));
        Base64URL payload = Base64URL.encode(token.getPayload().toString().replace("\"id\":7", "\"id\":1"));

        assertThat(refusal(token.getHeader().toBase64URL() + "." + payload + "." + token.getSignature()))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesATokenWithoutASignature() {
        assertThat(refusal(new PlainJWT(Tokens.claims().build()).serialize())).isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesASignatureByASecretThatIsOurPublicKey() throws Exception {
        byte[] secret = tokens.keys.signing().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(Tokens.signed(
                        tokens.header(JWSAlgorithm.HS256).build(), Tokens.claims(), new MACSigner(secret))))
                .isEqualTo("BAD_TOKEN");
        assertThat(refusal(Tokens.signed(
                        tokens.header(JWSAlgorithm.HS256).build(),
                        Tokens.claims(),
                        new MACSigner(tokens.keys
                                .signing()
                                .toPublicJWK()
                                .toECPublicKey()
                                .getEncoded()))))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesAnotherAlgorithm() throws Exception {
        assertThat(refusal(Tokens.signed(
                        tokens.header(JWSAlgorithm.RS256).build(),
                        Tokens.claims(),
                        new RSASSASigner(new RSAKeyGenerator(2048).generate()))))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesAnotherKeyByWhateverNameOrWithinOrElsewhere() throws Exception {
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("foreign").generate();
        URI elsewhere = URI.create("https://evil.example/jwks.json");
        JWSHeader.Builder ours = tokens.header(JWSAlgorithm.ES256);

        for (JWSHeader header : List.of(
                ours.build(),
                tokens.header(JWSAlgorithm.ES256).keyID("foreign").build(),
                tokens.header(JWSAlgorithm.ES256).keyID(null).build(),
                tokens.header(JWSAlgorithm.ES256).keyID("../../keys/other").build(),
                tokens.header(JWSAlgorithm.ES256)
                        .jwk(foreign.toPublicJWK())
                        .keyID(null)
                        .build(),
                tokens.header(JWSAlgorithm.ES256).jwk(foreign.toPublicJWK()).build(),
                tokens.header(JWSAlgorithm.ES256).jwkURL(elsewhere).build(),
                tokens.header(JWSAlgorithm.ES256).x509CertURL(elsewhere).build())) {
            assertThat(refusal(Tokens.signed(header, Tokens.claims(), new ECDSASigner(foreign))))
                    .as(header.toString())
                    .isEqualTo("BAD_TOKEN");
        }
    }

    @Test
    void asksForTheNameOfTheKeyAlsoOfOurs() throws Exception {
        JWSHeader nameless = tokens.header(JWSAlgorithm.ES256).keyID(null).build();

        assertThat(refusal(tokens.signed(nameless, Tokens.claims()))).isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesAnotherTypeUnderASignatureOfOurs() throws Exception {
        for (String type : List.of("at+jwt", "JOSE", "logout+jwt", "jwt-x")) {
            JWSHeader header = tokens.header(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType(type))
                    .build();
            assertThat(refusal(tokens.signed(header, Tokens.claims()))).as(type).isEqualTo("BAD_TOKEN");
        }
        assertThat(refusal(tokens.signed(
                        tokens.header(JWSAlgorithm.ES256).type(null).build(), Tokens.claims())))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndMust() throws Exception {
        JWSHeader critical = tokens.header(JWSAlgorithm.ES256)
                .criticalParams(Set.of("exp-at"))
                .customParam("exp-at", 1)
                .build();

        assertThat(refusal(tokens.signed(critical, Tokens.claims()))).isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesATokenOfAnotherIssuerOrForAnother() throws Exception {
        assertThat(refusal(tokens.signed(Tokens.claims().issuer("other")))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().issuer(null)))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().audience("other")))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().audience((String) null))))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesATokenThatLacksAClaim() throws Exception {
        assertThat(refusal(tokens.signed(Tokens.claims().expirationTime(null)))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().jwtID(null)))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().claim("id", null)))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().claim("id", "7")))).isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().claim("id", 1L << 32))))
                .isEqualTo("BAD_TOKEN");
        assertThat(refusal(tokens.signed(Tokens.claims().jwtID("x".repeat(65)))))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void refusesATokenOfNoSessionOrNoCredential() throws Exception {
        assertThat(read(Tokens.NOW, "Bearer " + tokens.signed(Tokens.claims())).userId())
                .isEqualTo(7);
        for (Object session :
                new Object[] {null, "", "complete", 7, "' OR true", Tokens.SESSION.toUpperCase(Locale.ROOT)}) {
            assertThat(refusal(tokens.signed(Tokens.claims().claim("sid", session))))
                    .as("%s", session)
                    .isEqualTo("BAD_TOKEN");
        }
        for (Object version : new Object[] {null, "3", 1L << 32, true}) {
            assertThat(refusal(tokens.signed(Tokens.claims().claim("cv", version))))
                    .as("%s", version)
                    .isEqualTo("BAD_TOKEN");
        }
    }

    private String refusal(String token) {
        return reason(Tokens.NOW, "Bearer " + token);
    }

    private String reason(Instant at, @Nullable String header) {
        Fault fault = catchThrowableOfType(Fault.class, () -> read(at, header));
        assertThat(fault.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        return fault.reason();
    }

    private TokenClaims read(Instant at, @Nullable String header) {
        tokens.clock.moveTo(at);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader("authorization", header);
        tokens.readToken().process(exchange);
        return new TokenClaims(
                exchange.getVariable("token_id", String.class),
                exchange.getVariable("user_id", Integer.class),
                exchange.getVariable("session_id", String.class),
                exchange.getVariable("credential_version", Integer.class),
                exchange.getVariable("token_until", OffsetDateTime.class).toInstant());
    }
}
