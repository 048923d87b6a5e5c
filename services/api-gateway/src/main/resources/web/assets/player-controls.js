/** What stands around the picture: Media Chrome's elements, and the dialogs that they open. */

import { h, icon } from './dom.js';
import { captionLook } from './caption-look.js';
import { keyDialog } from './player-keys.js';

const SPEEDS = '0.25 0.5 0.75 1 1.25 1.5 1.75 2';

/**
 * @param title for screen readers
 * @returns the whole as `root`, `label` to call once it stands in the page; `controller`, which takes Media Chrome's requests; `ending`, for what follows; `tell`, which says for a moment what a key did
 */
export function controls({ video, title }) {
  const told = h('div', { class: 'told', role: 'status', slot: 'top-chrome', noautohide: true, testid: 'player-told' });
  const ending = h('div', { class: 'ending', slot: 'centered-chrome', noautohide: true, hidden: true, testid: 'ending' });
  const look = captionLook(video);
  const keys = keyDialog();
  const settings = h('media-settings-menu', { id: 'player-settings', hidden: true, anchor: 'player-settings-button' },
    // In the place of a way back, which the first menu has not.
    h('span', { slot: 'header', hidden: true }),
  );
  const hasCaptions = () => [...video.textTracks].some(({ kind }) => kind === 'subtitles' || kind === 'captions');
  const entries = [
    { entry: submenu('Quality', h('media-rendition-menu', { testid: 'quality-menu' })), when: () => video.videoRenditions.length > 0 },
    { entry: submenu('Speed', h('media-playback-rate-menu', { rates: SPEEDS, testid: 'speed-menu' })), when: () => true },
    { entry: submenu('Sound track', h('media-audio-track-menu', { testid: 'sound-menu' })), when: () => video.audioTracks?.length > 1 },
    { entry: submenu('Captions', h('media-captions-menu', { testid: 'captions-menu' })), when: hasCaptions },
    { entry: opener('Look of captions', look, 'open-look'), when: hasCaptions },
    { entry: opener('Keys', keys, 'open-keys'), when: () => matchMedia('(any-hover: hover)').matches },
  ];
  // What there is nothing to choose of is not in the menu: hidden there, it would still be a stop for the arrow keys.
  const arrange = () => {
    const wanted = entries.filter(({ when }) => when()).map(({ entry }) => entry);
    const shown = entries.map(({ entry }) => entry).filter((entry) => entry.parentNode);
    if (wanted.length === shown.length && wanted.every((entry) => entry.parentNode)) return;
    shown.forEach((entry) => entry.remove());
    settings.append(...wanted);
  };
  arrange();
  video.videoRenditions.addEventListener('addrendition', arrange);
  for (const tracks of [video.textTracks, video.audioTracks].filter(Boolean)) {
    for (const event of ['addtrack', 'removetrack']) tracks.addEventListener(event, arrange);
  }
  const captions = h('media-captions-button', { testid: 'captions' });
  const settingsButton = h('media-settings-menu-button', { id: 'player-settings-button', invoketarget: settings.id, testid: 'player-settings' });
  for (const dialog of [look, keys]) {
    dialog.addEventListener('invoke', () => {
      settingsButton.focus();
      settings.hidden = true;
      dialog.showModal();
    });
  }
  const controller = h('media-controller', { class: 'controller', id: 'controller', nohotkeys: true, testid: 'controller' },
    video,
    h('media-loading-indicator', { slot: 'centered-chrome', noautohide: true }),
    told,
    ending,
    settings,
    h('media-control-bar', { class: 'controls-time' }, h('media-time-range', { testid: 'time' })),
    h('media-control-bar', { class: 'controls' },
      h('media-play-button', { testid: 'play' }),
      h('media-mute-button', { testid: 'mute' }),
      h('media-volume-range'),
      h('media-time-display', { showduration: true, notoggle: true }),
      h('span', { class: 'spacer' }),
      captions,
      settingsButton,
      h('media-airplay-button'),
      h('media-cast-button'),
      h('media-pip-button', { testid: 'pip' }),
      h('media-fullscreen-button', { testid: 'fullscreen' }),
    ),
  );
  let forgetting;
  const tell = (text) => {
    told.textContent = text;
    clearTimeout(forgetting);
    forgetting = setTimeout(() => (told.textContent = ''), 1500);
  };
  // Media Chrome has words of its own for these as soon as they stand in the page.
  const label = () => {
    controller.setAttribute('aria-label', title);
    captions.role = 'switch';
  };
  const root = h('div', { class: 'player' }, controller, look, keys);
  return { root, label, controller, ending, keys, tell };
}

function submenu(name, menu) {
  menu.slot = 'submenu';
  menu.hidden = true;
  // In the place of its own, which is a button among the entries of a menu, and so none of them to who can't see it.
  menu.append(h('button', { slot: 'header', type: 'button', part: 'back button', role: 'menuitem', tabindex: '-1', class: 'controls-back', 'aria-label': `${name}: back` }, icon('back'), name));
  return h('media-settings-menu-item', { testid: `open-${menu.dataset.testid}` }, name, menu);
}

/** An entry that opens a dialog. */
function opener(name, dialog, testid) {
  return h('media-settings-menu-item', { class: 'opener', invoketarget: dialog.id, testid }, name);
}
