/** Progress bars and the states of a video. */

import { h, icon } from './dom.js';
import { STATE_ICONS } from './cards.js';

/** A labelled bar; without a value it says "something is going on". */
export function progressBar(id, label) {
  const name = h('span', { class: 'progress-label', id: `${id}-label` }, label);
  const text = h('span', { class: 'progress-text', testid: `${id}-text` });
  const bar = h('progress', { id, testid: id, max: '100', 'aria-labelledby': `${id}-label` });
  const root = h('div', { class: 'progress' }, h('div', { class: 'progress-head' }, name, text), bar);
  return {
    root,
    update(percent, note) {
      if (percent == null) bar.removeAttribute('value');
      else bar.value = percent;
      text.textContent = note;
    },
    rename(words) {
      name.textContent = words;
    },
  };
}

/** "encoding 43 %", as one reads it. */
export function stateText(video) {
  switch (video.state) {
    case 'uploaded':
      return 'Waiting';
    case 'encoding':
      return `Encoding ${video.progress} %`;
    case 'playable':
      return `Playable, encoding ${video.progress} %`;
    case 'failed':
      return 'Failed';
    default:
      return 'Ready';
  }
}

export function stateChip(video) {
  return h(
    'span',
    { class: `chip ${video.state}`, testid: 'video-state', 'data-state': video.state },
    icon(STATE_ICONS[video.state] ?? 'clock'),
    stateText(video),
  );
}

/** Whether the encoder has something to do yet; a playable one can be watched meanwhile. */
export function isUnderWay(video) {
  return ['uploaded', 'encoding', 'playable'].includes(video.state);
}

export function whyFailed(video) {
  return video.failure || 'This video could not be encoded.';
}

/** What of the file could not be read, for its owner; nothing when all could. */
export function warningList(video) {
  return video.warnings?.length > 0 && h('ul', { class: 'warnings', testid: 'warnings' }, video.warnings.map((warning) => h('li', {}, warning)));
}
