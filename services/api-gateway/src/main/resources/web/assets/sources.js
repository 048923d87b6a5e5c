/** What sources have shown, for administrators: what is being taken, what was, and why something was not. */

import { h, icon } from './dom.js';
import { action } from './actions.js';
import { api, isAbort } from './api.js';
import { ago, day, size } from './format.js';
import { link } from './router.js';

const PAGE_SIZE = 10;

const STATES = { importing: 'Importing', uploaded: 'Uploaded', refused: 'Refused' };
const ICONS = { importing: 'clock', uploaded: 'check', refused: 'alert' };
const CHIPS = { importing: 'encoding', uploaded: 'ready', refused: 'failed' };

/** @param signal ends what is asked for */
export function sourcesPanel(signal) {
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'sources-trouble' });
  const list = h('ul', { class: 'rows', testid: 'sources-list', tabindex: '-1', 'aria-label': 'Files of sources' });
  const state = h('select', { id: 'sources-state', testid: 'sources-state' }, Object.entries({ '': 'All', ...STATES }).map(([value, name]) => h('option', { value }, name)));
  const filter = h('form', { class: 'stream' }, h('label', { for: 'sources-state' }, 'Which'), state, h('button', { type: 'submit', class: 'button', testid: 'sources-show' }, 'Show'));
  const more = action('Show more', 'sources-more', () => show(next), trouble);
  let shown = '';
  let next = '';

  async function show(cursor) {
    const found = await api('GET', link('/sources', { state: shown, size: PAGE_SIZE, cursor }).slice(1), { auth: 'required', signal });
    next = found.cursor;
    const rows = found.files.map(row);
    if (cursor) list.append(...rows);
    else list.replaceChildren(...(rows.length ? rows : [h('li', {}, shown ? 'There are none.' : 'No source has shown a file yet.')]));
    // The button that has the focus goes with the last page.
    if (!next && document.activeElement === more) list.focus();
    more.hidden = !next;
  }

  async function load() {
    trouble.textContent = '';
    shown = state.value;
    try {
      await show('');
    } catch (error) {
      if (!isAbort(error)) trouble.textContent = error.message;
    }
  }

  filter.addEventListener('submit', (event) => {
    event.preventDefault();
    load();
  });
  more.hidden = true;
  load();
  return h('section', { class: 'panel', testid: 'sources' }, h('h2', {}, 'Sources'), h('p', { class: 'hint' }, 'What folders, servers and buckets have shown, the newest first.'), filter, trouble, list, h('div', { class: 'actions' }, more));
}

function row(file) {
  return h(
    'li',
    { class: 'row plain', testid: 'source-file', 'data-state': file.state },
    h(
      'div',
      { class: 'row-text' },
      h('h3', { class: 'address' }, file.address),
      h(
        'p',
        { class: 'meta' },
        h('span', { class: `chip ${CHIPS[file.state]}`, testid: 'source-file-state' }, icon(ICONS[file.state]), stateText(file)),
        h('span', {}, file.source),
        h('span', {}, size(file.size)),
        h('span', {}, h('a', { href: link('/', { owner: file.owner_id }), testid: 'source-file-owner' }, `user ${file.owner_id}`)),
        file.video_id && h('span', {}, `video ${file.video_id}`),
        h('time', { datetime: file.created_at, title: day(file.created_at) }, ago(file.created_at)),
      ),
      file.error && h('p', { class: 'why', testid: 'source-file-why' }, file.state === 'importing' ? `${file.error.message.replace(/[^.!?]$/, '$&.')} It is tried again.` : file.error.message),
    ),
  );
}

function stateText({ state, percent }) {
  return state === 'importing' && percent !== null ? `${STATES.importing} ${percent} %` : STATES[state];
}
