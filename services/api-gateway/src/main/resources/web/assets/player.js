/**
 * The adaptive player: the browser's video element with hls.js behind it, or the browser's own HLS where hls.js can't run, and
 * Media Chrome around it.
 */

import { h } from './dom.js';
import { controls } from './player-controls.js';
import { steerByKeys } from './player-keys.js';
import { Marks } from './player-marks.js';
import { AudioTracks, Renditions, keepStereo } from './player-tracks.js';
import { loadScript } from './script.js';
import { PlaybackReports } from './playback-reports.js';
import { SignedAddress } from './signed-address.js';
import { duration } from './format.js';

/** Not the light build: that one knows no separate sound, and ours is. */
const HLS_JS = '/assets/vendor/hls.js/hls.min.js';
const MEDIA_CHROME = '/assets/vendor/media-chrome/all.js';

/** A stream that failed is asked for anew, but not again and again when that does not help. */
const RECOVERY_PAUSE_MS = 30_000;

/** Seconds that are fetched ahead. hls.js would take ten minutes, which many leave unseen. */
const AHEAD = 60;

const SLOWEST = 0.25;
const FASTEST = 2;

export class Player {
  #settings;
  #renew;
  #failed;
  #signal;
  #controls;
  #marks;
  #reports;
  #renditions = new Renditions((rendition) => this.#play(rendition));
  #hls = null;
  #address = null;
  #renewing = null;
  #recoveredAt = -Infinity;
  #recoveredMedia = false;

  /**
   * @param title for screen readers
   * @param settings autoplay and preferred_max_resolution count here
   * @param renew gives a fresh address of the same stream
   * @param failed told why it plays no more
   * @param reports of which video the platform is told how it plays: `id`, `link`, `auth`
   * @param signal ends it
   * @throws Error with a sentence when the player can't be had
   */
  static async load(options) {
    await Promise.all([HLS_JS, MEDIA_CHROME].map((src) => loadScript(src, 'The player could not be loaded. Check your connection and try again.')));
    return new Player(options);
  }

  constructor({ title, poster, settings, renew, failed, reports, signal }) {
    this.#settings = settings;
    this.#renew = renew;
    this.#failed = failed;
    this.#signal = signal;
    this.video = h('video', { id: 'player', testid: 'player', slot: 'media', playsinline: true, preload: 'auto', poster: poster || null, 'aria-label': title });
    this.video.videoRenditions = this.#renditions;
    // A browser that has sound tracks of its own knows nothing of those of hls.js.
    if (globalThis.Hls.isSupported()) Object.defineProperty(this.video, 'audioTracks', { value: new AudioTracks() });
    this.#marks = new Marks(this.video);
    // Before hls.js listens, whose events say what is known here by then.
    this.#reports = new PlaybackReports(this.video, reports, signal);
    this.#controls = controls({ video: this.video, title });
    this.root = this.#controls.root;
    this.video.addEventListener('error', () => {
      if (!this.#hls) this.#recover();
    });
    steerByKeys({ controller: this.#controls.controller, player: this, signal });
    signal.addEventListener('abort', () => this.#stop());
  }

  /**
   * To be called once the root stands in the page.
   *
   * @param at seconds to start from
   */
  play(url, at = 0, { autoplay = this.#settings.autoplay } = {}) {
    this.#controls.label();
    if (autoplay) this.#reports.wish();
    this.#hls?.destroy();
    this.#hls = null;
    this.#address = new SignedAddress(url);
    if (globalThis.Hls.isSupported()) this.#playByHlsJs(at, autoplay);
    else if (this.video.canPlayType('application/vnd.apple.mpegurl')) this.#playNatively(at, autoplay);
    else this.#failed('This browser can’t play this video. A current Firefox, Chrome, Edge or Safari can.');
  }

  /** Goes on with this stream in the place of the one that there is, at the same second. */
  exchange(url) {
    const { currentTime, paused, ended } = this.video;
    // Who has seen it to its end is left there, and has all of it when he begins anew.
    if (ended) this.video.addEventListener('seeking', () => this.exchange(url), { once: true, signal: this.#signal });
    else this.play(url, currentTime, { autoplay: !paused });
  }

  /** What the bar of time shows: the chapters and the storyboard of a video, as the API says them. */
  mark({ chapters = [], storyboard_url }) {
    this.divide(chapters);
    this.#marks.illustrate(storyboard_url, this.#signal);
  }

  /** @param chapters in the place of those that there are */
  divide(chapters) {
    this.#marks.divide(chapters);
  }

  /** What is shown once the video has ended. */
  follow(...children) {
    const { ending } = this.#controls;
    ending.replaceChildren(...children);
    const show = () => (ending.hidden = !this.video.ended);
    for (const event of ['ended', 'seeking', 'playing']) this.video.addEventListener(event, show);
    show();
  }

  /* ---- what keys do ---- */

  toggle() {
    if (this.video.paused) this.#start();
    else this.video.pause();
  }

  seekBy(seconds) {
    this.#seek(this.video.currentTime + seconds);
  }

  /** @param part of the whole, from 0 to 1 */
  seekTo(part) {
    this.#seek(this.video.duration * part);
  }

  louderBy(part) {
    this.video.muted = false;
    this.video.volume = Math.min(1, Math.max(0, this.video.volume + part));
    this.#controls.tell(`Volume ${Math.round(this.video.volume * 100)} %`);
  }

  mute() {
    this.video.muted = !this.video.muted;
    this.#controls.tell(this.video.muted ? 'Muted' : 'Sound on');
  }

  fasterBy(step) {
    this.video.playbackRate = Math.min(FASTEST, Math.max(SLOWEST, this.video.playbackRate + step));
    this.#controls.tell(`Speed ${this.video.playbackRate}`);
  }

  captions() {
    this.#ask('mediatogglesubtitlesrequest');
    const tracks = [...this.video.textTracks].filter(({ kind }) => ['subtitles', 'captions'].includes(kind));
    const shown = tracks.find(({ mode }) => mode === 'showing');
    if (!tracks.length) this.#controls.tell('No captions');
    else this.#controls.tell(shown ? `Captions: ${shown.label || shown.language}` : 'Captions off');
  }

  fullscreen() {
    this.#ask(document.fullscreenElement ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest');
  }

  pictureInPicture() {
    this.#ask(document.pictureInPictureElement ? 'mediaexitpiprequest' : 'mediaenterpiprequest');
  }

  listKeys() {
    this.#controls.keys.showModal();
  }

  #ask(request) {
    this.#controls.controller.dispatchEvent(new CustomEvent(request, { composed: true, bubbles: true }));
  }

  #seek(seconds) {
    if (!(this.video.duration > 0)) return;
    this.video.currentTime = Math.min(this.video.duration, Math.max(0, seconds));
    this.#controls.tell(duration(this.video.currentTime));
  }

  #start() {
    // Browsers may refuse to play with sound before the first click; the play button is there.
    this.video.play().catch(() => this.#reports.unwish());
  }

  /* ---- streams ---- */

  #playByHlsJs(at, autoplay) {
    const { Hls } = globalThis;
    const hls = (this.#hls = new Hls({ startPosition: at > 0 ? at : -1, maxMaxBufferLength: AHEAD, cmcd: this.#reports.configuration(this.#address.url), xhrSetup: (xhr, url) => this.#open(xhr, url) }));
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      keepStereo(hls);
      this.#limit(hls);
      this.#renditions.offer(hls.levels);
      if (autoplay) this.#start();
    });
    for (const event of [Hls.Events.AUDIO_TRACKS_UPDATED, Hls.Events.AUDIO_TRACK_SWITCHING]) {
      hls.on(event, () => this.video.audioTracks.offer(hls));
    }
    hls.on(Hls.Events.MEDIA_ATTACHED, () => this.#offerToAirPlay());
    hls.on(Hls.Events.ERROR, (_, data) => {
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#recoveredMedia) {
        this.#recoveredMedia = true;
        hls.recoverMediaError();
      } else {
        this.#recover();
      }
    });
    hls.loadSource(this.#address.url);
    hls.attachMedia(this.video);
  }

  /** The browser chooses the quality by itself and offers no choice. */
  #playNatively(at, autoplay) {
    this.video.src = this.#address.url;
    if (at > 0) this.video.currentTime = at;
    if (autoplay) this.#start();
  }

  /** A screen elsewhere can't have what hls.js feeds, so Safari is told where it can take the stream from. */
  #offerToAirPlay() {
    if (!globalThis.WebKitPlaybackTargetAvailabilityEvent) return;
    this.video.disableRemotePlayback = false;
    this.video.append(h('source', { type: 'application/vnd.apple.mpegurl', src: this.#address.url }));
  }

  /** Keeps the automatic choice below the person's limit; choosing by hand may go beyond. */
  #limit(hls) {
    const limit = this.#settings.preferred_max_resolution;
    if (!limit) return;
    const heights = hls.levels.map((level) => level.height);
    const allowed = heights.filter((height) => height <= limit);
    hls.autoLevelCapping = heights.lastIndexOf(allowed.length ? Math.max(...allowed) : Math.min(...heights));
  }

  /** What a person chose is seen at once; the automatic choice goes on from what is there. */
  #play(rendition) {
    if (!this.#hls) return;
    if (!rendition) this.#hls.nextLevel = -1;
    else if (this.#hls.currentLevel !== rendition.level || this.#hls.autoLevelEnabled) this.#hls.currentLevel = rendition.level;
  }

  /* ---- signatures ---- */

  /** Each request goes with the signature of now, whatever manifest it was read from: after a long pause that one has ended. */
  async #open(xhr, url) {
    if (this.#address.isEnding) await this.#renewAddress().catch(() => {}); // The CDN's refusal will say what there is to say.
    xhr.open('GET', this.#address.sign(url), true);
  }

  #renewAddress() {
    this.#renewing ??= this.#renew().then((url) => this.#take(url)).finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** Goes on with a new signature; a video that was encoded anew is played from there. */
  #take(url) {
    if (this.#signal.aborted) return;
    const before = this.#address;
    const fresh = new SignedAddress(url);
    if (fresh.folder !== before.folder) {
      this.exchange(url);
      return;
    }
    this.#address = fresh;
    this.#marks.renew((url) => fresh.sign(url));
    // This clock is ahead of the CDN's: it says nothing about the end.
    if (fresh.isEnding) fresh.ends = Infinity;
  }

  async #recover() {
    const at = this.video.currentTime;
    const autoplay = at > 0 ? !this.video.paused : this.#settings.autoplay;
    if (performance.now() - this.#recoveredAt < RECOVERY_PAUSE_MS) {
      this.#hls?.destroy();
      this.#hls = null;
      this.#failed('The video stopped: its stream can’t be reached at the moment.');
      return;
    }
    this.#recoveredAt = performance.now();
    const hls = this.#hls;
    try {
      await this.#renewAddress();
      if (this.#signal.aborted || this.#hls !== hls) return;
      if (hls?.levels.length) hls.startLoad();
      else this.play(this.#address.url, at, { autoplay });
    } catch (error) {
      if (!this.#signal.aborted) this.#failed(error.message);
    }
  }

  #stop() {
    this.#reports.finish();
    this.#hls?.destroy();
    this.#hls = null;
    this.video.removeAttribute('src');
    this.video.load();
  }
}
