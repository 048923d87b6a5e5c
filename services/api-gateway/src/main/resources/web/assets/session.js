/**
 * Who is logged in, in this browser.
 *
 * The tokens are in localStorage: they then hold in every tab (a link to one's own video that is still being encoded, opened
 * in a new tab, works) and logging out in one tab logs out in all. sessionStorage would give neither and protect from
 * nothing more: script of an attacker would read both. What keeps such script out is the content security policy and
 * that this page never turns text into markup; what limits the damage is that a token ends after an hour and on log-out,
 * and that a refresh token holds once: when a copied one is used, the whole session ends at its second use that is not
 * of the same moment.
 */

const KEY = 'caravan.session';

/** What holds for people without settings. Whoever opens a video wants to see it, unless motion is unwelcome. */
export const DEFAULT_SETTINGS = Object.freeze({
  language: undefined,
  autoplay: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  preferred_max_resolution: 0,
});

/** Fires `change` when somebody comes or goes, `expired` when the platform refused the token. */
class Session extends EventTarget {
  #state = read();
  /** Of the person logged in; null until loaded. */
  settings = null;

  constructor() {
    super();
    addEventListener('storage', (event) => {
      if (event.key === KEY || event.key === null) this.#become(read());
    });
  }

  get token() {
    return this.#state?.token ?? null;
  }

  get user() {
    return this.#state?.user ?? null;
  }

  get isAdmin() {
    return this.user?.role === 'admin';
  }

  /** Holds once; see api.js. */
  get refreshToken() {
    return this.#state?.refreshToken ?? null;
  }

  /** @param answer of a log-in, a registration or a refresh */
  begin({ token, user, refresh_token: refreshToken }) {
    this.#become({ token, user, refreshToken }, true);
  }

  /** What another tab may have written a moment ago; its event comes later. */
  reread() {
    const state = read();
    if (state && state.token !== this.token) this.#become(state);
  }

  /** The profile changed. */
  rename(user) {
    this.#become({ ...this.#state, user }, true);
  }

  end() {
    this.#become(null, true);
  }

  /**
   * The platform does not take this token any more. A token that came since is left alone.
   *
   * @param quietly without the event: what was asked for can be had without a session
   */
  expire(token, { quietly = false } = {}) {
    if (!token || token !== this.token) return;
    if (!quietly) this.dispatchEvent(new Event('expired'));
    this.end();
  }

  #become(state, store = false) {
    if (state?.user?.id !== this.user?.id) this.settings = null;
    this.#state = state;
    if (store) write(state);
    this.dispatchEvent(new Event('change'));
  }
}

function read() {
  try {
    const state = JSON.parse(localStorage.getItem(KEY));
    return state?.token && state?.user ? state : null;
  } catch {
    return null; // Storage is forbidden or holds something else: nobody is logged in.
  }
}

function write(state) {
  try {
    if (state) localStorage.setItem(KEY, JSON.stringify(state));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden: the session lasts as long as the tab.
  }
}

export const session = new Session();
