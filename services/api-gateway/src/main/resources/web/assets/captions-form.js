/** Captions of a video, for its owner: sent as files, listed, made the default, deleted. */

import { announce, h } from './dom.js';
import { action } from './actions.js';
import { api, wording } from './api.js';
import { count } from './format.js';

/** @param signal ends what is asked for */
export function captionsForm(video, signal) {
  const path = `/videos/${video.id}/captions`;
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'captions-trouble' });
  const list = h('ul', { class: 'links', testid: 'captions' });
  const language = h('input', { id: 'captions-language', testid: 'captions-language', maxlength: '35', autocomplete: 'off', placeholder: 'en', value: video.language ?? '' });
  const file = h('input', { id: 'captions-file', testid: 'captions-file', type: 'file', accept: '.vtt,.srt,text/vtt,application/x-subrip' });

  const show = ({ captions }) => list.replaceChildren(...captions.map(row));
  const address = (tag) => `${path}/${encodeURIComponent(tag)}`;
  const put = (tag, body, query = '') => api('PUT', address(tag) + query, { auth: 'required', body, signal });

  function row(captions) {
    const { label } = captions;
    const makeDefault = async () => {
      const text = await api('GET', address(captions.language), { auth: 'required', text: true, signal });
      show(await put(captions.language, new Blob([text]), '?default=true'));
      announce(`${label} is the default`);
    };
    const remove = async () => {
      await api('DELETE', address(captions.language), { auth: 'required', signal });
      show(await api('GET', path, { auth: 'required', signal }));
      announce(`${label} is deleted`);
      send.focus(); // The button is gone.
    };
    return h(
      'li',
      {},
      h('span', {}, `${label} (${captions.language}), ${count(captions.cues, 'cue', 'cues')}`),
      captions.default ? h('span', { class: 'chip' }, 'Default') : action('Make default', 'captions-default', makeDefault, trouble, { 'aria-label': `Make ${label} the default` }),
      action('Delete', 'captions-delete', remove, trouble, { 'aria-label': `Delete ${label}` }),
    );
  }

  const send = action('Send', 'captions-send', async () => {
    if (!file.files.length || !language.value.trim()) {
      trouble.textContent = 'Choose a file and say its language, such as en or pt-BR.';
      return;
    }
    try {
      show(await put(language.value.trim(), file.files[0]));
      file.value = '';
      announce('The captions are kept');
    } catch (error) {
      trouble.textContent = wording(error);
    }
  }, trouble);

  const details = h(
    'details',
    { class: 'streams', testid: 'captions-panel' },
    h('summary', {}, 'Captions'),
    h('p', { class: 'hint' }, 'Files of WebVTT or SRT, one for each language. Players and the transcript show them, and searches find what is said.'),
    list,
    h('div', { class: 'captions-bar' }, h('label', { for: 'captions-language' }, 'Language'), language, h('label', { for: 'captions-file' }, 'File'), file, send),
    trouble,
  );
  details.addEventListener('toggle', () => {
    if (details.open) api('GET', path, { auth: 'required', signal }).then(show).catch((error) => (trouble.textContent = error.message));
  });
  return details;
}
