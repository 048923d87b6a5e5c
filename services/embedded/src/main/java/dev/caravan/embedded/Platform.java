package dev.caravan.embedded;

import java.util.Locale;

/**
 * The operating system and processor that binaries are picked for.
 *
 * @param os {@code linux} or {@code darwin}
 * @param arch {@code amd64} or {@code arm64}
 */
record Platform(String os, String arch) {

    /**
     * Returns this machine's platform.
     *
     * @throws EmbeddedServerException when there are no binaries for it
     */
    static Platform current() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String os = name.startsWith("mac") ? "darwin" : name;
        String arch =
                switch (processor) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> processor;
                };
        boolean known = (os.equals("linux") || os.equals("darwin")) && (arch.equals("amd64") || arch.equals("arm64"));
        if (!known) {
            throw new EmbeddedServerException("There are no embedded servers for " + name + " on " + processor
                    + ": Linux and macOS on x86-64 or ARM 64 have them.");
        }
        return new Platform(os, arch);
    }

    /** Returns the processor in the spelling of PostgreSQL's archives: x86_64 or arm_64. */
    String postgresArch() {
        return arch.equals("amd64") ? "x86_64" : "arm_64";
    }

    /** Returns the platform in the spelling of ffmpeg's archives: linux-x86_64, macosx-arm64, ... */
    String bytedecoName() {
        return (os.equals("darwin") ? "macosx" : os) + "-" + (arch.equals("amd64") ? "x86_64" : arch);
    }

    /** Returns the processor's number in ELF files. */
    int elfMachine() {
        return arch.equals("amd64") ? 62 : 183;
    }
}
