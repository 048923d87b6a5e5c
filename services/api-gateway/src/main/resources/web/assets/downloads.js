/** The files that a video may be downloaded as, when its owner allows that. */

import { h } from './dom.js';
import { api } from './api.js';
import { size } from './format.js';

/** What an owner chooses from. */
export function downloadOptions() {
  return [
    h('option', { value: 'none' }, 'Nothing'),
    h('option', { value: 'renditions' }, 'An MP4 file of each quality'),
    h('option', { value: 'source' }, 'An MP4 file of each quality, and the file that was uploaded'),
  ];
}

/**
 * Something that opens, and then lists the files: their addresses end after some hours, so they are asked for only then.
 *
 * @param secret of a link of the video, or nothing
 */
export function downloadPanel(video, secret, signal) {
  const place = h('div', { role: 'status' });
  const details = h('details', { class: 'streams downloads', testid: 'downloads' }, h('summary', {}, 'Download'), place);
  const path = `/videos/${video.id}/downloads${secret ? `?${new URLSearchParams({ link: secret })}` : ''}`;
  details.addEventListener('toggle', async () => {
    if (!details.open) return;
    try {
      show(await api('GET', path, { auth: 'optional', signal }));
    } catch (error) {
      place.replaceChildren(h('p', { class: 'hint', testid: 'downloads-trouble' }, error.message));
    }
  });

  function show({ state, files }) {
    place.replaceChildren(...[
      state === 'preparing' && h('p', { class: 'hint', testid: 'downloads-preparing' }, 'The files are being made. Open this again in a while.'),
      files.length > 0 && h('ul', {}, files.map((file) => h('li', {}, h('a', { href: file.url, testid: `download-${file.rendition}` }, name(file)), ` ${size(file.size)}`))),
    ].filter(Boolean));
  }
  return details;
}

function name({ rendition, width, height }) {
  return rendition === 'source' ? 'The file that was uploaded' : `${rendition} (${width} × ${height}, MP4)`;
}
