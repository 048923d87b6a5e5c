/** How a person is shown, and what depends on who is logged in. */

import { h } from './dom.js';
import { api } from './api.js';
import { DEFAULT_SETTINGS, session } from './session.js';

/** The person's image, or the initials while there is none or it does not load. Decoration: the name stands beside. */
export function avatar(user, props = {}) {
  const circle = h('span', { class: `avatar tint-${(user?.id ?? 0) % 6} ${props.class ?? ''}`, 'aria-hidden': 'true' }, initials(user?.name));
  if (/^(https?:\/\/|\/avatars\/)/i.test(user?.image ?? '')) {
    const image = h('img', { src: user.image, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer', on: { error: () => image.remove() } });
    circle.append(image);
  }
  return circle;
}

function initials(name = '') {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toUpperCase()).join('') || '?';
}

let loading = null;

/** The settings of the person logged in; the defaults when nobody is or they can't be had now. */
export async function settings() {
  if (!session.token) return DEFAULT_SETTINGS;
  if (session.settings) return session.settings;
  const token = session.token;
  loading ??= api('GET', '/auth/settings', { auth: 'optional' }).finally(() => (loading = null));
  try {
    const answer = await loading;
    if (session.token === token) session.settings = answer.settings;
    return answer.settings ?? DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS; // Nothing worth stopping a video for.
  }
}
