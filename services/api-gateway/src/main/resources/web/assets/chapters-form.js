/** Chapters of a video, for its owner: a line each, with its beginning and its name, kept all at once. */

import { announce, h } from './dom.js';
import { action } from './actions.js';
import { api, wording } from './api.js';
import { duration, seconds } from './format.js';

const TIME = /^(\d+:){0,2}\d+$/;

/**
 * @param player finds the video element, when there is one
 * @param kept told of the chapters as they are kept
 * @param signal ends what is asked for
 */
export function chaptersForm(video, { player, kept, signal }) {
  const path = `/videos/${video.id}/chapters`;
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'chapters-trouble' });
  const list = h('ol', { class: 'chapter-lines', testid: 'chapter-lines', on: { keydown: saveByEnter } });
  const now = () => Math.floor(player()?.currentTime ?? 0);

  const lines = () => [...list.children];
  const show = ({ chapters }) => list.replaceChildren(...chapters.map(line));

  function line({ seconds: start, title }) {
    const time = h('input', { 'aria-label': 'Begins at', testid: 'chapter-time', autocomplete: 'off', maxlength: '10', value: duration(start) });
    const name = h('input', { 'aria-label': 'Name', testid: 'chapter-name', autocomplete: 'off', maxlength: '200', value: title });
    const here = h('button', { type: 'button', class: 'button', testid: 'chapter-here', 'aria-label': 'Begins where the player is', on: { click: () => (time.value = duration(now())) } }, 'Here');
    const remove = h('button', { type: 'button', class: 'button', testid: 'chapter-delete', 'aria-label': 'Delete the chapter', on: { click: () => drop(root) } }, 'Delete');
    const root = h('li', {}, time, name, here, remove);
    // What is not touched keeps its fractions of a second.
    const untouched = time.value;
    root.chapter = () => ({ seconds: time.value === untouched ? start : seconds(time.value.trim()), title: name.value.trim() });
    root.fault = () => {
      const sentence = !TIME.test(time.value.trim()) ? 'Say when each chapter begins, such as 1:30.' : !name.value.trim() ? 'Give each chapter a name.' : '';
      const wrong = sentence && (TIME.test(time.value.trim()) ? name : time);
      for (const input of [time, name]) input.setAttribute('aria-invalid', String(input === wrong));
      return sentence && { sentence, input: wrong };
    };
    return root;
  }

  function drop(root) {
    const next = root.nextElementSibling ?? root.previousElementSibling;
    root.remove();
    (next?.querySelector('[data-testid=chapter-delete]') ?? add).focus(); // The button is gone.
  }

  function saveByEnter(event) {
    if (event.key === 'Enter' && event.target.matches('input')) save.click();
  }

  const add = action('Add a chapter', 'chapter-add', () => {
    const added = line({ seconds: now(), title: '' });
    list.append(added);
    added.querySelector('[data-testid=chapter-name]').focus();
  }, trouble);

  const save = action('Save chapters', 'chapters-save', async () => {
    const faults = lines().map((each) => each.fault()).filter(Boolean);
    if (faults.length) {
      trouble.textContent = faults[0].sentence;
      faults[0].input.focus();
      return;
    }
    try {
      const answer = await api('PUT', path, { auth: 'required', body: { chapters: lines().map((each) => each.chapter()) }, signal });
      show(answer);
      kept(answer.chapters);
      announce('The chapters are kept');
      save.focus(); // What had the focus may be gone.
    } catch (error) {
      trouble.textContent = wording(error);
    }
  }, trouble);

  const details = h(
    'details',
    { class: 'streams', testid: 'chapters-panel' },
    h('summary', {}, 'Chapters'),
    h('p', { class: 'hint' }, 'The bar of the player is divided by them, and they are listed beside it. A chapter that is added begins where the player is.'),
    list,
    h('div', { class: 'actions' }, add, save),
    trouble,
  );
  details.addEventListener('toggle', () => {
    if (details.open) api('GET', path, { auth: 'required', signal }).then(show).catch((error) => (trouble.textContent = error.message));
  });
  return details;
}
