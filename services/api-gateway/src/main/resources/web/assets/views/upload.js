/** Choosing a file and saying what it is; then how far it is, to the ready video. */

import { announce, h, heading, icon, notice } from '../dom.js';
import { ApiError } from '../api.js';
import { field, form, restoreDrafts, say, showErrors } from '../forms.js';
import { remaining, size } from '../format.js';
import { ownQuota, usage, whyNoRoom } from '../quota.js';
import { progressBar, whyFailed } from '../progress.js';
import { visibilityOptions } from '../visibility.js';
import { uploadJob as job } from '../upload-job.js';

const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** What a chooser offers: sound alone and moving GIFs are published, too, and of some kinds no browser knows the type. */
const VIDEOS = 'video/*,audio/*,image/gif,.mkv,.mka,.avi,.flv,.ts,.m2ts,.mov,.wmv,.wma,.ac3,.amr';

/** Types of what is none of these. Some systems take a transport stream for a translation, which is text/vnd. */
const NO_VIDEO = /^image\/(?!gif$)|^text\/(?!vnd)|pdf|zip/;

export function upload({ main, full, signal }) {
  const body = h('div', {});
  const head = heading('Upload a video');
  main.append(h('div', { class: 'medium' }, h('div', { class: 'view-head' }, head), body));

  let panel = null;
  const update = () => {
    if (job.phase === 'idle') {
      panel = null;
      if (!body.querySelector('form')) body.replaceChildren(uploadForm(signal));
    } else if (job.phase === 'stopped' && Object.keys(job.error.fieldErrors).length) {
      mend(job.error);
    } else {
      if (!panel) body.replaceChildren((panel = progressPanel()).root);
      panel.update();
    }
  };

  /** Back to the form, with the platform's sentences. */
  function mend(error) {
    panel = null;
    const element = uploadForm(signal);
    body.replaceChildren(element);
    const rest = showErrors(element, error.fieldErrors);
    say(element, [error.message, ...rest].join(' '), 'bad');
  }

  job.addEventListener('change', update, { signal });
  // The session had ended on the way; it is here again, so the rest can be done.
  if (job.phase === 'stopped' && job.error.status === 401) job.resume();
  update();
  restoreDrafts(full, body);
  return 'Upload a video';
}

function uploadForm(signal) {
  const { wish } = job;
  const title = h('input', { id: 'upload-title', name: 'title', required: true, maxlength: '255', autocomplete: 'off', value: wish?.title });
  const description = h('textarea', { id: 'upload-description', name: 'description', required: true, maxlength: '5000', rows: '4', value: wish?.description });
  const visibility = h('select', { id: 'upload-visibility', name: 'visibility', value: wish?.visibility ?? 'public' }, visibilityOptions());
  const video = filePicker({ id: 'upload-video', name: 'video', accept: VIDEOS, text: 'Choose a video', drop: 'or drop it here', iconName: 'upload', file: wish?.video });
  const thumbnail = filePicker({ id: 'upload-thumbnail', name: 'thumbnail', accept: PICTURES.join(), text: 'Choose a picture', drop: '', iconName: 'image', file: wish?.thumbnail, preview: true });
  const room = h('div', { role: 'status' });
  let quota = null;
  const showRoom = () => {
    const why = quota ? whyNoRoom(quota, video.input.files[0]?.size ?? 1) : '';
    room.replaceChildren(...(quota ? [usage(quota)] : []), ...(why ? [h('p', { class: 'form-message bad', testid: 'upload-no-room' }, icon('alert'), h('span', {}, why))] : []));
  };
  // Where it can't be had now the platform says it when the upload begins.
  ownQuota(signal).then((found) => (quota = found), () => {}).then(showRoom);
  video.input.addEventListener('change', () => {
    const file = video.input.files[0];
    if (file && !title.value.trim()) title.value = nameOf(file);
    showRoom();
  });
  const fields = [
    room,
    field('Video', video.input, { surface: video.surface, hint: 'Or sound alone, such as a podcast, or a moving GIF.' }),
    field('Title', title),
    field('Description', description),
    field('Who may see it', visibility, { hint: 'You can change it at any time.' }),
    field('Thumbnail', thumbnail.input, { surface: thumbnail.surface, optional: true, hint: 'JPEG, PNG, WebP or GIF. Without one, a frame of the video is taken.' }),
  ];
  return form('upload-form', fields, 'Upload', async () => {
    const asked = { title: title.value.trim(), description: description.value.trim(), visibility: visibility.value, video: video.input.files[0], thumbnail: thumbnail.input.files[0] ?? null };
    check(asked, quota);
    announce('The upload has begun');
    job.start(asked);
  });
}

/** What can be known before gigabytes are sent; the rest is the platform's to judge. */
function check({ title, description, video, thumbnail }, quota) {
  const errors = {};
  if (!video) errors.video = ['Choose a video.'];
  else if (video.size === 0) errors.video = ['This file is empty.'];
  else if (NO_VIDEO.test(video.type)) errors.video = ['This file is no video.'];
  else if (quota && whyNoRoom(quota, video.size)) errors.video = [whyNoRoom(quota, video.size)];
  if (!title) errors.title = ['title is required'];
  if (!description) errors.description = ['description is required'];
  if (thumbnail?.type && !PICTURES.includes(thumbnail.type)) errors.thumbnail = ['This file is no JPEG, PNG, WebP or GIF image.'];
  if (Object.keys(errors).length) throw new ApiError(400, 'Something is missing: see the marked fields.', errors);
}

function nameOf(file) {
  return file.name.replace(/\.[^.]{1,5}$/, '').replace(/[_-]+/g, ' ').trim().slice(0, 255);
}

/** A file input under a surface to drop on; keyboard and screen readers meet the plain input. */
function filePicker({ id, name, accept, text, drop, iconName, file, preview = false }) {
  const input = h('input', { id, name, type: 'file', accept });
  const picture = h('span', { class: 'picker-picture' }, icon(iconName));
  const words = h('span', { class: 'picker-words' });
  const surface = h('div', { class: 'picker' }, input, h('div', { class: 'picker-face', 'aria-hidden': 'true' }, picture, words));
  const show = () => {
    const chosen = input.files[0];
    surface.classList.toggle('chosen', Boolean(chosen));
    words.replaceChildren(h('strong', {}, chosen?.name ?? text), h('span', {}, chosen ? size(chosen.size) : drop));
    picture.replaceChildren(icon(iconName));
    if (preview && chosen?.type.startsWith('image/')) showPicture(chosen, picture);
  };
  const over = (yes) => () => surface.classList.toggle('over', yes);
  input.addEventListener('dragenter', over(true));
  input.addEventListener('dragleave', over(false));
  input.addEventListener('drop', over(false));
  input.addEventListener('change', show);
  if (file) {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
  }
  show();
  return { surface, input };
}

/** As a data URL: the content security policy lets no blob: pictures in. */
function showPicture(file, place) {
  const reader = new FileReader();
  reader.onload = () => {
    const image = h('img', { src: reader.result, alt: '', on: { error: () => image.replaceWith(icon('image')) } });
    place.replaceChildren(image);
  };
  reader.readAsDataURL(file);
}

function progressPanel() {
  const sending = progressBar('upload-progress', 'Upload');
  const encoding = progressBar('encode-progress', 'Encode');
  const place = h('div', { class: 'job-message' });
  const actions = h('div', { class: 'actions' });
  const steps = [h('li', {}, sending.root), h('li', {}, encoding.root), h('li', {}, h('span', { class: 'progress-label' }, 'Watch'))];
  const root = h(
    'section',
    { class: 'panel job', testid: 'upload-job', 'aria-label': 'Upload' },
    h('h2', { testid: 'upload-job-title' }, job.wish.title),
    h('p', { class: 'meta' }, h('span', {}, job.wish.video.name), h('span', {}, size(job.wish.video.size))),
    h('ol', { class: 'steps' }, steps),
    place,
    actions,
  );
  let shownPhase = null;
  let told = 0;

  function update() {
    root.dataset.phase = job.phase;
    showSending();
    showEncoding();
    const at = job.phase === 'ready' ? 3 : job.isSent && job.phase !== 'announcing' ? 1 : 0;
    steps.forEach((step, index) => {
      const state = index < at ? 'done' : index === at ? (job.phase === 'failed' || job.phase === 'stopped' ? 'bad' : 'now') : 'later';
      step.className = state;
      if (index === at) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    });
    const key = `${job.phase} ${job.outOfTouch} ${job.video?.id} ${isPlayable()}`;
    if (key !== shownPhase) {
      shownPhase = key;
      showPhase();
    }
  }

  const isPlayable = () => job.video?.state === 'playable';

  function showSending() {
    const left = job.secondsLeft;
    const far = `${job.percent} % · ${size(job.loaded)} of ${size(job.total)}`;
    if (job.isSent) sending.update(100, job.phase === 'announcing' ? 'Checking…' : 'Done');
    else sending.update(job.percent, job.phase === 'sending' && left !== null && job.percent < 100 ? `${far} · ${remaining(left)} left` : far);
    const quarter = Math.floor(job.percent / 25) * 25;
    if (job.phase === 'sending' && quarter > told) announce(`Uploaded ${(told = quarter)} %`);
  }

  function showEncoding() {
    const { video } = job;
    if (job.phase === 'ready') encoding.update(100, 'Done');
    else if (job.phase === 'failed') encoding.update(video.progress, 'Failed');
    else if (job.phase === 'encoding' && video && video.state !== 'uploaded') encoding.update(video.progress, `${video.progress} %`);
    else if (job.phase === 'encoding') encoding.update(null, 'Waiting for the encoder');
    else encoding.update(0, '');
  }

  function showPhase() {
    const button = (name, testid, click, kind = '') => h('button', { type: 'button', class: `button ${kind}`, testid, on: { click } }, name);
    const another = () => button('Upload another', 'upload-another', () => job.cancel());
    const keeping = actions.contains(document.activeElement);
    switch (job.phase) {
      case 'sending':
        place.replaceChildren();
        actions.replaceChildren(button('Cancel', 'upload-cancel', () => job.cancel()));
        break;
      case 'announcing':
        place.replaceChildren();
        actions.replaceChildren();
        break;
      case 'encoding':
        place.replaceChildren(h('p', { class: 'hint' }, job.outOfTouch ? 'Caravan does not answer at the moment; trying again…' : 'The upload is done. You may leave this page: the platform goes on by itself.'));
        actions.replaceChildren(...(job.video ? [h('a', { class: 'button', href: `#/watch/${job.video.id}`, testid: 'watch-link' }, isPlayable() ? 'Watch what is there' : 'To the video')] : []), another());
        break;
      case 'ready':
        place.replaceChildren(h('p', { class: 'form-message good', testid: 'upload-ready' }, icon('check'), h('span', {}, 'Your video is ready.')));
        actions.replaceChildren(h('a', { class: 'button primary', href: `#/watch/${job.video.id}`, testid: 'watch-link' }, 'Watch it'), another());
        announce('Your video is ready');
        break;
      case 'failed':
        place.replaceChildren(notice(whyFailed(job.video), { kind: 'bad', testid: 'failure' }));
        actions.replaceChildren(another());
        break;
      default:
        place.replaceChildren(notice(job.error.message, { kind: 'bad', testid: 'upload-error' }));
        actions.replaceChildren(
          button('Try again', 'upload-retry', () => job.resume(), 'primary'),
          job.isSent ? another() : button('Change something', 'upload-revise', () => job.revise()),
        );
    }
    if (keeping) actions.querySelector('a, button')?.focus();
  }

  return { root, update };
}
