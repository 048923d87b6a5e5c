package dev.caravan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** What a service throws on purpose. */
class FaultTest {

    @Test
    void isReadFromWhatARouteSaysOfIt() {
        Fault fault = new Fault("NOT_FOUND VIDEO_UNKNOWN There is no such video.");

        assertThat(fault.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault.reason()).isEqualTo("VIDEO_UNKNOWN");
        assertThat(fault).hasMessage("There is no such video.");
        assertThat(fault.fieldErrors()).isEmpty();
    }

    @Test
    void hasACodeOfGrpc() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fault("GONE VIDEO_UNKNOWN There is no such video."));
    }
}
