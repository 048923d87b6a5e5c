package dev.caravan.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A user who logs in and out all the time and looks whether it holds: a token that was logged out is never let in again, and
 * one that was not is never refused.
 */
final class Sessions implements AutoCloseable {

    private static final long PAUSE_MILLIS = 200;
    private static final int REMEMBERED = 20;

    private final Rest rest;
    private final ObjectNode account;
    private final String valid;
    private final List<String> revoked = new CopyOnWriteArrayList<>();
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger logouts = new AtomicInteger();
    private final Thread thread = new Thread(this::live, "chaos-sessions");
    private volatile boolean ended;

    /** @param valid token of a session that stays */
    Sessions(Rest rest, String name, String valid) {
        this.rest = rest;
        this.valid = valid;
        this.account =
                Rest.JSON.createObjectNode().put("email", name + "@example.org").put("password", "words of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    int checks() {
        return checks.get();
    }

    int logouts() {
        return logouts.get();
    }

    private void live() {
        try {
            for (int round = 0; !ended; round++) {
                look();
                if (round % 5 == 0) {
                    logInAndOut();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        rest.call("GET", "/auth/profile", valid, null);
        for (String token : revoked) {
            Rest.Answer answer = rest.call("GET", "/auth/profile", token, null, 401);
            checks.incrementAndGet();
            if (answer.worked()) {
                rest.lie("A token that was logged out was let in");
            }
        }
    }

    private void logInAndOut() throws InterruptedException {
        Rest.Answer login = rest.call("POST", "/auth/login", null, account);
        if (!login.worked()) {
            return;
        }
        String token = login.data().path("token").asText();
        for (int round = 0; round < 100 && !ended; round++) {
            Rest.Answer logout = rest.call("POST", "/auth/logout", token, null, 401);
            // 401 after a try without an answer: it is logged out already.
            if (logout.worked() || (round > 0 && logout.status() == 401)) {
                logouts.incrementAndGet();
                revoked.add(token);
                if (revoked.size() > REMEMBERED) {
                    revoked.remove(0);
                }
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join(60_000);
    }
}
