package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the private keys: a JWK set (RFC 7517), or one JWK, readable for its owner only. It is written as a whole or
 * not at all, by one instance at a time. What its messages say is never the file's text.
 */
final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final Path file;
    private final boolean inProduction;

    /** Tells one text of the file from another. */
    record Version(Object modified, long size, @Nullable Object key) {}

    KeyFile(Path file, boolean inProduction) {
        this.file = file.toAbsolutePath();
        this.inProduction = inProduction;
    }

    /** @throws IOException when it is not there */
    Version version() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    /**
     * Reads the keys; makes the file when it is missing, but not in production.
     *
     * @param first makes the first key
     * @throws IllegalStateException with a sentence for the operator
     */
    KeyRing readOrCreate(java.util.function.Supplier<ECKey> first) {
        if (!Files.exists(file)) {
            if (inProduction) {
                throw new IllegalStateException(name()
                        + " is missing. In production (caravan.production) it is not made by itself: put a JWK set"
                        + " with a private key of the curve P-256 there, or copy the file that a start with"
                        + " caravan.production=false makes.");
            }
            create(first.get());
        }
        return read();
    }

    /** @throws IllegalStateException with a sentence for the operator */
    KeyRing read() {
        guard();
        try {
            List<ECKey> keys = new ArrayList<>();
            for (JWK jwk : parse(Files.readString(file))) {
                keys.add(KeyRing.checked(jwk));
            }
            if (keys.isEmpty()) {
                throw new JOSEException("it must have a key");
            }
            return new KeyRing(keys);
        } catch (ParseException e) {
            throw new IllegalStateException(name() + " is no JWK set.");
        } catch (JOSEException e) {
            throw new IllegalStateException(name() + " is not usable: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new IllegalStateException(name() + " can't be read: " + e, e);
        }
    }

    private static List<JWK> parse(String text) throws ParseException {
        return JSONObjectUtils.parse(text).containsKey("keys")
                ? JWKSet.parse(text).getKeys()
                : List.of(JWK.parse(text));
    }

    /** Others who could read it could log in as anybody. */
    private void guard() {
        try {
            Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            rights.retainAll(OTHERS);
            if (rights.isEmpty()) {
                return;
            }
            if (inProduction) {
                throw new IllegalStateException(name()
                        + " may be read or written by others than its owner; take these rights away (chmod 600).");
            }
            Files.setPosixFilePermissions(file, OWNER);
            LOG.warn("{} could be read or written by others than its owner; it can't any more", name());
        } catch (UnsupportedOperationException e) {
            LOG.debug("A file system without such rights", e);
        } catch (IOException e) {
            throw new IllegalStateException(name() + " can't be read: " + e, e);
        }
    }

    /** Another instance that makes one at the same moment wins or loses as a whole: a link is made once. */
    private void create(ECKey first) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Path draft = draft(new KeyRing(List.of(first)));
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("Another instance made {}", file, e);
            } finally {
                Files.delete(draft);
            }
        } catch (IOException e) {
            throw new IllegalStateException(name() + " can't be made: " + e, e);
        }
    }

    /**
     * Replaces the keys, while no other instance can.
     *
     * @param change what becomes of those that are in the file then; the same ring for no change
     * @return what is in the file now
     * @throws IllegalStateException with a sentence for the operator
     */
    KeyRing update(UnaryOperator<KeyRing> change) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(
                        lock,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER));
                FileLock held = lock(channel)) {
            LOG.debug("Holding {}", held);
            KeyRing before = read();
            KeyRing after = change.apply(before);
            if (after != before) {
                Path draft = draft(after);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return after;
        } catch (IOException e) {
            throw new IllegalStateException(name() + " can't be written: " + e, e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < end) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                LOG.debug("An instance in this virtual machine holds the lock", e);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("another instance has it locked for long");
    }

    /** On disk, for its owner only, under another name. */
    private Path draft(KeyRing ring) throws IOException {
        String text = new JWKSet(new ArrayList<>(ring.keys())).toString(false);
        Path draft = Files.createTempFile(
                Objects.requireNonNull(file.getParent()),
                "signing-key",
                ".draft",
                PosixFilePermissions.asFileAttribute(OWNER));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return draft;
    }

    private String name() {
        return "authentication.signing-key " + file;
    }
}
