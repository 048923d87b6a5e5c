package dev.caravan.videocatalog.owner;

import dev.caravan.proto.videocatalog.User;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * The owners of the videos of one answer. Look-ups for it run at the same time, and one that is late may still come when
 * the answer is being written.
 */
public final class OwnersOfVideos {

    /** The exchange variable that holds them. */
    public static final String VARIABLE = "owners";

    private final Map<Integer, User> users = new ConcurrentHashMap<>();

    static OwnersOfVideos of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, OwnersOfVideos.class);
    }

    void add(User user) {
        users.put(user.getId(), user);
    }

    /** The owner with this id; one without a name when he is not known. */
    public User find(int id) {
        User user = users.get(id);
        return user == null ? Owner.nameless(id) : user;
    }
}
