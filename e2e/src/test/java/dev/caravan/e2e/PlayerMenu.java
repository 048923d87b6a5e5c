package dev.caravan.e2e;

import java.time.Duration;
import org.openqa.selenium.Keys;

/** The menu of the player, by keyboard alone. */
final class PlayerMenu {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** What has the focus, within shadow roots too. */
    private static final String FOCUS =
            "(() => { let element = document.activeElement; while (element.shadowRoot?.activeElement)"
                    + " element = element.shadowRoot.activeElement; return element; })()";

    /** No menu has more entries than this. */
    private static final int MOST = 12;

    private PlayerMenu() {}

    /**
     * Opens the menu, whose button has the focus, chooses, and closes it.
     *
     * @param menu the testid of the menu within
     * @param choice how its entry begins
     */
    static void choose(Browser browser, String menu, String choice) {
        open(browser);
        enter(browser, "dataset.testid === 'open-" + menu + "'");
        browser.await(FOCUS + "?.matches('media-chrome-menu-item')", SOON);
        enter(browser, "textContent.trim().startsWith('" + choice + "')");
        // Some choices close the menu by themselves, as their entries are made anew.
        browser.await(FOCUS + "?.matches('media-settings-menu-item, [data-testid=player-settings]')", SOON);
        browser.press(Keys.ESCAPE);
        browser.await("document.activeElement.matches('[data-testid=player-settings]')", SOON);
    }

    static void open(Browser browser) {
        browser.press(Keys.ENTER);
        browser.await(FOCUS + "?.matches('media-settings-menu-item')", SOON);
    }

    /** Moves down to an entry and presses Enter. */
    static void enter(Browser browser, String property) {
        for (int moves = 0; moves < MOST && !isAt(browser, property); moves++) {
            browser.press(Keys.ARROW_DOWN);
        }
        browser.await(FOCUS + "." + property, SOON);
        browser.press(Keys.ENTER);
    }

    private static boolean isAt(Browser browser, String property) {
        return Boolean.TRUE.equals(browser.run("return " + FOCUS + "." + property));
    }
}
