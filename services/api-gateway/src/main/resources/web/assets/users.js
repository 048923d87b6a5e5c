/** The users of the platform, for administrators: found by name or email, blocked and let in again. */

import { announce, h } from './dom.js';
import { action } from './actions.js';
import { api } from './api.js';
import { ago } from './format.js';
import { quotaDetails } from './quota.js';
import { session } from './session.js';

/** The deletions of accounts, and whether they are complete. @param signal ends what is asked for */
export function deletionsPanel(signal) {
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const list = h('ul', { class: 'links', testid: 'deletions' });
  const more = action('Show more', 'deletions-more', () => show(cursor), trouble);
  let cursor = '';

  async function show(after) {
    const found = await api('GET', `/deletions?cursor=${encodeURIComponent(after)}`, { auth: 'required', signal });
    cursor = found.cursor;
    list.append(...found.deletions.map((deletion) =>
      h('li', { testid: 'deletion' }, h('a', { href: `#/deleted/${deletion.id}` }, `Asked for ${ago(deletion.requested_at)}`), h('span', { class: 'meta' }, h('span', {}, deletion.completed_at ? 'complete' : 'under way'), h('span', {}, `videos ${deletion.videos_deleted}`), h('span', {}, `uploads ${deletion.uploads_ended}`))),
    ));
    more.hidden = !cursor;
  }

  more.hidden = true;
  show('').catch((error) => (trouble.textContent = error.message));
  return h('section', { class: 'panel' }, h('h2', {}, 'Deleted accounts'), list, h('div', { class: 'actions' }, more), trouble);
}

/** @param signal ends what is asked for */
export function usersPanel(signal) {
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'users-trouble' });
  const list = h('ul', { class: 'rows', testid: 'users-list', tabindex: '-1', 'aria-label': 'Users' });
  const words = h('input', { id: 'users-search', testid: 'users-search', type: 'search', maxlength: '200', autocomplete: 'off' });
  const state = h('select', { id: 'users-state', testid: 'users-state' }, [['', 'All'], ['active', 'Active'], ['blocked', 'Blocked']].map(([value, name]) => h('option', { value }, name)));
  const find = h('button', { type: 'submit', class: 'button', testid: 'users-find' }, 'Find');
  const search = h('form', { class: 'stream', role: 'search' }, h('label', { for: 'users-search' }, 'Name or email'), words, h('label', { for: 'users-state' }, 'Which'), state, find);
  const more = action('Show more', 'users-more', () => show(cursor), trouble);
  let cursor = '';

  async function show(after) {
    const query = new URLSearchParams({ search: words.value.trim(), cursor: after });
    if (state.value) query.set('state', state.value);
    const found = await api('GET', `/users?${query}`, { auth: 'required', signal });
    cursor = found.cursor;
    const rows = found.users.map(row);
    if (after) list.append(...rows);
    else list.replaceChildren(...(rows.length ? rows : [h('li', {}, 'There is no such user.')]));
    more.hidden = !cursor;
  }

  function row(user) {
    const root = h('li', { class: 'row plain', testid: 'user', 'data-id': user.id });
    const change = async (verb) => {
      if (verb === 'block' && !confirm(`Block ${user.name}? All sessions of this account end at once.`)) return;
      const changed = await api('POST', `/users/${user.id}/${verb}`, { auth: 'required', signal });
      announce(verb === 'block' ? `${user.name} is blocked` : `${user.name} can log in again`);
      const next = row(changed.user);
      root.replaceWith(next);
      next.querySelector('button')?.focus();
    };
    const button = (name, verb) => action(name, `${verb}-user`, () => change(verb), trouble, { 'aria-label': `${name} ${user.name}` });
    root.append(
      h(
        'div',
        { class: 'row-text' },
        h('h3', {}, user.name),
        h('p', { class: 'meta' }, h('span', {}, `No. ${user.id}`), h('span', {}, user.email), user.role === 'admin' && h('span', {}, 'administrator'), h('span', {}, `since ${ago(user.created_at)}`)),
        user.blocked_at && h('p', { class: 'why', testid: 'user-blocked' }, `Blocked ${ago(user.blocked_at)}`),
        quotaDetails(user, signal),
      ),
      h('div', { class: 'actions' }, user.id !== session.user?.id && (user.blocked_at ? button('Unblock', 'unblock') : button('Block', 'block'))),
    );
    return root;
  }

  const load = () => show('').catch((error) => (trouble.textContent = error.message));
  search.addEventListener('submit', (event) => {
    event.preventDefault();
    trouble.textContent = '';
    load();
  });
  more.hidden = true;
  load();
  return h('section', { class: 'panel', testid: 'users' }, h('h2', {}, 'Users'), h('p', { class: 'hint' }, 'Whoever is blocked is logged out everywhere and can’t log in; the videos stay.'), search, trouble, list, h('div', { class: 'actions' }, more));
}
