/** What is said in a video, and its chapters, beside the player: searched, followed, and a way to each place. */

import { h } from './dom.js';
import { duration } from './format.js';
import { cues } from './webvtt.js';

/** More at once is slow to show; a search finds the rest. */
const MOST_SHOWN = 3000;

/**
 * @param playback with `captions` and `chapters`
 * @param player finds the video element, when there is one
 * @param signal ends what is asked for
 * @returns an element, or null when there is nothing to show
 */
export function transcript({ captions = [], chapters = [] }, player, signal) {
  const shown = captions.filter((each) => each.url);
  if (!shown.length && !chapters.length) return null;
  return h('div', { class: 'transcript' }, chapters.length > 0 && chapterList(chapters, player), shown.length > 0 && spoken(shown, player, signal));
}

function seek(player, seconds) {
  const video = player();
  if (!video) return;
  video.currentTime = seconds;
  video.play().catch(() => {}); // A browser may want a press on the player itself.
}

function place(player, seconds, text) {
  return h('button', { type: 'button', class: 'place', 'data-start': seconds, on: { click: () => seek(player, seconds) } }, h('span', { class: 'meta' }, duration(seconds)), ' ', text);
}

function chapterList(chapters, player) {
  return h('details', { class: 'streams', testid: 'chapters', open: true }, h('summary', {}, 'Chapters'), h('ol', { class: 'places' }, chapters.map((chapter) => h('li', {}, place(player, chapter.seconds, chapter.title)))));
}

function spoken(captions, player, signal) {
  const first = captions.find((each) => each.default) ?? captions[0];
  const language = h('select', { 'aria-label': 'Language of the transcript', testid: 'transcript-language', value: first.language }, captions.map((each) => h('option', { value: each.language }, each.label)));
  const search = h('input', { type: 'search', 'aria-label': 'Search the transcript', placeholder: 'Search', testid: 'transcript-search', autocomplete: 'off' });
  const state = h('p', { class: 'hint', role: 'status' });
  const list = h('ol', { class: 'places scrolled', testid: 'transcript' });
  const details = h('details', { class: 'streams', testid: 'transcript-panel' }, h('summary', {}, 'Transcript'), h('div', { class: 'transcript-bar' }, language, search), state, list);
  let all = [];

  async function load() {
    const { url } = captions.find((each) => each.language === language.value);
    all = [];
    state.textContent = 'Loading';
    list.replaceChildren();
    try {
      const answer = await fetch(url, { signal, credentials: 'omit' });
      if (!answer.ok) throw new Error(String(answer.status));
      all = cues(await answer.text());
      show();
    } catch {
      if (!signal.aborted) state.textContent = 'The transcript can’t be shown now. Load the page again.';
    }
  }

  function show() {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter(({ text }) => words.every((word) => text.toLocaleLowerCase().includes(word)));
    list.replaceChildren(...found.slice(0, MOST_SHOWN).map(({ start, text }) => h('li', {}, place(player, start, text))));
    state.textContent = words.length || found.length > MOST_SHOWN ? `${found.length} of ${all.length}` : '';
    follow();
  }

  /** Marks what is said at this moment. */
  function follow() {
    const now = player()?.currentTime ?? 0;
    let current = null;
    for (const each of list.querySelectorAll('.place')) {
      if (Number(each.dataset.start) > now) break;
      current = each;
    }
    const former = list.querySelector('[aria-current]');
    if (former === current) return;
    former?.removeAttribute('aria-current');
    current?.setAttribute('aria-current', 'true');
  }

  language.addEventListener('change', load);
  search.addEventListener('input', show);
  details.addEventListener('toggle', () => details.open && !all.length && load());
  // Events of the video do not bubble, and it comes later than this, and may be replaced: each is heard on its way down.
  document.addEventListener('timeupdate', (event) => details.open && event.target === player() && follow(), { capture: true, signal });
  return details;
}
