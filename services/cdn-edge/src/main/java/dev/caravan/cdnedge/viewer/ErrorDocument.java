package dev.caravan.cdnedge.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** What a refused viewer gets to read: a small document in the manner of S3 and CloudFront, without a word about why. */
final class ErrorDocument {

    static final String CONTENT_TYPE = "application/xml";

    private record Words(String code, String sentence) {}

    private static final Words REQUEST = new Words("InvalidRequest", "The request is not as HTTP has it");
    private static final Words SERVER = new Words("InternalError", "The request could not be served");
    private static final Map<Integer, Words> WORDS = Map.of(
            403, new Words("AccessDenied", "Access Denied"),
            404, new Words("NoSuchKey", "There is nothing at this address"),
            405, new Words("MethodNotAllowed", "This method is not allowed here"),
            408, new Words("RequestTimeout", "The request did not come in time"),
            416, new Words("InvalidRange", "The object has no such range"),
            501, new Words("NotImplemented", "The request asks for what there is not"),
            503, new Words("ServiceUnavailable", "The request cannot be served at the moment"),
            505, new Words("HttpVersionNotSupported", "This version of HTTP is not spoken here"));

    private ErrorDocument() {}

    static byte[] of(int status) {
        Words words = WORDS.getOrDefault(status, status < 500 ? REQUEST : SERVER);
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + words.code + "</Code><Message>"
                        + words.sentence + "</Message></Error>\n")
                .getBytes(UTF_8);
    }
}
