/** What was sent to a webhook, what its server answered, and what is sent once more. */

import { announce, failure, h, icon, notice } from './dom.js';
import { action } from './actions.js';
import { api, isAbort } from './api.js';
import { ago, count, day, number, toTheSecond } from './format.js';
import { field, form, say } from './forms.js';
import { poll } from './poll.js';
import { link } from './router.js';

const PAGE_SIZE = 20;
/** The most that can be asked for at once. */
const LARGEST_PAGE = 100;
const SOON_MS = 1000;
const LATER_MS = 5000;

const STATES = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' };
const ICONS = { waiting: 'clock', delivered: 'check', failed: 'alert' };
const CHIPS = { waiting: '', delivered: 'ready', failed: 'failed' };

/**
 * The log and the form that replays.
 *
 * @param state those that are asked for; all when it is none
 * @param signal ends what is asked for
 */
export function deliveriesPanel(webhook, state, signal) {
  const path = `/webhooks/${webhook.id}`;
  const wish = state in STATES ? state : '';
  const trouble = h('p', { class: 'trouble why', role: 'alert', testid: 'deliveries-trouble' });
  const outOfTouch = h('p', { class: 'trouble', role: 'status' });
  const list = h('ul', { class: 'rows', testid: 'deliveries', tabindex: '-1', 'aria-label': 'What was sent' });
  const below = h('div', {});
  const rows = new Map();
  const call = (method, where, body) => api(method, where, { auth: 'required', body, signal });
  let wanted = PAGE_SIZE;
  let found = [];
  let following = false;

  async function load() {
    below.replaceChildren(h('div', { class: 'spinner' }));
    try {
      const goOn = await look();
      if (goOn) follow();
    } catch (error) {
      if (!isAbort(error) && error.status !== 401) below.replaceChildren(failure(error, load));
    }
  }

  /** @returns whether something waits */
  async function look() {
    const { deliveries, cursor } = await newest(wanted);
    outOfTouch.textContent = '';
    found = deliveries;
    show();
    below.replaceChildren(...(found.length ? [] : [notice(wish ? 'There is nothing of that kind.' : 'Nothing was sent yet.')]));
    more.hidden = !cursor;
    return found.some(isWaiting);
  }

  async function newest(most) {
    const deliveries = [];
    let cursor = '';
    do {
      const size = Math.min(LARGEST_PAGE, most - deliveries.length);
      const page = await call('GET', link(`${path}/deliveries`, { state: wish, size, cursor }).slice(1));
      deliveries.push(...page.deliveries);
      cursor = page.cursor;
    } while (cursor && deliveries.length < most);
    return { deliveries, cursor };
  }

  function show() {
    for (const [id, row] of rows) {
      if (found.some((delivery) => delivery.id === id)) continue;
      // The button that has the focus goes with it.
      if (row.root.contains(document.activeElement)) list.focus();
      row.root.remove();
      rows.delete(id);
    }
    found.forEach((delivery, index) => {
      if (!rows.has(delivery.id)) rows.set(delivery.id, deliveryRow(delivery, resend, trouble));
      const row = rows.get(delivery.id);
      row.update(delivery);
      // None is moved that was there: that would take the focus from it.
      if (list.children[index] !== row.root) list.insertBefore(row.root, list.children[index] ?? null);
    });
  }

  async function follow() {
    if (following) return;
    following = true;
    const troubled = (error) => {
      outOfTouch.textContent = error.message;
      return ![401, 404].includes(error.status);
    };
    await poll(look, { signal, every: () => (found.some(isSentSoon) ? SOON_MS : LATER_MS), troubled });
    following = false;
  }

  async function resend(delivery) {
    await call('POST', `${path}/deliveries/${delivery.id}/resend`);
    announce(`${delivery.type}: is sent once more`);
    if (await look()) follow();
  }

  const replay = replayForm(async (time) => {
    const { events } = await call('POST', `${path}/replay`, time);
    if (await look()) follow();
    return events;
  });
  const more = action('Show more', 'deliveries-more', async () => {
    wanted += PAGE_SIZE;
    await look();
  }, trouble);
  more.hidden = true;
  load();
  return [
    h('section', { class: 'panel' }, h('h2', {}, 'What was sent'), h('p', { class: 'hint' }, 'The newest first, of the last 30 days.'), filter(webhook, wish), trouble, outOfTouch, list, below, h('div', { class: 'actions more-actions' }, more)),
    h('section', { class: 'panel' }, h('h2', {}, 'Send a time once more'), replay),
  ];
}

function isWaiting({ state }) {
  return state === 'waiting';
}

/** Whether it may be told what became of it within moments. */
function isSentSoon({ state, next_at: next }) {
  return state === 'waiting' && next !== null && new Date(next).getTime() - Date.now() < LATER_MS;
}

function filter(webhook, wish) {
  return h(
    'nav',
    { class: 'tabs', 'aria-label': 'Which of them' },
    Object.entries({ '': 'All', ...STATES }).map(([state, name]) =>
      h('a', { class: 'nav-item', href: link(`/webhooks/${webhook.id}`, { state }), 'aria-current': state === wish ? 'page' : null, testid: `deliveries-${state || 'all'}` }, name),
    ),
  );
}

/** A row that changes only what changed, so that the focus stays, and what is opened. */
function deliveryRow(first, resend, trouble) {
  const meta = h('p', { class: 'meta' });
  const summary = h('summary', {});
  const attempts = h('ol', { class: 'attempts' });
  const details = h('details', { class: 'streams', testid: 'delivery-attempts' }, summary, attempts);
  const again = action('Resend', 'resend', () => resend(first), trouble, { 'aria-label': `Resend ${first.type} of ${day(first.created_at)}` });
  const root = h('li', { class: 'row plain delivery', testid: 'delivery', 'data-id': first.id }, h('div', { class: 'row-text' }, h('h3', {}, first.type), meta, details), h('div', { class: 'actions row-actions' }, again));
  let seen = null;

  function update(delivery) {
    const key = JSON.stringify(delivery);
    if (key === JSON.stringify(seen)) return;
    if (seen && seen.state !== delivery.state) announce(`${delivery.type}: ${STATES[delivery.state].toLowerCase()}`);
    seen = delivery;
    root.dataset.state = delivery.state;
    meta.replaceChildren(...facts(delivery));
    details.hidden = !delivery.attempts.length;
    summary.textContent = howItWent(delivery.attempts);
    attempts.replaceChildren(...delivery.attempts.map(attemptItem));
  }

  return { root, update };
}

function facts({ state, video, created_at: created, next_at: next }) {
  const chip = h('span', { class: `chip ${CHIPS[state]}`, testid: 'delivery-state' }, icon(ICONS[state]), STATES[state]);
  const when = h('time', { datetime: created, title: day(created) }, ago(created));
  const videoLink = video && h('span', {}, h('a', { href: `#/watch/${video}`, testid: 'delivery-video' }, `Video ${video}`));
  const waits = state === 'waiting' && h('span', { testid: 'delivery-next' }, whenNext(next));
  return [chip, when, videoLink, waits].filter(Boolean);
}

function whenNext(next) {
  if (!next) return 'as soon as the webhook is enabled';
  return new Date(next).getTime() > Date.now() ? `next on ${toTheSecond(next)}` : 'at once';
}

function howItWent(attempts) {
  const [last] = attempts;
  return last ? `${count(attempts.length, 'attempt', 'attempts')}${attempts.length > 1 ? ', the last' : ''}: ${outcome(last)}` : '';
}

function outcome({ status, error }) {
  return status ? `the server answered ${status}` : (error ?? 'no answer');
}

/** The server's own words stay text, whatever they are. */
function attemptItem(attempt) {
  return h(
    'li',
    { testid: 'attempt' },
    h('strong', {}, attempt.status ? `Answered ${attempt.status}` : (attempt.error ?? 'No answer')),
    h('span', { class: 'meta' }, h('time', { datetime: attempt.at }, toTheSecond(attempt.at)), h('span', {}, `${number(attempt.milliseconds)} ms`)),
    attempt.answer && h('pre', { class: 'code', testid: 'attempt-answer' }, attempt.answer),
  );
}

/** @param send gets a time; returns how many events it had */
function replayForm(send) {
  const since = h('input', { id: 'replay-since', name: 'since', type: 'datetime-local', required: true });
  const until = h('input', { id: 'replay-until', name: 'until', type: 'datetime-local' });
  const fields = [
    h('p', { class: 'hint' }, 'All events of that time that the webhook asks for, also those from before it was added.'),
    field('Since', since),
    field('Until', until, { optional: true, hint: 'Now, without one.' }),
  ];
  const element = form('replay-form', fields, 'Replay', async () => {
    const events = await send({ since: instant(since.value), until: instant(until.value) });
    say(element, events ? `On the way once more: ${count(events, 'event', 'events')}.` : 'There was nothing in that time that the webhook asks for.', 'good');
  });
  return element;
}

function instant(local) {
  return local ? new Date(local).toISOString() : undefined;
}
