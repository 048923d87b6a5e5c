package dev.caravan.upload.direct;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

/** A body of multipart/form-data as a browser makes it, field by field. */
public final class Form {

    public static final String TYPE = "multipart/form-data; boundary=----boundary";
    public static final byte[] PNG = "\u0089PNG\r\n\u001a\nand more".getBytes(StandardCharsets.ISO_8859_1);

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public Form field(String name, String value) {
        return part("form-data; name=\"" + name + "\"\r\n", bytes(value));
    }

    /** A field that says its charset. */
    public Form field(String name, String charset, byte[] value) {
        return part("form-data; name=\"" + name + "\"\r\nContent-Type: text/plain; charset=" + charset + "\r\n", value);
    }

    public Form file(String name, byte[] content) {
        return file(name, "a file.bin", content);
    }

    public Form file(String name, String fileName, byte[] content) {
        return part(
                "form-data; name=\"" + name + "\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: application/octet-stream\r\n",
                content);
    }

    private Form part(String disposition, byte[] content) {
        body.writeBytes(bytes("------boundary\r\nContent-Disposition: " + disposition + "\r\n"));
        body.writeBytes(content);
        body.writeBytes(bytes("\r\n"));
        return this;
    }

    public byte[] body() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(bytes("------boundary--\r\n"));
        return whole.toByteArray();
    }

    DirectUpload upload() {
        return new DirectUpload(TYPE, -1, Map.of(), stream(body()));
    }

    /** Bytes that begin like an MP4. */
    public static byte[] video(int length) {
        byte[] video = new byte[length];
        new Random(length).nextBytes(video);
        byte[] beginning = bytes("\0\0\0\u0020ftypisom");
        System.arraycopy(beginning, 0, video, 0, beginning.length);
        return video;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
