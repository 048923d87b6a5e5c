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
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that ends, with its connection, when the client takes it too slowly: the container's own timeout bounds only
 * the pause between two sips, and a worker waits for each of them.
 */
final class GatewayResponse extends HttpServletResponseWrapper {

    private static final int CHUNK = 8192;

    private final Duration longest;
    private @Nullable ServletOutputStream output;
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
    public void flushBuffer() throws IOException {
        finish();
        super.flushBuffer();
    }

    /** Hands on what a writer still holds. */
    void finish() {
        if (writer != null) {
            writer.flush();
        }
    }

    private static final class BoundedOutput extends ServletOutputStream {

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
            output.flush();
        }

        @Override
        public void close() throws IOException {
            output.close();
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
