package dev.caravan.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The object store's credentials, made at the first start, readable for their owner only. */
record Secrets(String s3AccessKey, String s3SecretKey) {

    /** @throws UsageException when the folder can't be written */
    static Secrets in(Path folder) {
        Path file = folder.resolve("s3-credentials");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                OwnerOnly.write(file, random(10) + "\n" + random(20) + "\n");
            }
            List<String> lines = Files.readAllLines(file);
            return new Secrets(lines.get(0), lines.get(1));
        } catch (IOException e) {
            throw new UsageException("The secrets can't be kept in " + folder + ": " + e.getMessage());
        }
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
