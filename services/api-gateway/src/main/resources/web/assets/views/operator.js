/** For administrators: videos that failed, messages that nothing could be done with, what sources have shown, and users. */

import { action } from '../actions.js';
import { announce, failure, h, heading, notice } from '../dom.js';
import { api, isAbort } from '../api.js';
import { owner, when } from '../cards.js';
import { ago, count, day, lastPage } from '../format.js';
import { field, form, say } from '../forms.js';
import { link } from '../router.js';
import { whyFailed } from '../progress.js';
import { session } from '../session.js';
import { sourcesPanel } from '../sources.js';
import { deletionsPanel, usersPanel } from '../users.js';

const PAGE_SIZE = 10;
const STATES = { open: 'Open', replayed: 'Replayed', discarded: 'Discarded' };

export function operator({ main, query, signal }) {
  if (!session.isAdmin) return onlyForAdministrators(main);
  main.append(
    h('div', { class: 'view-head' }, heading('Operator'), h('a', { class: 'button', href: '#/mesh', testid: 'to-mesh' }, 'Mesh')),
    h('div', { class: 'sections' }, deadLetters({ query, signal }), failedVideos({ query, signal }), reencodeForm(signal), priorityForm(signal), sourcesPanel(signal), usersPanel(signal), deletionsPanel(signal)),
  );
  return 'Operator';
}

export function onlyForAdministrators(main, title = 'Operator') {
  main.append(heading(title), notice('Only administrators see this page.', { testid: 'only-administrators', action: h('a', { class: 'button', href: '#/' }, 'To the videos') }));
  return title;
}

function deadLetters({ query, signal }) {
  const state = query.get('state') in STATES ? query.get('state') : 'open';
  const filter = h(
    'nav',
    { class: 'tabs', 'aria-label': 'Which dead letters' },
    Object.entries(STATES).map(([key, name]) =>
      h('a', { class: 'nav-item', href: link('/operator', { state: key === 'open' ? '' : key, videos: query.get('videos') }), 'aria-current': key === state ? 'page' : null, testid: `dead-letters-${key}` }, name),
    ),
  );
  return pagedList({
    title: 'Dead letters',
    hint: 'Messages that nothing could be done with. Open one to read, edit, replay or discard it.',
    testid: 'dead-letters',
    above: filter,
    page: pageOf(query, 'letters'),
    to: (page) => link('/operator', { state: state === 'open' ? '' : state, letters: page > 1 ? page : '', videos: query.get('videos') }),
    find: async (page) => {
      const found = await api('GET', `/dead-letters?state=${state}&page=${page}&size=${PAGE_SIZE}`, { auth: 'required', signal });
      return { items: found.dead_letters, total: found.total, exact: found.total_exact };
    },
    row: letterRow,
    words: ['dead letter', 'dead letters'],
    nothing: state === 'open' ? 'There are none: everything that was sent was dealt with.' : 'There are none.',
  });
}

function letterRow(letter) {
  return h(
    'li',
    { class: 'row plain', testid: 'dead-letter', 'data-id': letter.id },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, h('a', { class: 'cover', href: `#/operator/dead-letters/${letter.id}`, testid: 'dead-letter-link' }, letter.reason)),
      h(
        'p',
        { class: 'meta' },
        h('span', {}, letter.service),
        h('span', {}, letter.queue),
        letter.video_id && h('span', {}, `video ${letter.video_id}`),
        letter.edited && h('span', {}, 'edited'),
        h('time', { datetime: letter.failed_at, title: day(letter.failed_at) }, ago(letter.failed_at)),
      ),
      h('p', { class: 'why clamped' }, letter.error),
    ),
  );
}

function failedVideos({ query, signal }) {
  return pagedList({
    title: 'Failed videos',
    hint: 'Encode one again when the cause is mended.',
    testid: 'failed-videos',
    page: pageOf(query, 'videos'),
    to: (page) => link('/operator', { state: query.get('state'), letters: query.get('letters'), videos: page > 1 ? page : '' }),
    find: async (page) => {
      const found = await api('GET', `/videos?state=failed&page=${page}&size=${PAGE_SIZE}`, { auth: 'required', signal });
      return { items: found.videos, total: found.total, exact: found.total_exact };
    },
    row: (video, trouble) => videoRow(video, trouble, signal),
    words: ['failed video', 'failed videos'],
    nothing: 'There are none.',
  });
}

function videoRow(video, trouble, signal) {
  const attempts = h('ol', { class: 'attempts', testid: 'attempts' });
  const again = action('Encode again', 'reencode', async () => {
    await api('POST', `/videos/${video.id}/reencode`, { auth: 'required', signal });
    announce(`${video.title}: is encoded again`);
    again.replaceWith(h('p', { class: 'meta', testid: 'reencoded' }, 'Is encoded again'));
  }, trouble, { 'aria-label': `Encode again: ${video.title}` });
  const details = h('details', { class: 'streams', testid: 'encoding' }, h('summary', {}, 'How it went'), attempts);
  details.addEventListener('toggle', async () => {
    if (!details.open) return;
    try {
      const { encoding } = await api('GET', `/videos/${video.id}/encoding`, { auth: 'required', signal });
      attempts.replaceChildren(...encoding.attempts.map(attemptItem));
      if (!encoding.attempts.length) attempts.replaceChildren(h('li', {}, 'It was never begun.'));
    } catch (error) {
      if (!isAbort(error)) attempts.replaceChildren(h('li', { class: 'why' }, error.message));
    }
  });
  return h(
    'li',
    { class: 'row plain', testid: 'failed-video', 'data-id': video.id },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, h('a', { href: `#/watch/${video.id}` }, video.title)),
      h('p', { class: 'meta' }, h('span', {}, `No. ${video.id}`), owner(video), when(video)),
      h('p', { class: 'why' }, whyFailed(video)),
      details,
    ),
    h('div', { class: 'actions' }, again),
  );
}

function attemptItem(attempt) {
  return h(
    'li',
    {},
    h('strong', {}, `${attempt.number}. ${attempt.outcome}`),
    h('span', { class: 'meta' }, h('span', {}, attempt.worker), h('time', { datetime: attempt.started_at }, day(attempt.started_at))),
    attempt.error && h('pre', { class: 'code' }, attempt.error),
  );
}

/** For a video that did not fail: a new ladder, say. */
function reencodeForm(signal) {
  const number = h('input', { id: 'reencode-number', name: 'id', inputmode: 'numeric', pattern: '[0-9]*', autocomplete: 'off', required: true, maxlength: '10' });
  const element = form('reencode-form', [field('Number of the video', number, { hint: 'It is in the address of its page. A ready video stays ready meanwhile.' })], 'Encode again', async () => {
    await api('POST', `/videos/${encodeURIComponent(number.value.trim() || '0')}/reencode`, { auth: 'required', signal });
    say(element, `Video ${number.value.trim()} is encoded again.`, 'good');
    number.value = '';
  });
  return h('section', { class: 'panel' }, h('h2', {}, 'Encode any video again'), element);
}

/** For a video that waits, behind others. */
function priorityForm(signal) {
  const number = h('input', { id: 'priority-number', name: 'id', inputmode: 'numeric', pattern: '[0-9]*', autocomplete: 'off', required: true, maxlength: '10' });
  const priority = h('input', { id: 'priority', name: 'priority', inputmode: 'numeric', pattern: '[0-9]*', autocomplete: 'off', required: true, maxlength: '3', value: '80' });
  const fields = [
    field('Number of the video', number, { hint: 'It is in the address of its page.' }),
    field('Priority', priority, { hint: '0 to 100. The largest are encoded first; videos of which nobody said anything have 50.' }),
  ];
  const element = form('priority-form', fields, 'Set the priority', async () => {
    const chosen = Number(priority.value.trim() || Number.NaN);
    await api('PUT', `/videos/${encodeURIComponent(number.value.trim() || '0')}/priority`, { body: { priority: chosen }, auth: 'required', signal });
    say(element, `Video ${number.value.trim()} has the priority ${chosen}.`, 'good');
    number.value = '';
  });
  return h('section', { class: 'panel' }, h('h2', {}, 'Encode a video before others'), element);
}

function pageOf(query, name) {
  return Math.max(1, Number.parseInt(query.get(name) ?? '1', 10) || 1);
}

/**
 * A titled list that loads itself.
 *
 * @param find page to items, how many there are, and whether that is exact
 * @param row item and the place of trouble to an element
 * @param to page to its address
 */
function pagedList({ title, hint, testid, above, page, to, find, row, words, nothing }) {
  const total = h('p', { class: 'total', testid: `${testid}-total` });
  const trouble = h('p', { class: 'trouble why', role: 'alert', testid: `${testid}-trouble` });
  const list = h('ul', { class: 'rows', testid: `${testid}-list` });
  const below = h('div', {});
  const root = h('section', { class: 'panel', testid }, h('div', { class: 'view-head' }, h('h2', {}, title), total), h('p', { class: 'hint' }, hint), above, trouble, list, below);

  async function load() {
    below.replaceChildren(h('div', { class: 'spinner' }));
    try {
      const found = await find(page);
      const last = lastPage(found.total, PAGE_SIZE);
      list.replaceChildren(...found.items.map((item) => row(item, trouble)));
      total.textContent = found.total ? count(found.total, ...words, found.exact) : '';
      below.replaceChildren(...(found.items.length ? [] : [notice(nothing)]), ...(last > 1 ? [pages(last)] : []));
    } catch (error) {
      if (!isAbort(error) && error.status !== 401) below.replaceChildren(failure(error, load));
    }
  }

  function pages(last) {
    const step = (number, name) => number >= 1 && number <= last && h('a', { class: 'button', href: to(number), testid: `${testid}-${name.toLowerCase()}` }, name);
    return h('nav', { class: 'pages', 'aria-label': `Pages of ${words[1]}` }, step(page - 1, 'Newer'), h('span', {}, `Page ${page} of ${last}`), step(page + 1, 'Older'));
  }

  load();
  return root;
}
