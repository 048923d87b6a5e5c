/**
 * Steers an embedded video from the page around it:
 *
 *     import { CaravanEmbed } from 'https://…/assets/embed-api.js';
 *     const video = new CaravanEmbed(document.querySelector('iframe'));
 *     video.addEventListener('ended', () => …);
 *     await video.seek(90);
 *     await video.play();
 *
 * Each call waits until the player is there, and gives how it is then: `paused`, `ended`, `seconds`, `duration`, `volume` (0 to 1,
 * 0 when muted), `captions` (the language shown, or null) and `languages` (those that there are). It is rejected with an Error whose
 * message is a sentence. Events `ready`, `play`, `pause`, `seeked`, `ended` and `volumechange` have the same as `detail`; `error` has
 * a sentence.
 */

const MARK = 'caravan-embed';

export class CaravanEmbed extends EventTarget {
  #frame;
  #origin;
  #waiting = new Map();
  #last = 0;
  #ready;

  /** @param frame the iframe, whose address is that of the embedded video */
  constructor(frame) {
    super();
    this.#frame = frame;
    this.#origin = new URL(frame.src).origin;
    this.#ready = new Promise((resolve, reject) => {
      this.addEventListener('ready', resolve, { once: true });
      this.addEventListener('error', ({ detail }) => reject(new Error(detail)), { once: true });
    });
    this.#ready.catch(() => {}); // Who calls is told.
    addEventListener('message', (message) => this.#hear(message));
    // In case it was ready before anybody listened; there may be no page of that origin in it yet.
    this.#say({ verb: 'state' }, '*');
  }

  play() {
    return this.#ask('play');
  }

  pause() {
    return this.#ask('pause');
  }

  /** @param seconds from the beginning */
  seek(seconds) {
    return this.#ask('seek', seconds);
  }

  /** @param part from 0 to 1; 0 mutes */
  volume(part) {
    return this.#ask('volume', part);
  }

  /** @param language a language tag such as en or pt-BR, or null for none */
  captions(language) {
    return this.#ask('captions', language);
  }

  state() {
    return this.#ask('state');
  }

  async #ask(verb, value = null) {
    await this.#ready;
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#say({ verb, value, id });
    });
  }

  #say(message, origin = this.#origin) {
    this.#frame.contentWindow?.postMessage({ kind: MARK, ...message }, origin);
  }

  #hear({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== this.#origin || data?.kind !== MARK) return;
    if (data.event) {
      this.dispatchEvent(new CustomEvent(data.event, { detail: data.state ?? data.error }));
      return;
    }
    if (data.id === undefined) {
      this.dispatchEvent(new CustomEvent('ready', { detail: data.state }));
      return;
    }
    const call = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    if (data.error) call?.reject(new Error(data.error));
    else call?.resolve(data.state);
  }
}
