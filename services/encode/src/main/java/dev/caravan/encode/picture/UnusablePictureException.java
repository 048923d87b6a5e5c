package dev.caravan.encode.picture;

/** A picture that can't be shown. The message is a clause for its owner: why not. */
public final class UnusablePictureException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param why such as "could not be read" */
    public UnusablePictureException(String why) {
        super(why);
    }
}
