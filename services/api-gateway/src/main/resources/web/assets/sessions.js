/** Where the person is logged in: a list of the sessions, each with a way to end it. */

import { announce, h } from './dom.js';
import { action } from './actions.js';
import { api } from './api.js';
import { ago } from './format.js';

/** @param signal ends what is asked for */
export function sessionsPanel(signal) {
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'sessions-message' });
  const list = h('ul', { class: 'links', testid: 'sessions', tabindex: '-1', 'aria-label': 'Sessions' });
  const more = action('Show more', 'sessions-more', () => show(cursor), trouble);
  let cursor = '';

  async function show(after) {
    const answer = await api('GET', `/auth/sessions?cursor=${encodeURIComponent(after)}`, { auth: 'required', signal });
    cursor = answer.cursor;
    const rows = answer.sessions.map(row);
    if (after) list.append(...rows);
    else list.replaceChildren(...rows);
    more.hidden = !cursor;
  }

  function row(session) {
    const name = [session.client ?? 'Unknown client', session.address].filter(Boolean).join(', ');
    const end = async () => {
      await api('DELETE', `/auth/sessions/${session.id}`, { auth: 'required', signal });
      announce('The session is ended');
      await show('');
      list.focus(); // The button is gone.
    };
    return h(
      'li',
      { testid: 'session' },
      h('span', {}, h('strong', {}, name), h('span', { class: 'meta' }, h('span', {}, `Opened ${ago(session.created_at)}`), h('span', {}, `used ${ago(session.last_used_at)}`))),
      session.current ? h('span', { class: 'meta' }, 'This one') : action('End', 'end-session', end, trouble, { 'aria-label': `End the session of ${name}` }),
    );
  }

  more.hidden = true;
  show('').catch((error) => (trouble.textContent = error.message));
  return [list, h('div', { class: 'actions' }, more), trouble];
}
