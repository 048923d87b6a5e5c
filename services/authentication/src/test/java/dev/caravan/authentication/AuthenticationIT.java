package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.LoginResponse;
import dev.caravan.proto.auth.LogoutResponse;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponse;
import dev.caravan.proto.auth.RegisterResponseData;
import dev.caravan.proto.auth.VerifyTokenRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** The life of a token, from registration to logout. */
class AuthenticationIT extends AuthenticationTestBase {

    @Autowired
    CamelContext context;

    @Autowired
    TestRestTemplate http;

    @Test
    void registersAndAnswersWithATokenOfTheUser() {
        RegisterRequest request = ann();

        RegisterResponse response = service().register(request);

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.getData().getUser().getId()).isPositive();
        assertThat(response.getData().getUser().getName()).isEqualTo("Ann Example");
        assertThat(response.getData().getUser().getEmail()).isEqualTo(request.getEmail());
        assertThat(response.getData().getUser().getImage()).isEqualTo("https://example.org/ann.png");
        assertThat(response.getData().getUser().getCreatedAt()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(response.getData().getUser().getUpdatedAt()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(response.getData().getUser().getRole()).isEqualTo("user");
        assertThat(response.getData().getRefreshToken()).matches("[A-Za-z0-9_-]{43}");
        assertThat(response.getData().getExpiresIn()).isEqualTo(3600);
        assertThat(verify(response.getData().getToken()))
                .isEqualTo(response.getData().getUser());
    }

    @Test
    void logsInAndAnswersWithAnotherToken() {
        RegisterRequest request = ann();
        RegisterResponseData registered = service().register(request).getData();

        LoginResponse response = service().login(login(request.getEmail(), request.getPassword()));

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.getData().getUser()).isEqualTo(registered.getUser());
        assertThat(response.getData().getToken()).isNotEqualTo(registered.getToken());
        assertThat(response.getData().getRefreshToken()).isNotEqualTo(registered.getRefreshToken());
        assertThat(response.getData().getExpiresIn()).isEqualTo(3600);
        assertThat(verify(response.getData().getToken())).isEqualTo(registered.getUser());
    }

    @Test
    void passesFaultsOfTheUserServiceOnAsTheyAre() {
        RegisterRequest taken = ann();
        service().register(taken);

        Fault conflict = fault(() -> service().register(taken));
        Fault invalid = fault(() -> service().register(RegisterRequest.getDefaultInstance()));
        Fault wrong = fault(() -> service().login(login(taken.getEmail(), "wrong")));

        assertThat(conflict.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(conflict.reason()).isEqualTo("EMAIL_TAKEN");
        assertThat(conflict.getMessage()).isEqualTo("There is an account with this email already.");
        assertThat(invalid.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(invalid.fieldErrors())
                .isEqualTo(Map.of(
                        "name", List.of("name is required"), "email", List.of("email must be an email", "and more")));
        assertThat(wrong.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(wrong.reason()).isEqualTo("BAD_CREDENTIALS");
    }

    @Test
    void revokesATokenUntilItExpiresAndNoOther() {
        RegisterRequest request = ann();
        String token = service().register(request).getData().getToken();
        String other = service()
                .login(login(request.getEmail(), request.getPassword()))
                .getData()
                .getToken();

        LogoutResponse response = logOut(token);

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.hasData()).isTrue();
        assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> logOut(token)).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(verify(other).getEmail()).isEqualTo(request.getEmail());
        assertThat(jedis.ttl("blacklist:" + id(token))).isBetween(3500L, 3600L);
    }

    @Test
    void refusesATokenWhoseUserIsGone() {
        RegisterResponseData registered = registered();
        USERS.remove(registered.getUser().getId());

        Fault fault = fault(() -> verify(registered.getToken()));

        assertThat(fault.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(fault.reason()).isEqualTo("USER_GONE");
    }

    @Test
    void tellsWhatIsWrongWithAToken() {
        VerifyTokenRequest request = VerifyTokenRequest.getDefaultInstance();

        assertThat(fault(() -> service().verifyToken(request)).reason()).isEqualTo("NO_TOKEN");
        assertThat(fault(() -> withHeader("Basic abc").verifyToken(request)).reason())
                .isEqualTo("NO_TOKEN");
        assertThat(fault(() -> verify("abc")).reason()).isEqualTo("BAD_TOKEN");
        assertThat(fault(() -> logOut("abc")).reason()).isEqualTo("BAD_TOKEN");
        assertThat(fault(() -> logOut("abc")).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void keepsTheTokenFromTheUserService() {
        String token = registered().getToken();
        USERS.metadata.clear();

        verify(token);

        assertThat(USERS.metadata).isEmpty();
    }

    @Test
    void publishesTheKeyThatVerifiesItsTokens() throws Exception {
        SignedJWT token = SignedJWT.parse(registered().getToken());

        HttpHeaders curious = new HttpHeaders();
        curious.set("Cookie", "a=b");
        curious.set("X-Curious", "c");
        ResponseEntity<String> response =
                http.exchange("/.well-known/jwks.json", HttpMethod.GET, new HttpEntity<>(curious), String.class);

        JWKSet keys = JWKSet.parse(String.valueOf(response.getBody()));
        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getFirst("Content-Type")).startsWith("application/jwk-set+json");
        assertThat(response.getHeaders()).doesNotContainKeys("Cookie", "X-Curious");
        assertThat(keys.getKeys()).isNotEmpty().noneMatch(key -> key.isPrivate());
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
    }

    @Test
    void servesHealthOverGrpcAndHttp() {
        assertThat(context.getRouteController().getRouteStatus("authentication-grpc-endpoint"))
                .isEqualTo(ServiceStatus.Started);
        assertThat(context.getRouteController().getRouteStatus("authentication-jwks"))
                .isEqualTo(ServiceStatus.Started);
        assertThat(HealthGrpc.newBlockingStub(channel())
                        .check(HealthCheckRequest.newBuilder()
                                .setService("auth.AuthenticationService")
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(http.getForObject("/health", String.class)).contains("UP");
    }

    @Test
    void letsATokenLiveAnHour() throws Exception {
        SignedJWT token = SignedJWT.parse(registered().getToken());

        Instant expiry = token.getJWTClaimsSet().getExpirationTime().toInstant();

        assertThat(Duration.between(token.getJWTClaimsSet().getIssueTime().toInstant(), expiry))
                .isEqualTo(Duration.ofHours(1));
    }

    private static String id(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getJWTID();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
