/** Links with which anybody sees a video, for its owner: they are made, shown once, and ended. */

import { announce, h } from './dom.js';
import { action } from './actions.js';
import { api } from './api.js';
import { copyable } from './copyable.js';
import { day } from './format.js';

const DAYS = [
  [1, 'a day'],
  [7, 'a week'],
  [30, 'a month'],
  [365, 'a year'],
];

/** @param signal ends what is asked for */
export function linksPanel(video, signal) {
  const path = `/videos/${video.id}/links`;
  const trouble = h('p', { class: 'trouble', role: 'status' });
  const list = h('ul', { class: 'links', testid: 'links' });
  const made = h('div', {});
  const lasts = h('select', { id: 'link-days', testid: 'link-days', value: '7' }, DAYS.map(([days, words]) => h('option', { value: days }, words)));

  async function load() {
    const { links } = await api('GET', path, { auth: 'required', signal });
    list.replaceChildren(...links.map(row));
  }

  function row(link) {
    const end = async () => {
      await api('DELETE', `${path}/${link.id}`, { auth: 'required', signal });
      announce('The link is ended');
      made.replaceChildren();
      await load();
      create.focus(); // The button is gone.
    };
    const until = `until ${day(link.expires_at)}`;
    return h('li', {}, h('span', {}, `Link ${until}`), action('End', 'revoke-link', end, trouble, { 'aria-label': `End the link ${until}` }));
  }

  const create = action('Make a link', 'create-link', async () => {
    const expires = new Date(Date.now() + Number(lasts.value) * 86_400_000);
    const { secret } = await api('POST', path, { auth: 'required', body: { expires_at: expires.toISOString() }, signal });
    const { root, text } = copyable('Link', `${location.origin}/#/watch/${video.id}?link=${secret}`, 'made-link', 'the link');
    made.replaceChildren(h('p', { class: 'hint' }, 'Copy it now: it is not shown again.'), root);
    announce('The link is made');
    await load();
    text.focus();
  }, trouble);

  const details = h(
    'details',
    { class: 'streams', testid: 'links-panel' },
    h('summary', {}, 'Links for others'),
    h('p', { class: 'hint' }, 'Whoever has such a link sees the video, also while it is private.'),
    h('div', { class: 'stream' }, h('label', { for: 'link-days' }, 'Valid for'), lasts, create),
    made,
    list,
    trouble,
  );
  details.addEventListener('toggle', () => {
    if (details.open) load().catch((error) => (trouble.textContent = error.message));
  });
  return details;
}
