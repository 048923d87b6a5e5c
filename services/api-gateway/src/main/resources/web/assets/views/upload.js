/** Choosing files, and what becomes of each. */

import { h, heading, icon } from '../dom.js';
import { filePicker } from '../file-picker.js';
import { field } from '../forms.js';
import { importsPanel } from '../imports.js';
import { ownQuota, usage, whyNoRoom } from '../quota.js';
import { uploadCard } from '../upload-card.js';
import { uploads } from '../upload-queue.js';

/** What a chooser offers: sound alone and moving GIFs are published, too, and of some kinds no browser knows the type. */
const VIDEOS = 'video/*,audio/*,image/gif,.mkv,.mka,.avi,.flv,.ts,.m2ts,.mov,.wmv,.wma,.ac3,.amr';

export function upload({ main, signal }) {
  const picker = filePicker({ id: 'upload-video', name: 'video', accept: VIDEOS, text: 'Choose videos', hint: 'or drop them anywhere on this page', iconName: 'upload', multiple: true });
  const room = h('div', { role: 'status' });
  const refusals = h('div', { role: 'alert', testid: 'upload-refused' });
  const list = h('ol', { class: 'uploads', testid: 'uploads' });
  const head = heading('Upload videos');
  const choosing = h('div', {}, field('Videos', picker.input, { surface: picker.surface, hint: 'Or sound alone, such as a podcast, or a moving GIF. They are sent at once, and go on after an interruption.' }), refusals);
  main.append(h('div', { class: 'medium' }, h('div', { class: 'view-head' }, head), h('div', { class: 'sections' }, room, choosing, importsPanel(signal, () => showRoomAnew()), list)));
  picker.input.addEventListener('change', () => {
    uploads.add([...picker.input.files]);
    picker.input.value = '';
  });

  let counted = null;
  const showRoomAnew = () => {
    counted = null;
    showRoom();
  };
  const showRoom = async () => {
    const open = uploads.jobs.filter((job) => job.isOpen).length;
    if (counted === open) return;
    counted = open;
    // Where it can't be had now the platform says it when an upload begins.
    const quota = await ownQuota(signal).catch(() => null);
    if (quota === null) return;
    const why = whyNoRoom(quota, 1);
    room.replaceChildren(usage(quota), ...(why ? [h('p', { class: 'form-message bad', testid: 'upload-no-room' }, icon('alert'), h('span', {}, why))] : []));
  };

  const cards = new Map();
  const update = () => {
    for (const [job, card] of cards) {
      if (uploads.jobs.includes(job)) continue;
      // The button that has the focus goes with it.
      if (card.root.contains(document.activeElement)) head.focus();
      card.root.remove();
      cards.delete(job);
    }
    for (const job of uploads.jobs) if (!cards.has(job)) add(job);
    for (const card of cards.values()) card.update();
    const sentences = uploads.refusals.map((text) => h('p', { class: 'form-message bad' }, icon('alert'), h('span', {}, text)));
    if (refusals.textContent !== uploads.refusals.join('')) refusals.replaceChildren(...sentences);
    showRoom();
  };

  function add(job) {
    const open = !job.entry.wish && ![...cards.keys()].some((other) => !other.entry.wish);
    const card = uploadCard(job, { choose: () => picker.input.click(), remove: () => uploads.remove(job), open, outOfTouch: () => uploads.outOfTouch });
    cards.set(job, card);
    list.append(card.root);
  }

  uploads.addEventListener('change', update, { signal });
  update();
  return 'Upload videos';
}
