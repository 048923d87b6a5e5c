package dev.caravan.embedded;

import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.ConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/**
 * An S3 server (s3proxy in this virtual machine) that keeps objects as files in its folder.
 *
 * <p>It verifies signatures of version 4, presigned URLs included, streams objects of up to 5 GiB a PUT (32 MiB when the
 * request does not say its length, or signs its body's hash), and lets pages of
 * any origin in a browser PUT and GET with a presigned URL.
 */
public final class ObjectStoreServer implements AutoCloseable {
    private static final long MAX_PUT_BYTES = 5L << 30;
    /** The server holds a body of unknown length, or one whose hash is signed, in memory as a whole. */
    private static final long MAX_BUFFERED_BYTES = 32 << 20;

    private static final long STOP_MILLIS = 5_000;

    private final FolderLock lock;
    private final S3Proxy server;
    private final BlobStore store;

    private ObjectStoreServer(FolderLock lock, S3Proxy server, BlobStore store) {
        this.lock = lock;
        this.server = server;
        this.store = store;
    }

    /**
     * Starts a server and returns when it serves.
     *
     * @param folder where its objects are, or will be
     * @param port the port on 127.0.0.1; 0 picks a free one
     * @param accessKey the only access key that it accepts
     * @param secretKey the secret to that key
     * @throws EmbeddedServerException when it can't serve
     */
    public static ObjectStoreServer start(Path folder, int port, String accessKey, String secretKey) {
        Path home = folder.toAbsolutePath().normalize();
        FolderLock lock = FolderLock.take(home, "object store", FolderLock.OWNER);
        try {
            Ports.requireFree(port);
            Path objects = Files.createDirectories(home.resolve("objects"));
            BlobStore store = new PrivateBlobStore(new FilesystemNio2BlobStore(objects.toString()));
            S3Proxy server = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://" + FreePorts.LOOPBACK + ":" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                    .ignoreUnknownHeaders(true)
                    .maxSinglePartObjectSize(MAX_PUT_BYTES)
                    .v4MaxNonChunkedRequestSize(MAX_BUFFERED_BYTES)
                    .corsRules(new CrossOriginResourceSharing(
                            List.of("*"),
                            List.of("GET", "HEAD", "PUT", "POST"),
                            List.of("*"),
                            List.of("ETag", "Content-Length", "Content-Range", "Accept-Ranges", "Last-Modified"),
                            "false"))
                    .stopTimeout(STOP_MILLIS)
                    .build();
            takeFormsForObjects(server);
            server.start();
            return new ObjectStoreServer(lock, server, store);
        } catch (Exception e) {
            lock.close();
            if (e instanceof EmbeddedServerException known) {
                throw known;
            }
            throw new EmbeddedServerException("The object store in " + home + " could not be started: " + e, e);
        }
    }

    /**
     * Has Jetty leave a PUT's body alone that calls itself a form, as those of curl and of Python's urllib do: it would read
     * the form's parameters, and of the object nothing would be left. s3proxy has no setting for it.
     */
    private static void takeFormsForObjects(S3Proxy proxy) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        for (Connector connector : ((Server) field.get(proxy)).getConnectors()) {
            for (ConnectionFactory factory : connector.getConnectionFactories()) {
                if (factory instanceof HttpConnectionFactory http) {
                    http.getHttpConfiguration().setFormEncodedMethods();
                }
            }
        }
    }

    /** Returns the endpoint for clients: {@code http://127.0.0.1:PORT}; buckets are named in the path. */
    public URI endpoint() {
        return URI.create("http://" + FreePorts.LOOPBACK + ":" + server.getPort());
    }

    /** Creates a bucket when there is none of that name. */
    public void createBucket(String bucket) {
        if (!store.containerExists(bucket)) {
            store.createContainer(bucket);
        }
    }

    /** Ends the server; of an upload that still runs nothing stays. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new EmbeddedServerException("The object store could not be stopped: " + e, e);
        } finally {
            store.close();
            lock.close();
        }
    }
}
