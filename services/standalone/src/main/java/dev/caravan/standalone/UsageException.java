package dev.caravan.standalone;

/** What a person has to change to get on; the message is all that is shown. */
class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence, null, false, false);
    }
}
