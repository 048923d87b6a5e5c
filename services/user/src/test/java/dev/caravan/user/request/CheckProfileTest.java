package dev.caravan.user.request;

import static dev.caravan.user.request.Checks.faults;
import static dev.caravan.user.request.Checks.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.UpdateProfileRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckProfileTest {

    private final CheckProfile check = new CheckProfile();

    @Test
    void leavesOutWhatIsNotSet() throws Exception {
        assertThat(parameters(UpdateProfileRequest.getDefaultInstance()))
                .containsEntry("name", null)
                .containsEntry("image", null)
                .containsEntry("changes_image", false);
    }

    @Test
    void removesAnEmptyImage() throws Exception {
        assertThat(parameters(UpdateProfileRequest.newBuilder().setImage(" ").build()))
                .containsEntry("image", null)
                .containsEntry("changes_image", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a.png", "HTTP://example.org:8080/a?b=c#d", "https://[::1]/a.png"})
    void takesAWebAddress(String image) throws Exception {
        assertThat(parameters(UpdateProfileRequest.newBuilder().setImage(image).build()))
                .containsEntry("image", image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann.png",
                "//example.org/a.png",
                "ftp://example.org/a.png",
                "javascript:alert(1)",
                "data:image/png;base64,AAAA",
                "https://",
                "https:///a.png",
                "https://user:secret@example.org/a.png",
                "https://example.org/a b.png",
                "https://example.org/\"onerror=x"
            })
    void refusesAnyOtherImage(String image) {
        assertThat(faults(
                        check, UpdateProfileRequest.newBuilder().setImage(image).build()))
                .isEqualTo(Map.of("image", List.of("image must be an http or https URL")));
    }

    @Test
    void boundsTheImage() {
        String most = "https://example.org/" + "x".repeat(2028);

        assertThat(faults(
                        check,
                        UpdateProfileRequest.newBuilder().setImage(most + "x").build()))
                .isEqualTo(Map.of("image", List.of("image must be at most 2048 characters")));
    }

    @Test
    void asksOfANewNameWhatIsAskedOfANewUser() {
        assertThat(faults(check, UpdateProfileRequest.newBuilder().setName("").build()))
                .isEqualTo(Map.of("name", List.of("name is required")));
        assertThat(faults(check, UpdateProfileRequest.newBuilder().setName("Al").build()))
                .containsOnlyKeys("name");
    }

    @SuppressWarnings("unchecked") // what the check makes
    private Map<String, Object> parameters(UpdateProfileRequest request) throws Exception {
        return (Map<String, Object>) passed(check, request).getMessage().getBody(Map.class);
    }
}
