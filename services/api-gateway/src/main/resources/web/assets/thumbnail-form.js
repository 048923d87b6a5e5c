/** The picture of a video, for its owner: a file, a second of the video, or the video's own. */

import { announce, h } from './dom.js';
import { action } from './actions.js';
import { api, wording } from './api.js';
import { MOST_PICTURE_BYTES, PICTURES } from './picture-files.js';

/**
 * @param now tells the second that the player is at; null when none plays
 * @param signal ends what is asked for
 */
export function thumbnailForm(video, { now, signal }) {
  const path = `/videos/${video.id}/thumbnail`;
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'thumbnail-trouble' });
  const file = h('input', { id: 'thumbnail-file', testid: 'thumbnail-file', type: 'file', accept: PICTURES.join() });
  const second = h('input', { id: 'thumbnail-second', testid: 'thumbnail-second', type: 'number', min: '0', step: '0.1', inputmode: 'decimal', autocomplete: 'off' });

  const send = async (method, query = '', body = undefined) => {
    try {
      await api(method, path + query, { auth: 'required', body, signal });
      file.value = '';
      announce('The picture is being made, and is shown before long');
    } catch (error) {
      trouble.textContent = wording(error);
    }
  };
  const sendFile = async () => {
    const [picture] = file.files;
    if (!picture) trouble.textContent = 'Choose a picture: JPEG, PNG, WebP or GIF.';
    else if (picture.size > MOST_PICTURE_BYTES) trouble.textContent = 'The picture may have 10 MB at most.';
    else await send('PUT', '', picture);
  };
  const sendSecond = async () => {
    if (second.value) await send('PUT', `?second=${Number(second.value)}`);
    else trouble.textContent = 'Say the second of the video.';
  };

  const details = h(
    'details',
    { class: 'streams', testid: 'thumbnail-panel' },
    h('summary', {}, 'Picture'),
    h('p', { class: 'hint' }, 'A file of at most 10 MB, or a moment of the video. It is made anew in all sizes, without what a camera wrote beside it.'),
    h('div', { class: 'captions-bar' }, h('label', { for: 'thumbnail-file' }, 'File'), file, action('Send', 'thumbnail-send', sendFile, trouble, { 'aria-label': 'Send the picture' })),
    h('div', { class: 'captions-bar' }, h('label', { for: 'thumbnail-second' }, 'Second'), second, action('Take it', 'thumbnail-take', sendSecond, trouble, { 'aria-label': 'Take the picture at this second' }), action('Its own', 'thumbnail-own', () => send('DELETE'), trouble)),
    trouble,
  );
  // Where its owner is looking is what he most likely means.
  details.addEventListener('toggle', () => {
    if (details.open && !second.value && now() !== null) second.value = now().toFixed(1);
  });
  return details;
}
