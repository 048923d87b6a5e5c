/**
 * The adaptive player: the browser's own video element with hls.js behind it, or the browser's own HLS where hls.js can't
 * run (Safari on a phone).
 */

import { h } from './dom.js';

/** From the webjar. Not the light build: that one knows no separate audio playlists, and ours have one. */
const HLS_JS = '/webjars/hls.js/dist/hls.min.js';

/** Signed addresses end; a new one is asked for, but not again and again when that does not help. */
const RENEWAL_PAUSE_MS = 30_000;

let loading = null;

function loadHls() {
  loading ??= new Promise((resolve, reject) => {
    const script = h('script', { src: HLS_JS });
    script.onload = () => resolve(globalThis.Hls);
    script.onerror = () => {
      loading = null;
      script.remove();
      reject(new Error('The player could not be loaded. Check your connection and try again.'));
    };
    document.head.append(script);
  });
  return loading;
}

export class Player {
  #settings;
  #renew;
  #failed;
  #hls = null;
  #Hls = null;
  /** What is on the screen. */
  #level = null;
  #renewedAt = -Infinity;
  #recovered = false;

  /**
   * @param title for screen readers
   * @param settings autoplay and preferred_max_resolution count here
   * @param renew gives a fresh address of the same stream
   * @param failed told why it plays no more
   * @param signal ends it
   */
  constructor({ title, poster, settings, renew, failed, signal }) {
    this.#settings = settings;
    this.#renew = renew;
    this.#failed = failed;
    this.video = h('video', { id: 'player', testid: 'player', controls: true, playsinline: true, preload: 'auto', poster: poster || null, 'aria-label': title });
    this.select = h('select', { id: 'quality', testid: 'quality', on: { change: () => this.#choose() } }, h('option', { value: '-1' }, 'Auto'));
    this.quality = h('div', { class: 'quality' }, h('label', { for: 'quality' }, 'Quality'), this.select);
    this.video.addEventListener('error', () => {
      if (!this.#hls) this.#recover();
    });
    signal.addEventListener('abort', () => this.#stop());
    this.signal = signal;
  }

  /** @param at seconds to start from */
  async play(url, at = 0, { autoplay = this.#settings.autoplay } = {}) {
    try {
      this.#Hls = await loadHls();
    } catch (error) {
      this.#failed(error.message);
      return;
    }
    if (this.signal.aborted) return;
    this.#hls?.destroy();
    this.#hls = null;
    if (this.#Hls.isSupported()) this.#playByHlsJs(url, at, autoplay);
    else if (this.video.canPlayType('application/vnd.apple.mpegurl')) this.#playNatively(url, at, autoplay);
    else this.#failed('This browser can’t play this video. A current Firefox, Chrome, Edge or Safari can.');
  }

  #playByHlsJs(url, at, autoplay) {
    const Hls = this.#Hls;
    const hls = (this.#hls = new Hls({ startPosition: at > 0 ? at : -1 }));
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      this.#offer(hls.levels);
      this.#limit(hls);
      if (this.select.value !== '-1') this.#choose();
      if (autoplay) this.#start();
    });
    hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => {
      this.#level = hls.levels[level];
      this.#tell();
    });
    hls.on(Hls.Events.ERROR, (_, data) => {
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#recovered) {
        this.#recovered = true;
        hls.recoverMediaError();
      } else {
        this.#recover();
      }
    });
    hls.loadSource(url);
    hls.attachMedia(this.video);
  }

  /** The browser chooses the quality by itself and offers no choice. */
  #playNatively(url, at, autoplay) {
    this.quality.hidden = true;
    this.video.src = url;
    if (at > 0) this.video.currentTime = at;
    if (autoplay) this.#start();
  }

  #start() {
    // Browsers may refuse to play with sound before the first click; the play button is there.
    this.video.play().catch(() => {});
  }

  /** One choice for each height, the best of it, largest first. */
  #offer(levels) {
    const best = new Map();
    levels.forEach((level, index) => {
      const other = best.get(level.height);
      if (other === undefined || levels[other].bitrate < level.bitrate) best.set(level.height, index);
    });
    const chosen = this.select.selectedOptions[0]?.dataset.height;
    const options = [...best].sort(([a], [b]) => b - a).map(([height, index]) => h('option', { value: index, 'data-height': height }, `${height}p`));
    this.select.replaceChildren(h('option', { value: '-1' }, 'Auto'), ...options);
    const same = options.find((option) => option.dataset.height === chosen);
    if (same) same.selected = true;
  }

  /** Keeps the automatic choice below the person's limit; choosing by hand may go beyond. */
  #limit(hls) {
    const limit = this.#settings.preferred_max_resolution;
    if (!limit) return;
    const heights = hls.levels.map((level) => level.height);
    const allowed = heights.filter((height) => height <= limit);
    hls.autoLevelCapping = heights.lastIndexOf(allowed.length ? Math.max(...allowed) : Math.min(...heights));
  }

  #choose() {
    if (!this.#hls) return;
    this.#hls.nextLevel = Number(this.select.value);
    this.#tell();
  }

  /** "Auto (480p)": what the automatic choice is at present. */
  #tell() {
    const level = this.#level;
    this.select.dataset.playing = level ? `${level.height}p` : '';
    const auto = this.#hls.autoLevelEnabled;
    this.select.options[0].textContent = auto && level ? `Auto (${level.height}p)` : 'Auto';
  }

  async #recover() {
    const at = this.video.currentTime;
    const autoplay = at > 0 ? !this.video.paused : this.#settings.autoplay;
    if (performance.now() - this.#renewedAt < RENEWAL_PAUSE_MS) {
      this.#hls?.destroy();
      this.#hls = null;
      this.#failed('The video stopped: its stream can’t be reached at the moment.');
      return;
    }
    this.#renewedAt = performance.now();
    try {
      const url = await this.#renew();
      await this.play(url, at, { autoplay });
    } catch (error) {
      if (!this.signal.aborted) this.#failed(error.message);
    }
  }

  #stop() {
    this.#hls?.destroy();
    this.#hls = null;
    this.video.removeAttribute('src');
    this.video.load();
  }
}
