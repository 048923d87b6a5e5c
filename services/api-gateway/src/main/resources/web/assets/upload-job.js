/** One file on its way, from being chosen to a video that can be watched. It lives beside the views, so it goes on while its owner looks at something else. */

import { api, ApiError, isAbort, sentence } from './api.js';
import { isUnderWay } from './progress.js';
import { loadScript } from './script.js';
import { session } from './session.js';
import { forget, newKey, remember } from './upload-memory.js';

const TUS = '/assets/vendor/tus-js-client/tus.min.js';
const ENDPOINT = '/videos/upload/tus';

/** Of one request. What the platform has confirmed is told, and a new token goes along, from one to the next. */
const CHUNK_BYTES = 64 * 1024 * 1024;

/** A line that is silent for so long is dead, whatever the browser believes. */
const SILENCE_MS = 60_000;
const LONGEST_WAIT_S = 30;

/** How far back the speed is measured. */
const MEMORY_MS = 10_000;

/** How often it is remembered how far it is; what counts is what the platform says. */
const KEEP_MS = 1000;

const SAID = ['title', 'description', 'visibility'];

/** Those after which the same bytes may be taken a moment later; a 401 once the token is renewed. */
const PASSING = [401, 408, 409, 423, 429, 460];

/** Those with which the platform removes what is there of it. */
const REFUSED = [400, 404, 410, 413];

/**
 * Fires `change`.
 *
 * Phases: `waiting` for its turn; `sending`; `paused`; `stopped` by an error; `unfinished`, whose file has to be chosen again; then, with
 * all bytes at the platform, `encoding`, and `ready` or `failed` (by the encoder).
 */
export class UploadJob extends EventTarget {
  phase;
  /** Why it stopped. */
  error = null;
  /** Why what was saved is not accepted. */
  refusal = null;
  /** While sending: why it waits, until it tries again. */
  hitch = null;
  /** The video in the catalogue, once it is there. */
  video = null;
  /** Chosen as thumbnail. */
  picture = null;
  acceptedAt = 0;
  #key;
  #upload = null;
  #run = null;
  #timer = 0;
  #silence = 0;
  #attempts = 0;
  #begunAnew = false;
  #samples = [];
  #keptAt = 0;
  #delivering = null;

  /**
   * @param file null when it has to be chosen again
   * @param entry what is remembered of it: name, size and lastModified of the file; `draft`, what stands in its form; `wish`, the same as
   *     it was saved; `said`, what the platform was told; `url`, `videoId` and `loaded` of the upload; whether it is `accepted`
   */
  constructor(file, entry, key = newKey()) {
    super();
    this.file = file;
    this.entry = entry;
    this.#key = key;
    this.phase = entry.accepted ? 'encoding' : file ? 'waiting' : 'unfinished';
  }

  static of(file) {
    const draft = { title: titleOf(file), description: '', visibility: 'public', second: null };
    const job = new UploadJob(file, { name: file.name, size: file.size, lastModified: file.lastModified, chosenAt: Date.now(), draft, wish: null, loaded: 0 });
    job.#keep();
    return job;
  }

  /** Bytes that are sent. */
  get loaded() {
    return this.entry.loaded;
  }

  get percent() {
    return Math.min(100, Math.floor((this.loaded / this.entry.size) * 100));
  }

  /** Not all bytes are at the platform. */
  get isOpen() {
    return !this.entry.accepted;
  }

  /** Something of it is yet to be heard or told. */
  get isFollowed() {
    return this.entry.accepted && (this.phase === 'encoding' || this.#isDue);
  }

  /** Bytes a second of late; null while that can't be said. */
  get speed() {
    const [[since, from] = []] = this.#samples;
    const seconds = (performance.now() - since) / 1000;
    return seconds > 1 ? (this.loaded - from) / seconds : null;
  }

  get secondsLeft() {
    const { speed } = this;
    return speed ? (this.entry.size - this.loaded) / speed : null;
  }

  isOf({ name, size, lastModified }) {
    return name === this.entry.name && size === this.entry.size && lastModified === this.entry.lastModified;
  }

  /** The file is here again, so it can go on. */
  choose(file) {
    this.file = file;
    if (['unfinished', 'stopped'].includes(this.phase)) this.wait();
  }

  wait() {
    this.#attempts = 0;
    this.#begunAnew = false;
    this.#become('waiting');
  }

  pause() {
    this.#halt();
    this.#become('paused');
  }

  /** Not to wait any longer until it tries again. */
  hurry() {
    if (this.hitch) this.send();
  }

  async send() {
    this.#halt();
    const run = (this.#run = Symbol(this.entry.name));
    this.#become('sending');
    try {
      await loadScript(TUS, sentence(0));
    } catch (error) {
      if (this.#run === run) this.#later(new ApiError(0, error.message));
      return;
    }
    if (this.#run === run) this.#start();
  }

  #start() {
    const { entry } = this;
    // What nobody has saved is nobody else's to see; and a description may be larger than all headers together, so it always comes later.
    if (!entry.url) {
      entry.said = { title: (entry.wish ?? entry.draft).title || entry.name, visibility: entry.wish?.visibility ?? 'private' };
      entry.loaded = 0;
    }
    this.#samples = [];
    this.#upload = new globalThis.tus.Upload(this.file, {
      endpoint: location.origin + ENDPOINT,
      uploadUrl: entry.url,
      chunkSize: CHUNK_BYTES,
      metadata: entry.said,
      storeFingerprintForResuming: false,
      retryDelays: null,
      onBeforeRequest: (request) => request.setHeader('Authorization', `Bearer ${session.token}`),
      onAfterResponse: (request, response) => {
        if (response.getStatus() >= 400) throw problemOf(response);
        entry.videoId = response.getHeader('Caravan-Video-Id');
      },
      onUploadUrlAvailable: () => {
        entry.url = new URL(this.#upload.url, location.origin).pathname;
        this.#keep();
      },
      onProgress: (loaded) => this.#progress(loaded),
      onSuccess: () => this.#accepted(),
      onError: (error) => this.#later(error.causingError instanceof ApiError ? error.causingError : new ApiError(0, sentence(0))),
    });
    this.#listen();
    this.#upload.start();
  }

  #progress(loaded) {
    if (loaded > this.loaded) this.#attempts = 0;
    this.entry.loaded = loaded;
    const now = performance.now();
    if (now - this.#keptAt > KEEP_MS) {
      this.#keptAt = now;
      this.#keep();
    }
    this.#samples.push([now, loaded]);
    while (now - this.#samples[0][0] > MEMORY_MS) this.#samples.shift();
    this.#listen();
    this.#become('sending');
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#halt();
      this.#later(new ApiError(0, sentence(0)));
    }, SILENCE_MS);
  }

  #accepted() {
    this.#halt();
    this.entry.loaded = this.entry.size;
    this.entry.accepted = true;
    this.acceptedAt = Date.now();
    this.#keep();
    this.#become('encoding');
  }

  async #later(error) {
    clearTimeout(this.#silence);
    const run = this.#run;
    const ended = await this.#whyEnded(error);
    if (this.#run !== run) return;
    if (ended) {
      this.#halt();
      if (REFUSED.includes(ended.status)) {
        this.entry.url = null;
        forget(this.#key);
      }
      this.#become(this.file ? 'stopped' : 'unfinished', { error: ended });
      return;
    }
    const renewed = error.status === 401 && this.#attempts === 0;
    const seconds = renewed ? 0 : Math.max(Math.min(2 ** this.#attempts, LONGEST_WAIT_S), error.retryAfter);
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.send(), seconds * 1000);
    this.#become('sending', { hitch: renewed ? null : { sentence: error.message, seconds } });
  }

  /** The error with which it ends; nothing when it may work another time. */
  async #whyEnded(error) {
    const { status } = error;
    if (status === 401) {
      // Has the token renewed if need be.
      return api('GET', '/auth/profile', { auth: 'required' }).then(() => null, (refused) => (refused.status === 401 ? refused : null));
    }
    if (status === 0) {
      return this.file.slice(0, 1).arrayBuffer().then(() => null, () => {
        this.file = null;
        return new ApiError(0, 'The file can’t be read any more.');
      });
    }
    if ((status === 404 || status === 410) && this.entry.url && !this.#begunAnew) {
      this.#begunAnew = true;
      this.entry.url = null;
      return null;
    }
    const cutOff = status === 400 && Object.keys(error.fieldErrors).length === 0;
    return status >= 500 || PASSING.includes(status) || cutOff ? null : error;
  }

  /** Ends it and has what was sent of it deleted. A video that it has become stays. */
  async cancel() {
    this.#halt();
    forget(this.#key);
    // What is not heard of now is removed by the platform when it has expired.
    if (this.entry.url && this.isOpen) await api('DELETE', this.entry.url, { auth: 'required', text: true, headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {});
  }

  /** Sends no more, and is remembered. */
  leave() {
    this.#halt();
  }

  #halt() {
    this.#run = null;
    this.#upload?.abort();
    this.#upload = null;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
  }

  /** What stands in its form. */
  draft(draft) {
    this.entry.draft = draft;
    this.#keep();
  }

  /**
   * What is to be said of the video; told at once when it is there.
   *
   * @param picture File or null
   * @throws ApiError
   */
  async save(wish, picture) {
    const { entry } = this;
    entry.pictureDue = picture !== null || (wish.second !== null && wish.second !== entry.wish?.second);
    this.picture = picture;
    entry.draft = entry.wish = wish;
    this.refusal = null;
    this.#keep();
    this.#become(this.phase);
    if (this.video) await this.#deliver();
  }

  /** @param video as the catalogue knows it now */
  async see(video) {
    this.video = video;
    this.#become(isUnderWay(video) ? 'encoding' : video.state);
    try {
      await this.#deliver();
    } catch (error) {
      // 404: the encoder has not heard of it yet.
      if ([0, 401, 404, 429].includes(error.status) || error.status >= 500 || isAbort(error)) return;
      this.entry.wish = null;
      this.#become(this.phase, { refusal: error });
    }
  }

  get #changes() {
    const { wish, said } = this.entry;
    return Object.fromEntries(SAID.filter((name) => wish?.[name] && wish[name] !== said[name]).map((name) => [name, wish[name]]));
  }

  get #isDue() {
    return this.entry.wish !== null && (Object.keys(this.#changes).length > 0 || Boolean(this.entry.pictureDue));
  }

  /** By one at a time; whoever comes meanwhile gets what comes of it, and then his own. */
  async #deliver() {
    const before = this.#delivering;
    this.#delivering = (async () => {
      await before?.catch(() => {});
      await this.#tell();
    })();
    await this.#delivering;
  }

  async #tell() {
    const { entry } = this;
    const path = `/videos/${this.video.id}`;
    const body = this.#changes;
    if (Object.keys(body).length) {
      const { video } = await api('PATCH', path, { auth: 'required', body });
      entry.said = { ...entry.said, ...body };
      this.video = { ...this.video, title: video.title, description: video.description, visibility: video.visibility };
    }
    // A picture that was a file is gone with the tab that it was chosen in.
    if (entry.pictureDue && (this.picture || entry.wish.second !== null)) {
      if (this.picture) await api('PUT', `${path}/thumbnail`, { auth: 'required', body: this.picture });
      else await api('PUT', `${path}/thumbnail?second=${entry.wish.second}`, { auth: 'required' });
    }
    entry.pictureDue = false;
    forget(this.#key);
    this.#become(this.phase);
  }

  #keep() {
    // What is accepted and has nothing to be told is a video like any other.
    if (this.video && !this.#isDue) forget(this.#key);
    else remember(this.#key, this.entry);
  }

  #become(phase, { error = null, hitch = null, refusal = this.refusal } = {}) {
    Object.assign(this, { phase, error, hitch, refusal });
    this.dispatchEvent(new Event('change'));
  }
}

function titleOf(file) {
  return file.name.replace(/\.[^.]{1,5}$/, '').replace(/[_-]+/g, ' ').trim().slice(0, 255) || file.name.slice(0, 255);
}

function problemOf(response) {
  const status = response.getStatus();
  const retryAfter = Number(response.getHeader('Retry-After')) || 0;
  let problem = {};
  try {
    problem = JSON.parse(response.getBody());
  } catch {
    // An answer to HEAD, or of something in between.
  }
  const words = status === 423 ? 'The platform is still busy with what was sent last.' : sentence(status, problem, retryAfter);
  return new ApiError(status, words, problem.data?.errors ?? {}, retryAfter, response.getHeader('X-Request-ID'));
}
