package dev.caravan.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that PostgreSQL, which refuses to run as root, runs as.
 *
 * <p>An ordinary user runs it as himself. Root hands it to the owner of the data, or to nobody (65534) when the data is new.
 *
 * @param uid the user's number
 * @param gid its group's number
 * @param prefix what to put before a command, so that it runs as that user
 */
record ServerUser(int uid, int gid, List<String> prefix) {
    private static final Logger log = LoggerFactory.getLogger(ServerUser.class);
    private static final int NOBODY = 65534;

    /**
     * Returns the user for a folder of data.
     *
     * @param data the folder, which need not be there yet
     * @param programs a folder whose programs that user must be able to run
     * @throws EmbeddedServerException when the data belongs to someone else, or root can't step down
     */
    static ServerUser of(Path data, Path programs) {
        try {
            int self = self();
            int owner = Files.exists(data) ? (int) Files.getAttribute(data, "unix:uid") : self;
            if (self == 0) {
                boolean isNew = owner == 0;
                int gid = isNew ? NOBODY : (int) Files.getAttribute(data, "unix:gid");
                return steppedDown(isNew ? NOBODY : owner, gid, data.resolveSibling(""), programs);
            }
            if (owner != self) {
                throw new EmbeddedServerException("The data in " + data + " belongs to the user with id " + owner
                        + ", not to you: start as that user or as root, or take another data folder.");
            }
            return new ServerUser(self, self, List.of());
        } catch (IOException e) {
            throw new EmbeddedServerException("The data in " + data + " can't be used: " + e, e);
        }
    }

    private static int self() throws IOException {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
            return (int) Files.getAttribute(process, "unix:uid");
        }
        // Says 0 on JDK 17 for a user without an entry in the password file, as containers on Linux have them.
        return Math.toIntExact(new UnixSystem().getUid());
    }

    /**
     * A folder such as /root lets nobody else pass. Its own data the user may then reach with one of root's capabilities,
     * which is still far from being root; the smallest that this machine grants is taken.
     */
    private static ServerUser steppedDown(int uid, int gid, Path home, Path programs) {
        Path setpriv = Executables.find("setpriv");
        if (setpriv == null) {
            throw new EmbeddedServerException("PostgreSQL refuses to run as root, and there is no setpriv (package"
                    + " util-linux) to run it as another user: install it, or start as an ordinary user.");
        }
        CommandOutput refused = new CommandOutput(0, "");
        for (String capability : List.of("", "dac_read_search", "dac_override")) {
            ServerUser user = new ServerUser(uid, gid, prefix(setpriv, uid, gid, capability));
            refused = user.tryToReach(home, programs);
            if (refused.code() == 0) {
                if (!capability.isEmpty()) {
                    log.info(
                            "{} is closed to the user {} of PostgreSQL, which gets past by CAP_{}",
                            home,
                            uid,
                            capability);
                }
                return user;
            }
        }
        throw new EmbeddedServerException("PostgreSQL refuses to run as root, and the user " + uid
                + " that it would run as can't enter " + home
                + ": take a data folder that others may enter, or start as an ordinary user. "
                + refused.text().strip());
    }

    private static List<String> prefix(Path setpriv, int uid, int gid, String capability) {
        List<String> prefix = new ArrayList<>();
        prefix.addAll(List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
        if (!capability.isEmpty()) {
            // Without the securebit access(2), by which PostgreSQL looks for its programs, disregards the capability.
            // The
            // program that is then executed has no other one than the ambient.
            prefix.addAll(List.of(
                    "--securebits=+no_setuid_fixup",
                    "--inh-caps=-all,+" + capability,
                    "--ambient-caps=-all,+" + capability,
                    "--bounding-set=-all,+" + capability));
        }
        prefix.add("--");
        return prefix;
    }

    private CommandOutput tryToReach(Path home, Path programs) {
        return CommandOutput.of(
                command(List.of(
                        "/bin/sh",
                        "-c",
                        "cd \"$0\" && test -x \"$1\"",
                        home.toString(),
                        programs.resolve("bin/postgres").toString())),
                Map.of());
    }

    /** Returns the command line that runs the program as this user. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Gives a file or folder to this user. */
    void own(Path file) throws IOException {
        if (!prefix.isEmpty()) {
            Files.setAttribute(file, "unix:uid", uid);
            Files.setAttribute(file, "unix:gid", gid);
        }
    }
}
