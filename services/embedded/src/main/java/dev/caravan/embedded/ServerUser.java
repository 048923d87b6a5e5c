package dev.caravan.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that a server runs as which refuses to run as root.
 *
 * <p>An ordinary user runs it as himself. Root hands it to the owner of the data, or to nobody when the data is new.
 *
 * @param uid the user's and its group's number
 * @param prefix what to put before a command, so that it runs as that user
 */
record ServerUser(int uid, List<String> prefix) {
    private static final int NOBODY = 65534;

    /**
     * Returns the user for a folder of data.
     *
     * @throws EmbeddedServerException when the data belongs to someone else, or root can't step down
     */
    static ServerUser of(Path data) {
        int self = Math.toIntExact(new UnixSystem().getUid());
        try {
            int owner = Files.exists(data) ? (int) Files.getAttribute(data, "unix:uid") : self;
            if (self != 0) {
                if (owner != self) {
                    throw new EmbeddedServerException("The data in " + data + " belongs to the user with id " + owner
                            + ", not to you: start as that user or as root, or take another data folder.");
                }
                return new ServerUser(self, List.of());
            }
            return steppedDown(owner == 0 ? NOBODY : owner);
        } catch (IOException e) {
            throw new EmbeddedServerException("The data in " + data + " can't be used: " + e, e);
        }
    }

    private static ServerUser steppedDown(int uid) {
        Path setpriv = Executables.find("setpriv");
        if (setpriv == null) {
            throw new EmbeddedServerException("PostgreSQL refuses to run as root, and there is no setpriv (package"
                    + " util-linux) to run it as another user: install it, or start as an ordinary user.");
        }
        return new ServerUser(
                uid, List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
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
            Files.setAttribute(file, "unix:gid", uid);
        }
    }
}
