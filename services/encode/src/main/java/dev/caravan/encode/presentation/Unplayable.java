package dev.caravan.encode.presentation;

import dev.caravan.encode.media.Refusal;
import dev.caravan.kernel.Fault;

/** Makes the fault of an encoding that no player could play. */
final class Unplayable {

    private Unplayable() {}

    /** @param why a clause, in the words of {@link String#format} */
    static Fault because(String why, Object... details) {
        return Refusal.UNPLAYABLE.fault(why.formatted(details));
    }
}
