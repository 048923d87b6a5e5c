package dev.caravan.apigateway;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that ends, with its connection, when the client takes it too slowly: the container's own timeout bounds only
 * the pause between two sips, and a worker waits for each of them. Of an error that has no body nothing is sent yet, so that
 * it can get the contract's. Where GET is allowed, HEAD is.
 */
final class GatewayResponse extends HttpServletResponseWrapper {

    private static final int CHUNK = 8192;
    private static final Pattern GET = Pattern.compile("\\bGET\\b");

    private final Duration longest;
    private @Nullable BoundedOutput output;
    private @Nullable PrintWriter writer;

    /** @param longest from the first byte to the last */
    GatewayResponse(HttpServletResponse response, Duration longest) {
        super(response);
        this.longest = longest;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new BoundedOutput(super.getOutputStream(), longest.toNanos());
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer =
                    new PrintWriter(new OutputStreamWriter(getOutputStream(), Charset.forName(getCharacterEncoding())));
        }
        return writer;
    }

    @Override
    public void setHeader(String name, String value) {
        super.setHeader(name, allowed(name, value));
    }

    @Override
    public void addHeader(String name, String value) {
        super.addHeader(name, allowed(name, value));
    }

    private static String allowed(String name, String value) {
        boolean headIsMissing =
                name.equalsIgnoreCase("Allow") && GET.matcher(value).find() && !value.contains("HEAD");
        return headIsMissing ? GET.matcher(value).replaceFirst("GET, HEAD") : value;
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (length > 0 || getStatus() < SC_BAD_REQUEST) {
            super.setContentLengthLong(length);
        }
    }

    /** Whether it is an error that nobody has given a body. */
    boolean isErrorWithoutBody() {
        return getStatus() >= SC_BAD_REQUEST && !isCommitted() && (output == null || !output.begun);
    }

    @Override
    public void flushBuffer() throws IOException {
        finish();
        if (!isErrorWithoutBody()) {
            super.flushBuffer();
        }
    }

    /** Hands on what a writer still holds. */
    void finish() {
        if (writer != null) {
            writer.flush();
        }
    }

    private final class BoundedOutput extends ServletOutputStream {

        private final ServletOutputStream output;
        private final long longestNanos;
        private boolean begun;
        private long began;

        BoundedOutput(ServletOutputStream output, long longestNanos) {
            this.output = output;
            this.longestNanos = longestNanos;
        }

        @Override
        public void write(int octet) throws IOException {
            checkTime();
            output.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += CHUNK) {
                checkTime();
                output.write(bytes, offset + done, Math.min(CHUNK, length - done));
            }
        }

        private void checkTime() throws IOException {
            if (!begun) {
                begun = true;
                began = System.nanoTime();
            } else if (System.nanoTime() - began > longestNanos) {
                throw new ClientAbortException("The client takes its answer too slowly.");
            }
        }

        @Override
        public void flush() throws IOException {
            if (!isErrorWithoutBody()) {
                output.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (!isErrorWithoutBody()) {
                output.close();
            }
        }

        @Override
        public boolean isReady() {
            return output.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            output.setWriteListener(listener);
        }
    }
}
