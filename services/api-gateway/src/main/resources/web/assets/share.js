/** Sharing a video: its address, also from a moment on, and what embeds it into a page. */

import { h } from './dom.js';
import { copyable } from './copyable.js';
import { duration } from './format.js';

/** The width of an embedded player that nobody has chosen one for. */
const WIDTH = 640;

/**
 * A button and the dialog that it opens.
 *
 * @param position gives the seconds at which the player is
 */
export function share(video, position) {
  const link = copyable('Link', '', 'share-link', 'the link');
  const code = copyable('Embed code', '', 'share-embed', 'the embed code');
  const from = h('input', { type: 'checkbox', id: 'share-from', testid: 'share-from', on: { change: show } });
  const label = h('label', { for: 'share-from' });
  let at = 0;

  function show() {
    const start = from.checked ? at : 0;
    link.text.value = `${location.origin}/watch/${video.id}${start ? `?t=${start}` : ''}`;
    code.text.value = frame(video, start).outerHTML;
  }

  const dialog = h('dialog', { class: 'sheet', testid: 'share', 'aria-labelledby': 'share-title' },
    h('h2', { id: 'share-title' }, 'Share'),
    link.root,
    h('div', { class: 'check-line' }, from, label),
    code.root,
    video.visibility === 'unlisted' && h('p', { class: 'hint' }, 'Whoever has the link can see it. It is in no list.'),
    h('form', { method: 'dialog', class: 'actions' }, h('button', { class: 'button primary', testid: 'close-share' }, 'Close')),
  );

  function open() {
    at = Math.floor(position());
    from.checked = false;
    from.parentElement.hidden = at === 0;
    label.textContent = `Start at ${duration(at)}`;
    show();
    dialog.showModal();
  }

  return [h('button', { type: 'button', class: 'button', testid: 'open-share', on: { click: open } }, 'Share'), dialog];
}

/** Nothing of it is fetched: it stands in no page. */
function frame(video, start) {
  const [width, height] = (video.resolution || '16x9').split('x').map(Number);
  return h('iframe', {
    src: `${location.origin}/embed/${video.id}${start ? `?start=${start}` : ''}`,
    width: WIDTH,
    height: Math.round((WIDTH * height) / width),
    title: video.title,
    loading: 'lazy',
    allow: 'autoplay; fullscreen; picture-in-picture',
  });
}
