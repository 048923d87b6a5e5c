package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Keeps a program from all that is not its own. */
interface Jail {

    /** What is in force, in a few words for an operator. */
    String description();

    /**
     * The command line that goes into the jail and there becomes {@code command}.
     *
     * @param environment all the variables that there are inside
     * @throws IOException when the workspace cannot be found
     */
    List<String> enter(Workspace workspace, Map<String, String> environment, List<String> command) throws IOException;
}
