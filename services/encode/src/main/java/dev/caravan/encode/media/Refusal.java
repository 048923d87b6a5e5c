package dev.caravan.encode.media;

import dev.caravan.kernel.Fault;

/** Why a video is not encoded: the reasons that events carry, and what people are told. */
public enum Refusal {
    MISSING("The uploaded file was not found."),
    CHANGED("The uploaded file was changed after it was checked."),
    EMPTY("The file is empty."),
    TOO_LARGE("The file has %s; %s are allowed."),
    NOT_A_VIDEO("The file is not a video that can be read."),
    NO_PICTURE("The file has neither a moving picture nor a sound that can be read."),
    PICTURE_TOO_LARGE("The picture of %dx%d pixels is larger than allowed."),
    TOO_LONG("The video takes %s; %s are allowed."),
    TRUNCATED("The video ends too early; its upload may have been cut off."),
    DAMAGED("The video is damaged: too little of it could be read."),
    TOO_SLOW("Encoding the video took longer than is allowed."),
    CANCELLED("The encoding was cancelled."),
    TOO_COMPLEX("Encoding the video takes more memory than is allowed."),
    OUTPUT_TOO_LARGE("The encoded video would be larger than is allowed."),
    UNPLAYABLE("The encoded video does not play, even when it is encoded again: %s."),
    SERVICE_FAULT("The video could not be encoded because of a fault in the platform. Please upload it again later.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** The fault that ends the encoding, with this reason and its sentence. */
    public Fault fault(Object... details) {
        return Fault.precondition(name(), sentence.formatted(details));
    }
}
