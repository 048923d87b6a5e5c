/** One's own videos in every state; those under way are followed, and what is uploaded elsewhere appears. */

import { announce, failure, h, heading, notice } from '../dom.js';
import { action } from '../actions.js';
import { api, isAbort } from '../api.js';
import { ROW_WIDTH, thumbnail, when } from '../cards.js';
import { count, day, lastPage } from '../format.js';
import { link, navigate } from '../router.js';
import { poll } from '../poll.js';
import { isUnderWay, stateChip, warningList, whyFailed } from '../progress.js';
import { uploads } from '../upload-queue.js';
import { VISIBILITIES, visibilityChip } from '../visibility.js';
import { waitingLine } from '../waiting.js';

const PAGE_SIZE = 20;
const UNDER_WAY_MS = 1000;
const AT_REST_MS = 10_000;

const FILTERS = ['state', 'visibility', 'search', 'sort', 'trashed'];

export function mine({ main, query, signal }) {
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const wish = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? '']));
  const trashed = wish.trashed === 'true';
  const chosen = new Set();
  const total = h('p', { class: 'total', testid: 'mine-total' });
  const trouble = h('p', { class: 'trouble', role: 'status' });
  const done = h('p', { class: 'done', role: 'status' });
  const list = h('ul', { class: 'rows', testid: 'mine-list' });
  const below = h('div', {});
  const head = h('div', {}, heading('My videos'), total);
  const bulk = h('div', { class: 'actions bulk', testid: 'bulk' });
  main.append(
    h('div', { class: 'view-head' }, head, h('a', { class: 'button primary', href: '#/upload' }, 'Upload a video')),
    filters(wish),
    bulk,
    trouble,
    done,
    list,
    below,
  );

  const rows = new Map();
  let belowShown = null;
  let underWay = false;

  async function load() {
    belowShown = null;
    below.replaceChildren(h('div', { class: 'spinner' }));
    try {
      await refresh();
      follow();
    } catch (error) {
      if (!isAbort(error) && error.status !== 401) below.replaceChildren(failure(error, load));
    }
  }

  function follow() {
    const lost = () => {
      trouble.textContent = 'Caravan does not answer at the moment; trying again…';
      return true;
    };
    poll(async () => (await refresh(), true), { signal, every: () => (underWay ? UNDER_WAY_MS : AT_REST_MS), troubled: (error) => error.status !== 401 && lost() });
  }

  async function refresh() {
    const answer = await api('GET', link('/videos/mine', { page, size: PAGE_SIZE, ...wish }).slice(1), { auth: 'required', signal });
    trouble.textContent = '';
    total.textContent = answer.total ? count(answer.total, 'video', 'videos', answer.total_exact) : '';
    for (const video of answer.videos) {
      const row = rows.get(video.id) ?? createRow({ cancel, remove, restore, choose, trashed, signal });
      rows.set(video.id, row);
      row.update(video);
    }
    const order = answer.videos.map((video) => rows.get(video.id).root);
    // Only when something came or went: moving elements would take the focus from them.
    if (order.length !== list.children.length || order.some((root, index) => list.children[index] !== root)) list.replaceChildren(...order);
    for (const id of chosen) if (!answer.videos.some((video) => video.id === id)) chosen.delete(id);
    showBulk();
    showBelow(order.length, lastPage(answer.total, PAGE_SIZE));
    underWay = answer.videos.some(isUnderWay) || (page === 1 && uploads.isAwaiting(answer.videos));
  }

  function cancel(video) {
    return action('Cancel', 'cancel-encoding', async () => {
      if (!confirm(`Stop encoding “${video.title}”? It then ends as failed.`)) return;
      await api('POST', `/videos/${video.id}/cancel`, { auth: 'required', signal });
      announce(`${video.title}: cancelled`);
      await refresh();
    }, trouble, { 'aria-label': `Cancel the encoding of ${video.title}` });
  }

  function remove(video) {
    return action(trashed ? 'Delete for good' : 'Delete', 'delete-video', async () => {
      if (trashed && !confirm(`Delete “${video.title}” for good?`)) return;
      await api('DELETE', `/videos/${video.id}${trashed ? '?permanently=true' : ''}`, { auth: 'required', signal });
      uploads.forgetVideo(video.id);
      announce(`${video.title}: ${trashed ? 'deleted' : 'in the trash'}`);
      await gone([video.id]);
      if (!trashed) undo([video]);
    }, trouble, { 'aria-label': `Delete ${video.title}${trashed ? ' for good' : ''}` });
  }

  function restore(video) {
    return action('Restore', 'restore-video', async () => {
      await api('POST', `/videos/${video.id}/restore`, { auth: 'required', signal });
      announce(`${video.title}: restored`);
      await gone([video.id]);
    }, trouble, { 'aria-label': `Restore ${video.title}` });
  }

  /** The rows are gone, and with them the button that has the focus. */
  async function gone(ids) {
    ids.forEach((id) => rows.delete(id));
    await refresh();
    main.querySelector('h1').focus();
  }

  /** Until something else is deleted. */
  function undo(videos) {
    const back = action('Undo', 'undo-delete', async () => {
      await change(videos.map((video) => video.id), { action: 'restore' });
      announce('Restored');
      done.replaceChildren();
      await gone([]);
    }, trouble);
    const what = videos.length === 1 ? `“${videos[0].title}” is` : `${videos.length} videos are`;
    done.replaceChildren(`${what} in the trash. `, back);
  }

  function choose(video) {
    const box = h('input', { type: 'checkbox', class: 'choose', testid: 'choose-video', 'aria-label': `Choose ${video.title}`, checked: chosen.has(video.id) });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(video.id);
      else chosen.delete(video.id);
      showBulk();
    });
    return box;
  }

  /** @throws an error that says what can't be done with some of them */
  async function change(ids, body) {
    const { refused } = await api('POST', '/videos/bulk', { auth: 'required', body: { ids, ...body }, signal });
    await refresh();
    if (refused.length) throw new Error(`${count(refused.length, 'video was', 'videos were')} not changed: ${refused[0].detail}`);
  }

  /** What can be done with all that are chosen. */
  function showBulk() {
    const kind = chosen.size ? `${chosen.size}` : '';
    if (bulk.dataset.kind === kind) return;
    bulk.dataset.kind = kind;
    if (!chosen.size) {
      bulk.replaceChildren();
      return;
    }
    const all = (name, testid, body, told) =>
      action(name, testid, async () => {
        const ids = [...chosen];
        if (body.action === 'delete' && !confirm(`Delete ${count(ids.length, 'video', 'videos')} for good?`)) return;
        const videos = ids.map((id) => rows.get(id).video);
        await change(ids, body);
        chosen.clear();
        rows.clear();
        await gone([]);
        announce(told);
        if (body.action === 'trash') undo(videos);
      }, trouble);
    bulk.replaceChildren(
      h('span', { testid: 'bulk-count' }, `${chosen.size} chosen`),
      ...(trashed
        ? [all('Restore', 'bulk-restore', { action: 'restore' }, 'Restored'), all('Delete for good', 'bulk-delete', { action: 'delete' }, 'Deleted')]
        : [
            ...VISIBILITIES.map(([visibility, name]) => all(`Make ${name.toLowerCase()}`, `bulk-${visibility}`, { action: 'update', visibility }, `Now ${name.toLowerCase()}`)),
            all('Delete', 'bulk-trash', { action: 'trash' }, 'In the trash'),
          ]),
    );
  }

  /** Only what changed: the focus may be on it. */
  function showBelow(shown, last) {
    const kind = last > 1 ? `pages ${last}` : shown ? '' : 'nothing';
    if (kind === belowShown) return;
    belowShown = kind;
    below.replaceChildren(...(last > 1 ? [pages(last)] : shown ? [] : [nothing()]));
  }

  function nothing() {
    if (trashed) return notice('The trash is empty. What you delete stays here for some days.');
    if (FILTERS.some((name) => wish[name])) return notice('None of your videos is like that.', { action: h('a', { class: 'button', href: '#/mine' }, 'Show all') });
    return notice('You have no videos yet.', { action: h('a', { class: 'button primary', href: '#/upload' }, 'Upload your first') });
  }

  function pages(last) {
    const to = (number, name, testid) => number >= 1 && number <= last && h('a', { class: 'button', href: link('/mine', { ...wish, page: number > 1 ? number : '' }), testid }, name);
    return h('nav', { class: 'pages', 'aria-label': 'Pages' }, to(page - 1, 'Newer', 'page-previous'), h('span', { testid: 'page-number' }, `Page ${page} of ${last}`), to(page + 1, 'Older', 'page-next'));
  }

  load();
  return 'My videos';
}

/** Which of them are shown, in which order: each choice is an address that can be come back to. */
function filters(wish) {
  const select = (name, label, options) => {
    const id = `mine-${name}`;
    const control = h('select', { id, testid: id, name, value: wish[name] }, options.map(([value, text]) => h('option', { value }, text)));
    control.addEventListener('change', () => control.form.requestSubmit());
    return h('div', { class: 'filter' }, h('label', { for: id }, label), control);
  };
  const search = h('input', { id: 'mine-search', testid: 'mine-search', name: 'search', type: 'search', maxlength: '200', value: wish.search, placeholder: 'Words of the title' });
  const element = h(
    'form',
    { class: 'filters', role: 'search', 'aria-label': 'My videos' },
    h('div', { class: 'filter' }, h('label', { for: 'mine-search' }, 'Search'), search),
    select('state', 'State', [['', 'Any'], ['uploaded', 'Waiting'], ['encoding', 'Encoding'], ['ready', 'Ready'], ['failed', 'Failed']]),
    select('visibility', 'Visibility', [['', 'Any'], ...VISIBILITIES.map(([value, name]) => [value, name])]),
    select('sort', 'Order', [['', 'Newest first'], ['oldest', 'Oldest first']]),
    select('trashed', 'Show', [['', 'Videos'], ['true', 'Trash']]),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    navigate(link('/mine', Object.fromEntries(new FormData(element))).slice(1));
  });
  return element;
}

/**
 * A row that changes only what changed, so that focus and pictures stay.
 *
 * @param cancel makes the button that ends an encoding
 * @param remove makes the button that deletes a video
 * @param restore makes the button that has it back from the trash
 * @param choose makes the box by which it is chosen
 */
function createRow({ cancel, remove, restore, choose, trashed, signal }) {
  const root = h('li', { class: 'row', testid: 'my-video' });
  let seen = null;
  let bar = null;
  return {
    root,
    get video() {
      return seen;
    },
    update(video) {
      const told = seen?.state;
      if (JSON.stringify(essence(video)) === JSON.stringify(seen && essence(seen))) return;
      seen = video;
      if (told === video.state && told !== 'uploaded' && bar) {
        bar.value = video.progress;
        root.querySelector('.chip').replaceWith(stateChip(video));
        return;
      }
      if (told && told !== video.state) announce(`${video.title}: ${video.state}`);
      Object.assign(root.dataset, { videoId: video.video_id, id: video.id, state: video.state });
      bar = isUnderWay(video) ? h('progress', { testid: 'encode-progress', max: '100', 'aria-label': `Progress of ${video.title}` }) : null;
      if (bar && video.state !== 'uploaded') bar.value = video.progress;
      const actions = trashed
        ? [restore(video), remove(video)]
        : [isUnderWay(video) && cancel(video), h('a', { class: 'button', href: `#/watch/${video.id}?edit`, testid: 'edit-video', 'aria-label': `Edit ${video.title}` }, 'Edit'), remove(video)];
      root.replaceChildren(
        choose(video),
        thumbnail(video, ROW_WIDTH),
        h(
          'div',
          { class: 'row-text' },
          h('h2', {}, trashed ? video.title : h('a', { class: 'cover', href: `#/watch/${video.id}`, testid: 'video-link' }, video.title)),
          h('p', { class: 'meta' }, stateChip(video), visibilityChip(video), when(video)),
          trashed && h('p', { class: 'meta', testid: 'restorable-until' }, `Deleted for good on ${day(video.restorable_until)}`),
          bar,
          video.state === 'uploaded' && !trashed && waitingLine(video.id, signal),
          video.state === 'failed' && h('p', { class: 'why', testid: 'failure' }, whyFailed(video)),
          warningList(video),
          h('div', { class: 'actions row-actions' }, actions),
        ),
      );
    },
  };
}

/** What of a video is shown; a signed picture address changes with every answer and does not count. */
function essence({ id, title, state, progress, failure: reason, duration, published_at, warnings, revision }) {
  return [id, title, state, progress, reason, duration, published_at, warnings, revision];
}
