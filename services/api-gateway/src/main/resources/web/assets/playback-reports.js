/**
 * What a viewer gets, told to the platform as CMCD, version 2 (docs/adr/0026). hls.js says when something happens; what was played
 * since it happened before, how long the first picture took and from where it comes is added here. Events are sent together,
 * now and then, and before the page goes.
 */

import { api } from './api.js';

/** Seconds between two events while nothing happens. */
const INTERVAL = 10;
const SEND_MS = 30_000;
/** Lines that are sent at once, and that are kept while they can't be sent; the platform takes 200. */
const BATCH = 20;
const MOST = 200;
/** Stretches that a line may have. */
const MOST_STRETCHES = 50;

export class PlaybackReports {
  #video;
  #id;
  #path;
  #auth;
  #edge = '';
  #record = null;
  #stretches = [];
  #from = null;
  #last = 0;
  #wished = null;
  #begun = null;
  #told = false;
  #lines = [];
  #sending = false;

  /**
   * @param video the element that plays
   * @param id the number of the video
   * @param link the secret of a link of it, or nothing
   * @param auth as of `api`
   * @param signal ends it
   */
  constructor(video, { id, link, auth }, signal) {
    this.#video = video;
    this.#id = String(id);
    this.#path = link ? `/cmcd?${new URLSearchParams({ link })}` : '/cmcd';
    this.#auth = auth;
    const on = (event, listener) => video.addEventListener(event, listener, { signal });
    on('play', () => this.wish());
    on('playing', () => this.#playing());
    on('timeupdate', () => this.#moved());
    on('seeking', () => this.#close());
    for (const event of ['pause', 'waiting', 'ended']) on(event, () => (this.#moved(), this.#close()));
    const timer = setInterval(() => this.#send(), SEND_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
    // A hidden page may never be seen again, and then there is no other moment.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.finish(), { signal });
    addEventListener('pagehide', () => this.finish(), { signal });
  }

  /** Somebody wants it to play: the time until the first picture begins. */
  wish() {
    this.#wished ??= performance.now();
  }

  /** It was not allowed to. */
  unwish() {
    this.#wished = null;
  }

  /**
   * For hls.js.
   *
   * @param url of the stream
   */
  configuration(url) {
    this.#edge = new URL(url).host;
    return {
      version: 2,
      contentId: this.#id,
      // Nothing in requests: the CDN's addresses are signed, and kept by what they are.
      includeKeys: [],
      eventTargets: [
        { url: this.#path, version: 2, events: ['ps', 'e', 't', 'ce'], interval: INTERVAL, batchSize: 1, includeKeys: ['cid', 'sid', 'sn', 'e', 'ts', 'cen', 'sta', 'ec', 'sf', 'v'] },
      ],
      loader: async ({ body }) => (this.#add(body), { status: 204 }),
      reporterCallback: (reporter) => (this.#record = reporter.recordCustomEvent),
    };
  }

  /** Sends what there is, also while the page goes. */
  finish() {
    this.#moved();
    if (this.#hasNews()) this.#record?.('left');
    this.#send(true);
  }

  /* ---- what was played ---- */

  #playing() {
    this.#begun ??= performance.now();
    this.#from ??= this.#last = this.#video.currentTime;
  }

  /** While it is being sought the time is already that of where it goes. */
  #moved() {
    if (this.#from !== null && !this.#video.seeking) this.#last = this.#video.currentTime;
    else if (!this.#video.paused && !this.#video.seeking && this.#video.readyState > 2) this.#playing();
  }

  #close() {
    if (this.#from !== null && this.#last > this.#from) this.#stretches.push(milliseconds(this.#from), milliseconds(this.#last));
    this.#stretches.splice(0, this.#stretches.length - 2 * MOST_STRETCHES);
    this.#from = null;
  }

  #hasNews() {
    return this.#stretches.length > 0 || (this.#from !== null && this.#last > this.#from) || (this.#begun !== null && !this.#told);
  }

  #take() {
    const playing = this.#from !== null;
    this.#close();
    if (playing) this.#from = this.#last;
    return this.#stretches.splice(0);
  }

  /* ---- what is told of it ---- */

  /** @param line of hls.js; one that says nothing new is left out */
  #add(line) {
    const is = (pair) => line.split(/[,\n]/).includes(pair);
    this.#moved();
    // After a jump it is waited for as well, which is not what one calls a stall.
    if ((is('e=t') && !this.#hasNews()) || (is('sta=r') && is('e=ps') && this.#video.seeking)) return;
    const keys = [line.trim(), `cdn="${this.#edge}"`, `pt=${milliseconds(this.#video.currentTime)}`];
    const height = Math.min(this.#video.videoWidth, this.#video.videoHeight);
    if (height > 0) keys.push(`com.caravan-height=${height}`);
    const played = this.#take();
    if (played.length) keys.push(`com.caravan-played=(${played.join(' ')})`);
    if (this.#begun !== null && !this.#told) {
      this.#told = true;
      if (this.#wished !== null) keys.push(`msd=${Math.round(this.#begun - this.#wished)}`);
    }
    this.#keep([...this.#lines, keys.join(',')]);
    if (this.#lines.length >= BATCH) this.#send();
  }

  /** The latest, when there are too many. */
  #keep(lines) {
    this.#lines = lines.slice(-MOST);
  }

  /** @param last whether there may be no other time: it does not wait for what is being sent */
  async #send(last = false) {
    if (!this.#lines.length || (this.#sending && !last)) return;
    const lines = this.#lines.splice(0);
    this.#sending = true;
    try {
      const body = new Blob([lines.join('\n')], { type: 'application/cmcd' });
      await api('POST', this.#path, { body, auth: this.#auth, text: true, keepalive: true });
    } catch (error) {
      // What was refused would be refused again. The same line may arrive twice: it counts once.
      if (error.status === 0 || error.status === 429 || error.status >= 500) this.#keep([...lines, ...this.#lines]);
    } finally {
      this.#sending = false;
    }
  }
}

function milliseconds(seconds) {
  return Math.round(seconds * 1000);
}
