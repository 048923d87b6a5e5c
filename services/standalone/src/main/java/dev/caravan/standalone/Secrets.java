package dev.caravan.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * What services and servers know each other by, made at the first start, readable for their owner only.
 *
 * @param s3AccessKey of the object store
 * @param s3SecretKey belongs to the access key
 * @param serviceKey by which services know each other
 * @param originKey by which the manifest origin knows the CDN
 * @param adminPassword of the administrator
 */
record Secrets(String s3AccessKey, String s3SecretKey, String serviceKey, String originKey, String adminPassword) {

    /** Of the account that {@code ./caravan} administers the platform by. */
    static final String ADMIN_EMAIL = "admin@caravan.example";

    /** @throws UsageException when the folder can't be written */
    static Secrets in(Path folder) {
        try {
            List<String> s3 = kept(folder.resolve("s3-credentials"), () -> random(10) + "\n" + random(20) + "\n");
            return new Secrets(
                    s3.get(0),
                    s3.get(1),
                    kept(folder.resolve("service-key"), () -> random(32)).get(0),
                    kept(folder.resolve("origin-key"), () -> random(32)).get(0),
                    kept(folder.resolve("admin-password"), () -> random(16)).get(0));
        } catch (IOException e) {
            throw new UsageException("The secrets can't be kept in " + folder + ": " + e.getMessage());
        }
    }

    private static List<String> kept(Path file, Supplier<String> make) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            OwnerOnly.write(file, make.get());
        }
        return Files.readAllLines(file);
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
