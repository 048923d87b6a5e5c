/** Videos in lists. */

import { h, icon } from './dom.js';
import { ago, day, duration } from './format.js';
import { link } from './router.js';
import { avatar } from './people.js';

export const STATE_ICONS = { uploaded: 'clock', encoding: 'film', ready: 'check', failed: 'alert' };

/** The picture of a video, with its length; a drawn one when there is none or it does not load. */
export function thumbnail(video) {
  const frame = h('div', { class: 'thumb' }, icon(video.state === 'failed' ? 'alert' : 'film'));
  if (video.thumbnail_url) {
    const image = h('img', { src: video.thumbnail_url, alt: '', loading: 'lazy', on: { error: () => image.remove() } });
    frame.append(image);
  }
  if (video.duration > 0) frame.append(h('span', { class: 'length' }, duration(video.duration)));
  return frame;
}

export function when(video) {
  return h('time', { datetime: video.published_at, title: day(video.published_at) }, ago(video.published_at));
}

/**
 * The whole card leads to the video, the owner's name to the owner's videos.
 *
 * @param level of the heading, one below what the list stands under
 */
export function card(video, level = 'h2') {
  return h(
    'li',
    { class: 'card', testid: 'video-card', 'data-video-id': video.video_id, 'data-id': video.id },
    thumbnail(video),
    h(
      'div',
      { class: 'card-text' },
      avatar(video.user),
      h(
        'div',
        {},
        h(level, {}, h('a', { class: 'cover', href: `#/watch/${video.id}`, testid: 'video-link' }, video.title)),
        h('p', { class: 'meta' }, owner(video), when(video)),
      ),
    ),
  );
}

export function owner(video) {
  return h('a', { class: 'owner', href: link('/', { owner: video.user?.id }), testid: 'owner-link' }, video.user?.name || 'Somebody');
}

/** What stands in the place of cards while they load. */
export function skeletons(number) {
  return Array.from({ length: number }, () =>
    h('li', { class: 'card skeleton', 'aria-hidden': 'true' }, h('div', { class: 'thumb' }), h('div', { class: 'lines' }, h('span'), h('span'))),
  );
}
