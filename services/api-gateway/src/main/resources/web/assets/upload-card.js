/** One upload as its owner sees it: how far it is, what can be done with it, and the form of what is said of it. */

import { announce, h, icon, notice } from './dom.js';
import { ApiError } from './api.js';
import { copyable } from './copyable.js';
import { field, form, say, showErrors } from './forms.js';
import { duration, remaining, size, wait } from './format.js';
import { filePicker } from './file-picker.js';
import { MOST_PICTURE_BYTES, PICTURES } from './picture-files.js';
import { progressBar, whyFailed } from './progress.js';
import { videoFrames } from './video-frames.js';
import { visibilityOptions } from './visibility.js';

/** Ids within the page. */
let cards = 0;

/**
 * @param choose has the person choose files
 * @param remove takes it from the list, and cancels what is not done
 * @param open whether the form is open at first
 */
export function uploadCard(job, { choose, remove, open, outOfTouch }) {
  const number = ++cards;
  const { entry } = job;
  const title = h('h2', { id: `upload-job-${number}`, testid: 'upload-job-title' });
  const sending = progressBar(`upload-progress-${number}`, 'Upload');
  const encoding = progressBar(`upload-encoding-${number}`, 'Encode');
  const place = h('div', { class: 'job-message' });
  const link = h('div', {});
  const actions = h('div', { class: 'actions' });
  const steps = [h('li', {}, sending.root), h('li', {}, encoding.root), h('li', {}, h('span', { class: 'progress-label' }, 'Watch'))];
  const unsaved = h('p', { class: 'hint private', testid: 'upload-private' });
  const about = aboutForm(job, number, open);
  const root = h(
    'li',
    {},
    h(
      'section',
      { class: 'panel job', testid: 'upload-job', 'aria-labelledby': title.id },
      title,
      h('p', { class: 'meta' }, h('span', {}, entry.name), h('span', {}, size(entry.size))),
      h('ol', { class: 'steps' }, steps),
      place,
      link,
      actions,
      unsaved,
      about.root,
    ),
  );
  let shown = null;
  let told = Math.floor(job.percent / 25) * 25;

  function update() {
    root.firstChild.dataset.phase = job.phase;
    title.textContent = (entry.wish ?? entry.draft).title || entry.name;
    showSending();
    showEncoding();
    const at = job.phase === 'ready' ? 3 : job.isOpen ? 0 : 1;
    steps.forEach((step, index) => {
      step.className = index < at ? 'done' : index > at ? 'later' : job.phase === 'failed' || job.phase === 'stopped' ? 'bad' : 'now';
      if (index === at) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    });
    const key = JSON.stringify([job.phase, job.error?.message, job.hitch, job.video?.id, isPlayable(), outOfTouch(), title.textContent]);
    if (key !== shown) {
      shown = key;
      showPhase();
    }
    const words = entry.wish ? '' : 'Until you save what is said of it, this video is private.';
    if (unsaved.textContent !== words) unsaved.textContent = words;
    about.update();
  }

  const isPlayable = () => job.video?.state === 'playable';

  function showSending() {
    const { speed, secondsLeft } = job;
    const parts = [`${job.percent} %`, `${size(job.loaded)} of ${size(entry.size)}`];
    if (job.phase === 'sending' && !job.hitch && speed) parts.push(`${size(speed)}/s`, `${remaining(secondsLeft)} left`);
    if (!job.isOpen) sending.update(100, 'Done');
    else if (job.phase === 'sending' && job.loaded === entry.size) sending.update(100, 'Checking…');
    else sending.update(job.percent, parts.join(' · '));
    const quarter = Math.floor(job.percent / 25) * 25;
    if (job.phase === 'sending' && quarter > told) announce(`${title.textContent}: uploaded ${(told = quarter)} %`);
  }

  function showEncoding() {
    const { video } = job;
    if (job.phase === 'ready') encoding.update(100, 'Done');
    else if (job.phase === 'failed') encoding.update(video.progress, 'Failed');
    else if (job.phase === 'encoding' && video && video.state !== 'uploaded') encoding.update(video.progress, `${video.progress} %`);
    else if (job.phase === 'encoding') encoding.update(null, 'Waiting for the encoder');
    else encoding.update(0, '');
  }

  function button(name, testid, click, kind = '') {
    return h('button', { type: 'button', class: `button ${kind}`, testid, 'aria-label': `${name}: ${title.textContent}`, on: { click } }, name);
  }

  function cancel() {
    if (job.loaded > 0 && !confirm(`Cancel the upload of “${title.textContent}”? What is sent of it is deleted.`)) return;
    remove();
  }

  function showPhase() {
    const hint = (text) => h('p', { class: 'hint', testid: 'upload-hint' }, text);
    const watch = (name, kind = '') => h('a', { class: `button ${kind}`, href: `#/watch/${job.video.id}`, testid: 'watch-link' }, name);
    const cancelling = button('Cancel', 'upload-cancel', cancel);
    const pausing = button('Pause', 'upload-pause', () => job.pause());
    const dismissing = button('Dismiss', 'upload-dismiss', remove);
    const keeping = actions.contains(document.activeElement);
    const show = (message, ...buttons) => {
      place.replaceChildren(...(message ? [message] : []));
      actions.replaceChildren(...buttons);
    };
    switch (job.phase) {
      case 'waiting':
        show(hint('It waits for its turn.'), pausing, cancelling);
        break;
      case 'sending':
        if (job.hitch) show(h('p', { class: 'form-message bad', testid: 'upload-hitch' }, icon('alert'), h('span', {}, `${job.hitch.sentence} It is tried again ${wait(Math.max(1, job.hitch.seconds))}.`)), button('Try now', 'upload-hurry', () => job.hurry()), pausing, cancelling);
        else show(null, pausing, cancelling);
        break;
      case 'paused':
        show(hint('It is paused. What is sent of it stays for a day.'), button('Resume', 'upload-resume', () => job.wait(), 'primary'), cancelling);
        break;
      case 'unfinished':
        show(hint(`${job.error?.message ?? 'This upload was interrupted.'} Choose “${entry.name}” again, and it goes on from there.`), button('Choose the file', 'upload-choose', choose, 'primary'), cancelling);
        break;
      case 'encoding':
        show(hint(outOfTouch() ? 'Caravan does not answer at the moment; trying again…' : 'The upload is done. You may leave this page: the platform goes on by itself.'), ...(job.video ? [watch(isPlayable() ? 'Watch what is there' : 'To the video')] : []), dismissing);
        break;
      case 'ready':
        show(h('p', { class: 'form-message good', testid: 'upload-ready' }, icon('check'), h('span', {}, 'Your video is ready.')), watch('Watch it', 'primary'), dismissing);
        announce(`${title.textContent} is ready`);
        break;
      case 'failed':
        show(notice(whyFailed(job.video), { kind: 'bad', testid: 'failure' }), dismissing);
        break;
      default:
        show(notice(whyStopped(job.error), { kind: 'bad', testid: 'upload-error' }), button('Try again', 'upload-retry', () => job.wait(), 'primary'), cancelling);
    }
    if (job.video && !link.firstChild) link.append(copyable('Link', `${location.origin}/watch/${job.video.id}`, `upload-link-${number}`, 'the link').root);
    if (keeping) actions.querySelector('a, button')?.focus();
  }

  return { root, update };
}

/** The API names what is wrong with a video; what is wrong with a file that is none stands in its sentence. */
function whyStopped(error) {
  const sentences = Object.values(error.fieldErrors).flat();
  return sentences.length ? 'This file is no video that the platform can read.' : error.message;
}

function aboutForm(job, number, open) {
  const { draft } = job.entry;
  const id = (name) => `upload-${name}-${number}`;
  const title = h('input', { id: id('title'), testid: 'upload-title', name: 'title', required: true, maxlength: '255', autocomplete: 'off', value: draft.title });
  const description = h('textarea', { id: id('description'), testid: 'upload-description', name: 'description', maxlength: '5000', rows: '4', value: draft.description });
  const visibility = h('select', { id: id('visibility'), testid: 'upload-visibility', name: 'visibility', value: draft.visibility }, visibilityOptions());
  const thumbnail = filePicker({ id: id('thumbnail'), name: 'thumbnail', accept: PICTURES.join(), text: 'Choose a picture', hint: '', iconName: 'image' });
  thumbnail.input.dataset.testid = 'upload-thumbnail';
  const moments = h('fieldset', { class: 'moments', hidden: true });
  const second = () => {
    const chosen = moments.querySelector('input:checked')?.value;
    return chosen && !thumbnail.input.files[0] ? Number(chosen) : null;
  };
  const wish = () => ({ title: title.value.trim(), description: description.value.trim(), visibility: visibility.value, second: second() });

  const element = form(id('form'), [
    field('Title', title),
    field('Description', description, { optional: true, hint: 'Without one the title is shown.' }),
    field('Who may see it', visibility, { hint: 'You can change it at any time.' }),
    moments,
    field('Thumbnail: a picture of your own', thumbnail.input, { surface: thumbnail.surface, optional: true, hint: 'JPEG, PNG, WebP or GIF of at most 10 MB.' }),
  ], 'Save', async () => {
    const picture = thumbnail.input.files[0] ?? null;
    check(wish(), picture);
    await job.save(wish(), picture);
    say(element, job.video ? 'Saved.' : 'Saved. It holds as soon as the upload is done.', 'good');
  });
  element.querySelector('[type=submit]').dataset.testid = 'upload-save';
  element.querySelector('.form-message').dataset.testid = 'upload-form-message';
  const root = h('details', { class: 'streams', testid: 'upload-about', open }, h('summary', {}, 'Title, description and who may see it'), element);
  // Saved is what was saved; until then it is kept with the upload, for a tab that crashes.
  element.addEventListener('input', () => {
    say(element, '');
    job.draft(wish());
  });

  let looked = null;
  const look = async () => {
    if (!root.open || !job.file || looked === job.file) return;
    looked = job.file;
    showMoments(await videoFrames(job.file));
  };
  root.addEventListener('toggle', look);

  function showMoments(frames) {
    const choice = (value, name, picture) => {
      const input = h('input', { type: 'radio', name: id('moment'), value, testid: 'upload-moment', checked: value === String(draft.second ?? '') });
      return h('label', { class: 'moment' }, input, picture, h('span', {}, name));
    };
    moments.hidden = frames.length === 0;
    moments.replaceChildren(h('legend', {}, 'Thumbnail: a frame of the video'), choice('', 'Automatic', null), ...frames.map(([at, canvas]) => choice(String(at), duration(at), canvas)));
  }

  let refused = null;
  return {
    root,
    update() {
      look();
      if (job.refusal && job.refusal !== refused) {
        root.open = true;
        const rest = showErrors(element, job.refusal.fieldErrors);
        say(element, [job.refusal.message, ...rest].join(' '), 'bad');
      }
      refused = job.refusal;
    },
  };
}

function check({ title }, picture) {
  const errors = {};
  if (!title) errors.title = ['title is required'];
  if (picture?.type && !PICTURES.includes(picture.type)) errors.thumbnail = ['This file is no JPEG, PNG, WebP or GIF image.'];
  else if (picture?.size > MOST_PICTURE_BYTES) errors.thumbnail = ['This file is larger than 10 MB.'];
  if (Object.keys(errors).length) throw new ApiError(400, 'Something is missing: see the marked fields.', errors);
}
