/** The keys that steer the player: one table, of which the keyboard and the dialog that lists them are made. */

import { h } from './dom.js';

const ANYWHERE = 'caravan.keys';
const NUMBERS = [...'0123456789'];

/**
 * Each: what it does, the keys as `KeyboardEvent.key` says them, how they are shown, and whether only the focus in the player makes
 * them keys of the player's, since elsewhere they are the page's.
 */
const KEYS = [
  { does: 'Play or pause', keys: [' ', 'k'], shown: ['Space', 'K'], act: (player) => player.toggle() },
  { does: 'Back 10 seconds', keys: ['j'], shown: ['J'], act: (player) => player.seekBy(-10) },
  { does: 'On 10 seconds', keys: ['l'], shown: ['L'], act: (player) => player.seekBy(10) },
  { does: 'Back and on 5 seconds', keys: ['ArrowLeft', 'ArrowRight'], shown: ['←', '→'], within: true, act: (player, key) => player.seekBy(key === 'ArrowLeft' ? -5 : 5) },
  { does: 'Louder and quieter', keys: ['ArrowUp', 'ArrowDown'], shown: ['↑', '↓'], within: true, act: (player, key) => player.louderBy(key === 'ArrowUp' ? 0.05 : -0.05) },
  { does: 'Mute', keys: ['m'], shown: ['M'], act: (player) => player.mute() },
  { does: 'To 0 % … 90 %', keys: NUMBERS, shown: ['0', '…', '9'], act: (player, key) => player.seekTo(key / 10) },
  { does: 'Slower and faster', keys: ['<', '>'], shown: ['<', '>'], act: (player, key) => player.fasterBy(key === '>' ? 0.25 : -0.25) },
  { does: 'Captions', keys: ['c'], shown: ['C'], act: (player) => player.captions() },
  { does: 'Full screen', keys: ['f'], shown: ['F'], act: (player) => player.fullscreen() },
  { does: 'Picture in picture', keys: ['p'], shown: ['P'], act: (player) => player.pictureInPicture() },
  { does: 'This list', keys: ['?'], shown: ['?'], act: (player) => player.listKeys() },
];

/** Whether keys steer the player wherever the focus is; by the person's choice only while it is in the player. */
function anywhere() {
  try {
    return localStorage.getItem(ANYWHERE) !== 'within';
  } catch {
    return true;
  }
}

function choose(everywhere) {
  try {
    if (everywhere) localStorage.removeItem(ANYWHERE);
    else localStorage.setItem(ANYWHERE, 'within');
  } catch {
    // Storage is forbidden: it stays as it is.
  }
}

/**
 * @param controller where the focus is to be for some of the keys
 * @param player what the keys do
 * @param signal ends it
 */
export function steerByKeys({ controller, player, signal }) {
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const key = KEYS.find(({ keys }) => keys.includes(pressed));
      if (!key || !isPlayers(event, key, pressed, controller)) return;
      event.preventDefault();
      key.act(player, pressed);
    },
    { signal },
  );
}

/** Whatever else has a use for a key goes first: text fields, buttons, sliders, menus, dialogs. */
function isPlayers(event, key, pressed, controller) {
  const path = event.composedPath();
  if (document.querySelector('dialog[open]')) return false;
  if (path[0].matches?.('input:not([type=range]), textarea, select, [contenteditable]')) return false;
  if (!path.includes(controller)) return !key.within && anywhere() && !(pressed === ' ' && path[0].matches?.('a, button, summary, input'));
  if (pressed === ' ' && path[0].matches?.('a, button')) return false;
  // The time's own step is a part of the video, which in a long one is minutes.
  const isTime = path.some(({ localName }) => localName === 'media-time-range') && ['ArrowLeft', 'ArrowRight'].includes(pressed);
  return isTime || !path.some((element) => element !== controller && element.keysUsed?.includes(pressed));
}

export function keyDialog() {
  const rows = KEYS.map(({ does, shown }) => h('tr', {}, h('td', {}, shown.map((name) => (name === '…' ? '…' : h('kbd', {}, name)))), h('td', {}, does)));
  const everywhere = h('input', { type: 'checkbox', id: 'keys-anywhere', testid: 'keys-anywhere', checked: anywhere(), on: { change: () => choose(everywhere.checked) } });
  return h('dialog', { class: 'sheet', id: 'player-keys', testid: 'player-keys', 'aria-labelledby': 'player-keys-title' },
    h('h2', { id: 'player-keys-title' }, 'Keys of the player'),
    h('table', { class: 'keys' }, h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, 'Keys'), h('th', { scope: 'col' }, 'What they do'))), h('tbody', {}, rows)),
    h('div', { class: 'check-line' }, everywhere, h('label', { for: 'keys-anywhere' }, 'Also while the focus is elsewhere on the page')),
    h('form', { method: 'dialog', class: 'actions' }, h('button', { class: 'button primary', testid: 'close-keys' }, 'Close')),
  );
}
