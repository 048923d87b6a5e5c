/**
 * The one upload of this page, from the chosen file to a video that can be watched. It lives beside the views, so it goes
 * on while its owner looks at something else, and after a failure it goes on from where it stopped.
 */

import { api, ApiError } from './api.js';
import { poll } from './poll.js';
import { isUnderWay } from './progress.js';
import { session } from './session.js';

/** Addresses to upload to hold for 15 minutes; older than this they are not begun with. */
const ADDRESS_LIFETIME_MS = 10 * 60_000;

/** An announced video shows up in the catalogue within moments; after this long it is not waited for any more. */
const CATALOGUE_PATIENCE_MS = 60_000;

/**
 * Fires `change`.
 *
 * Phases: `idle`; `sending` the files; `announcing` them; `encoding` (seen in the catalogue or waiting to be); then
 * `ready` or `failed` (by the encoder), or `stopped` by an error and to be resumed.
 */
class UploadJob extends EventTarget {
  phase = 'idle';
  /** title, description, visibility, video, thumbnail: as it was asked for. */
  wish = null;
  /** The video in the catalogue, once it is there. */
  video = null;
  /** Why it stopped. */
  error = null;
  /** While encoding: the platform does not answer at present. */
  outOfTouch = false;
  loaded = 0;
  #startedAt = 0;
  #slot = null;
  #call = null;
  /** Announced videos by id, with the time, until seen in the catalogue. */
  #announced = new Map();

  get total() {
    return this.wish ? this.wish.video.size : 0;
  }

  get percent() {
    return this.total ? Math.min(100, Math.floor((this.loaded / this.total) * 100)) : 0;
  }

  get isSending() {
    return this.phase === 'sending' || this.phase === 'announcing';
  }

  /** The file is at the platform, and stays there when only the words about it are mended. */
  get isSent() {
    return this.#slot?.videoSent ?? false;
  }

  /** Seconds that the rest takes at the speed so far; null while that can't be said. */
  get secondsLeft() {
    const elapsed = (performance.now() - this.#startedAt) / 1000;
    return elapsed < 1 || !this.loaded ? null : ((this.total - this.loaded) / this.loaded) * elapsed;
  }

  /** @param wish title, description, visibility, video (File), thumbnail (File or null) */
  start(wish) {
    if (wish.video !== this.wish?.video || wish.thumbnail !== this.wish?.thumbnail) this.#slot = null;
    this.wish = wish;
    this.video = null;
    return this.resume();
  }

  async resume() {
    this.#call?.abort();
    const call = (this.#call = new AbortController());
    try {
      await this.#run(call.signal);
    } catch (error) {
      if (call.signal.aborted) return;
      this.#become('stopped', { error });
    }
  }

  /** Back to the form; what was asked for stays in `wish`. */
  revise() {
    this.#call?.abort();
    this.#become('idle', {});
  }

  /** Ends it and forgets it. What is uploaded by now is of no use without being announced. */
  cancel() {
    this.#call?.abort();
    this.#slot = this.wish = this.video = null;
    this.loaded = 0;
    this.#become('idle', {});
  }

  /**
   * Whether the catalogue is behind: a video was announced and is not among these.
   *
   * @param videos as the catalogue knows them now
   */
  isAwaiting(videos) {
    videos.forEach((video) => this.#announced.delete(video.video_id));
    return [...this.#announced.values()].some((since) => Date.now() - since < CATALOGUE_PATIENCE_MS);
  }

  /** It belongs to somebody else than who is here now. */
  get isForeign() {
    return this.#slot !== null && session.user !== null && this.#slot.owner !== session.user.id;
  }

  async #run(signal) {
    if (!this.#slot?.videoSent) await this.#send(signal);
    if (!this.#slot.announced) await this.#announce(signal);
    await this.#follow(signal);
  }

  async #send(signal) {
    this.loaded = 0;
    this.#become('sending');
    if (!this.#slot || Date.now() - this.#slot.since > ADDRESS_LIFETIME_MS) {
      const addresses = await api('POST', `/videos/upload/presigned-url?size=${this.total}`, { auth: 'required', signal });
      this.#slot = { ...addresses, owner: session.user?.id, since: Date.now() };
    }
    const slot = this.#slot;
    try {
      if (this.wish.thumbnail && !slot.thumbnailSent) {
        await put(slot.thumbnail_url, this.wish.thumbnail, 'thumbnail', signal);
        slot.thumbnailSent = true;
      }
      this.#startedAt = performance.now();
      await put(slot.video_url, this.wish.video, 'video', signal, (loaded) => {
        this.loaded = loaded;
        this.#become('sending');
      });
      slot.videoSent = true;
    } catch (error) {
      // Refused addresses are not tried again.
      if (error.status) this.#slot = null;
      throw error;
    }
  }

  async #announce(signal) {
    this.loaded = this.total;
    this.#become('announcing');
    const { title, description, visibility } = this.wish;
    const { video_id, thumbnail_id } = this.#slot;
    try {
      await api('POST', '/videos/upload/webhook', { auth: 'required', signal, body: { video_id, thumbnail_id, title, description, visibility } });
      this.#slot.announced = true;
      this.#announced.set(video_id, Date.now());
    } catch (error) {
      if (error.status) throw this.#explain(error);
      throw error;
    }
  }

  /** The API speaks of ids where the person chose files, and a file that was refused has to be sent anew. */
  #explain(error) {
    const { video_id = [], thumbnail_id = [], ...rest } = error.fieldErrors;
    const errors = { ...rest, video: video_id.map(ofFile), thumbnail: thumbnail_id.map(ofFile) };
    const refused = errors.video.length > 0 || errors.thumbnail.length > 0 || error.status === 403 || error.status === 404;
    if (refused) this.#slot = null;
    const faulty = Object.values(errors).some((sentences) => sentences.length > 0);
    return new ApiError(error.status, error.message, faulty ? errors : {});
  }

  async #follow(signal) {
    this.#become('encoding');
    const ask = async () => {
      const { videos } = await api('GET', '/videos/mine?page=1&size=20', { auth: 'required', signal });
      const video = videos.find((candidate) => candidate.video_id === this.#slot.video_id);
      const phase = !video || isUnderWay(video) ? 'encoding' : video.state;
      this.#become(phase, { video: video ?? this.video });
      return phase === 'encoding';
    };
    let ended = null;
    const troubled = (error) => {
      if (error.status === 401) ended = error;
      else this.#become('encoding', { outOfTouch: true });
      return !ended;
    };
    await poll(ask, { signal, troubled });
    if (ended) throw ended;
  }

  #become(phase, { video = this.video, error = null, outOfTouch = false } = {}) {
    Object.assign(this, { phase, video, error, outOfTouch });
    this.dispatchEvent(new Event('change'));
  }
}

const OF_FILES = [
  [/^\w+ names an empty file.*/, 'This file is empty.'],
  [/^\w+ names a file of more than (.+)/, 'This file is larger than $1.'],
  [/^\w+ does not name an? (.+)/, 'This file is no $1.'],
  [/^\w+ has no uploaded.*/, 'This file did not arrive. Try again.'],
];

/** "video_id does not name a video" is for programs; a sentence that is not known here stays as it is. */
function ofFile(sentence) {
  const [pattern, words] = OF_FILES.find(([candidate]) => candidate.test(sentence)) ?? [];
  return pattern ? sentence.replace(pattern, words) : sentence;
}

/** By XMLHttpRequest: fetch does not tell how far an upload is. */
function put(url, file, what, signal, progressed = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const fail = (status, text) => reject(new ApiError(status, text));
    request.upload.onprogress = (event) => progressed(event.loaded);
    request.onload = () => (request.status < 300 ? resolve() : fail(request.status, refusal(request.status, what)));
    request.onerror = () => fail(0, `The upload of the ${what} was interrupted. Check your connection and try again.`);
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.open('PUT', url);
    signal.addEventListener('abort', stop);
    request.send(file);
  });
}

function refusal(status, what) {
  if (status === 400 || status === 413) return `The ${what} is larger than this platform accepts.`;
  if (status === 403) return 'The time for this upload has run out. Try again: it starts anew.';
  if (status >= 500) return 'The storage is not available at the moment. Try again in a few seconds.';
  return `The storage refused the ${what} (${status}). Try again.`;
}

export const uploadJob = new UploadJob();

addEventListener('beforeunload', (event) => {
  if (uploadJob.isSending) event.preventDefault();
});

session.addEventListener('change', () => {
  if (uploadJob.isForeign) uploadJob.cancel();
});
