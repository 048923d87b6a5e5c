/** Videos in lists. */

import { h, icon } from './dom.js';
import { ago, day, duration } from './format.js';
import { link } from './router.js';
import { avatar } from './people.js';

export const STATE_ICONS = { uploaded: 'clock', encoding: 'film', playable: 'film', ready: 'check', failed: 'alert' };

/**
 * How wide a picture is shown: as it turns out where a browser waits for that ("auto"), else about as style.css has it: in a
 * grid of cards, beside the player, and in rows.
 */
const CARD_WIDTH = 'auto, (max-width: 592px) calc(100vw - 32px), 400px';
const COMPACT_WIDTH = 'auto, (min-width: 1100px) 156px, (max-width: 592px) calc(100vw - 32px), 400px';
export const ROW_WIDTH = 'auto, (max-width: 760px) 116px, 210px';

/**
 * The picture of a video, with its length; a drawn one when there is none or it does not load.
 *
 * @param width how wide it is shown, as the attribute `sizes` says it
 */
export function thumbnail(video, width = CARD_WIDTH) {
  const frame = h('div', { class: 'thumb' }, icon(video.state === 'failed' ? 'alert' : 'film'));
  if (video.thumbnail_url) frame.append(picture(video, width));
  if (video.duration > 0) frame.append(h('span', { class: 'length' }, duration(video.duration)));
  return frame;
}

/** In the size that fits, as WebP where that is known. */
function picture({ thumbnail_url: main, thumbnails = [] }, width) {
  const sizes = (type) => thumbnails.filter((size) => size.type === type).map((size) => `${size.url} ${size.width}w`).join(', ');
  const source = sizes('image/webp') && h('source', { type: 'image/webp', srcset: sizes('image/webp'), sizes: width });
  const image = h('img', { alt: '', loading: 'lazy', sizes: width, srcset: sizes('image/jpeg') || null, src: main, on: { error: () => whole.remove() } });
  const whole = h('picture', {}, source || null, image);
  return whole;
}
export function when(video) {
  return h('time', { datetime: video.published_at, title: day(video.published_at) }, ago(video.published_at));
}

/**
 * The whole card leads to the video, the owner's name to the owner's videos.
 *
 * @param level of the heading, one below what the list stands under
 * @param compact whether the list stands beside a player
 */
export function card(video, level = 'h2', compact = false) {
  return h(
    'li',
    { class: 'card', testid: 'video-card', 'data-video-id': video.video_id, 'data-id': video.id },
    thumbnail(video, compact ? COMPACT_WIDTH : CARD_WIDTH),
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
