/** One's own videos in every state; those under way are followed, and what is uploaded elsewhere appears. */

import { announce, failure, h, heading, notice } from '../dom.js';
import { action } from '../actions.js';
import { api, isAbort } from '../api.js';
import { ROW_WIDTH, thumbnail, when } from '../cards.js';
import { count, lastPage } from '../format.js';
import { link } from '../router.js';
import { poll } from '../poll.js';
import { isUnderWay, stateChip, warningList, whyFailed } from '../progress.js';
import { uploadJob } from '../upload-job.js';

const PAGE_SIZE = 20;
const UNDER_WAY_MS = 1000;
const AT_REST_MS = 10_000;

export function mine({ main, query, signal }) {
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const total = h('p', { class: 'total', testid: 'mine-total' });
  const trouble = h('p', { class: 'trouble', role: 'status' });
  const list = h('ul', { class: 'rows', testid: 'mine-list' });
  const below = h('div', {});
  const head = h('div', {}, heading('My videos'), total);
  main.append(h('div', { class: 'view-head' }, head, h('a', { class: 'button primary', href: '#/upload' }, 'Upload a video')), trouble, list, below);

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
    const answer = await api('GET', `/videos/mine?page=${page}&size=${PAGE_SIZE}`, { auth: 'required', signal });
    trouble.textContent = '';
    total.textContent = answer.total ? count(answer.total, 'video', 'videos', answer.total_exact) : '';
    for (const video of answer.videos) {
      const row = rows.get(video.id) ?? createRow({ cancel, remove });
      rows.set(video.id, row);
      row.update(video);
    }
    const order = answer.videos.map((video) => rows.get(video.id).root);
    // Only when something came or went: moving elements would take the focus from them.
    if (order.length !== list.children.length || order.some((root, index) => list.children[index] !== root)) list.replaceChildren(...order);
    showBelow(order.length, lastPage(answer.total, PAGE_SIZE));
    underWay = answer.videos.some(isUnderWay) || (page === 1 && uploadJob.isAwaiting(answer.videos));
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
    return action('Delete', 'delete-video', async () => {
      if (!confirm(`Delete “${video.title}” for good?`)) return;
      await api('DELETE', `/videos/${video.id}`, { auth: 'required', signal });
      if (uploadJob.video?.id === video.id) uploadJob.cancel();
      announce(`${video.title}: deleted`);
      rows.delete(video.id);
      await refresh();
      main.querySelector('h1').focus(); // The button is gone.
    }, trouble, { 'aria-label': `Delete ${video.title}` });
  }

  /** Only what changed: the focus may be on it. */
  function showBelow(shown, last) {
    const kind = last > 1 ? `pages ${last}` : shown ? '' : 'nothing';
    if (kind === belowShown) return;
    belowShown = kind;
    below.replaceChildren(...(last > 1 ? [pages(last)] : shown ? [] : [nothing()]));
  }

  function nothing() {
    return notice('You have no videos yet.', { action: h('a', { class: 'button primary', href: '#/upload' }, 'Upload your first') });
  }

  function pages(last) {
    const to = (number, name, testid) => number >= 1 && number <= last && h('a', { class: 'button', href: link('/mine', { page: number > 1 ? number : '' }), testid }, name);
    return h('nav', { class: 'pages', 'aria-label': 'Pages' }, to(page - 1, 'Newer', 'page-previous'), h('span', { testid: 'page-number' }, `Page ${page} of ${last}`), to(page + 1, 'Older', 'page-next'));
  }

  load();
  return 'My videos';
}

/**
 * A row that changes only what changed, so that focus and pictures stay.
 *
 * @param cancel makes the button that ends an encoding
 * @param remove makes the button that deletes a video
 */
function createRow({ cancel, remove }) {
  const root = h('li', { class: 'row', testid: 'my-video' });
  let seen = null;
  let bar = null;
  return {
    root,
    update(video) {
      const told = seen?.state;
      if (JSON.stringify(essence(video)) === JSON.stringify(seen && essence(seen))) return;
      seen = video;
      if (told === 'encoding' && video.state === 'encoding' && bar) {
        bar.value = video.progress;
        root.querySelector('.chip').replaceWith(stateChip(video));
        return;
      }
      if (told && told !== video.state) announce(`${video.title}: ${video.state}`);
      Object.assign(root.dataset, { videoId: video.video_id, id: video.id, state: video.state });
      bar = isUnderWay(video) ? h('progress', { testid: 'encode-progress', max: '100', 'aria-label': `Progress of ${video.title}` }) : null;
      if (video.state === 'encoding') bar.value = video.progress;
      root.replaceChildren(
        thumbnail(video, ROW_WIDTH),
        h(
          'div',
          { class: 'row-text' },
          h('h2', {}, h('a', { class: 'cover', href: `#/watch/${video.id}`, testid: 'video-link' }, video.title)),
          h('p', { class: 'meta' }, stateChip(video), when(video)),
          bar,
          video.state === 'failed' && h('p', { class: 'why', testid: 'failure' }, whyFailed(video)),
          warningList(video),
          h('div', { class: 'actions row-actions' }, isUnderWay(video) && cancel(video), remove(video)),
        ),
      );
    },
  };
}

/** What of a video is shown; a signed picture address changes with every answer and does not count. */
function essence({ id, title, state, progress, failure: reason, duration, published_at, warnings }) {
  return [id, title, state, progress, reason, duration, published_at, warnings];
}
