/** All uploads of this page: one sends at a time, so that the first is there first, and all are followed until they can be watched. */

import { api } from './api.js';
import { poll } from './poll.js';
import { ownQuota, whyNoRoom } from './quota.js';
import { session } from './session.js';
import { UploadJob } from './upload-job.js';
import { remembered } from './upload-memory.js';

/** An accepted video shows up in the catalogue within moments; after this long it is not waited for any more. */
const CATALOGUE_PATIENCE_MS = 60_000;

/** Types of what is neither video nor sound nor moving picture. Some systems take a transport stream for a translation, which is text/vnd. */
const NO_VIDEO = /^image\/(?!gif$)|^text\/(?!vnd)|pdf|zip/;

/** Fires `change`. */
class UploadQueue extends EventTarget {
  jobs = [];
  /** Sentences on files that were not taken, of the last time that some were chosen. */
  refusals = [];
  /** The platform does not answer what is asked of those that are encoded. */
  outOfTouch = false;
  #owner = null;
  #following = null;
  #adding = Promise.resolve();

  constructor() {
    super();
    this.#recall();
  }

  get #unsent() {
    return this.jobs.filter((job) => job.phase === 'sending' || job.phase === 'waiting');
  }

  get isSending() {
    return this.#unsent.length > 0;
  }

  get isStopped() {
    return this.jobs.some((job) => job.phase === 'stopped');
  }

  /** Bytes that would be lost if somebody left now. */
  get isOpen() {
    return this.jobs.some((job) => job.isOpen);
  }

  get percent() {
    const jobs = this.#unsent;
    const sum = (number) => jobs.reduce((total, job) => total + number(job), 0);
    return Math.floor((sum((job) => job.loaded) / sum((job) => job.entry.size)) * 100);
  }

  /** In the order in which they were chosen, however long the platform takes to say what there is room for. */
  add(files) {
    this.#adding = this.#adding.then(() => this.#add(files));
  }

  /** What can be known before gigabytes are sent is judged here; the rest is the platform's. */
  async #add(files) {
    const quota = await ownQuota().catch(() => null);
    this.refusals = [];
    for (const file of files) {
      const known = this.jobs.find((job) => job.isOpen && job.isOf(file));
      const why = known ? '' : whyNot(file, quota);
      if (known) known.choose(file);
      else if (why) this.refusals.push(`${file.name}: ${why}`);
      else this.#take(UploadJob.of(file));
    }
    this.#changed();
  }

  #take(job) {
    this.jobs.push(job);
    job.addEventListener('change', () => this.#changed());
  }

  remove(job) {
    this.jobs = this.jobs.filter((other) => other !== job);
    job.cancel();
    this.#changed();
  }

  /** A video is deleted, and with it what came of its upload. */
  forgetVideo(id) {
    this.jobs.filter((job) => job.video?.id === id).forEach((job) => this.remove(job));
  }

  /** Whoever logs out leaves nothing behind. */
  clear() {
    const { jobs } = this;
    this.jobs = [];
    jobs.forEach((job) => job.cancel());
    this.#changed();
  }

  /**
   * Whether the catalogue is behind: a video was accepted and is not among these.
   *
   * @param videos as the catalogue knows them now
   */
  isAwaiting(videos) {
    return this.jobs.some((job) => Date.now() - job.acceptedAt < CATALOGUE_PATIENCE_MS && !videos.some((video) => video.video_id === job.entry.videoId));
  }

  /** Of who is here now; another's go on when he is back. */
  attend() {
    if (!session.user) return;
    if (session.user.id !== this.#owner) {
      this.jobs.forEach((job) => job.leave());
      this.jobs = [];
      this.refusals = [];
      this.#recall();
    }
    // The session had ended on the way.
    this.jobs.filter((job) => job.phase === 'stopped' && job.error.status === 401).forEach((job) => job.wait());
    this.#changed();
  }

  #recall() {
    this.#owner = session.user?.id ?? null;
    if (this.#owner !== null) remembered().forEach(([key, entry]) => this.#take(new UploadJob(null, entry, key)));
    this.#follow();
  }

  #changed() {
    if (!this.jobs.some((job) => job.phase === 'sending')) this.jobs.find((job) => job.phase === 'waiting')?.send();
    this.#follow();
    this.dispatchEvent(new Event('change'));
  }

  async #follow() {
    if (this.#following || !session.token || !this.jobs.some((job) => job.isFollowed)) return;
    this.#following = new AbortController();
    const troubled = (error) => {
      this.#touch(error.status !== 401);
      return error.status !== 401;
    };
    await poll(() => this.#look(), { signal: this.#following.signal, troubled });
    this.#following = null;
  }

  async #look() {
    const { videos } = await api('GET', '/videos/mine?page=1&size=100', { auth: 'required' });
    this.#touch(false);
    for (const job of this.jobs.filter((each) => each.isFollowed)) {
      const video = videos.find((candidate) => candidate.video_id === job.entry.videoId);
      if (video) await job.see(video);
      else if (job.video) this.remove(job);
    }
    return this.jobs.some((job) => job.isFollowed);
  }

  #touch(outOfTouch) {
    if (outOfTouch === this.outOfTouch) return;
    this.outOfTouch = outOfTouch;
    this.#changed();
  }
}

function whyNot(file, quota) {
  if (file.size === 0) return 'This file is empty.';
  if (NO_VIDEO.test(file.type)) return 'This file is no video.';
  return quota ? whyNoRoom(quota, file.size) : '';
}

export const uploads = new UploadQueue();

addEventListener('beforeunload', (event) => {
  if (uploads.isSending) event.preventDefault();
});

addEventListener('online', () => uploads.jobs.forEach((job) => job.hurry()));

session.addEventListener('change', () => uploads.attend());
