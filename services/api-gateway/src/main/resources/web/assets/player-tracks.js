/** What hls.js offers, in the shape in which Media Chrome's menus ask a media element for it. */

class TrackList extends EventTarget {
  length = 0;
  [Symbol.iterator] = Array.prototype[Symbol.iterator];

  /** @param added the event that tells of it */
  fill(tracks, added) {
    for (let index = 0; index < this.length; index++) delete this[index];
    Object.assign(this, tracks);
    this.length = tracks.length;
    this.dispatchEvent(new Event(added));
  }
}

/** The qualities; without a selected one it is the player's choice. */
export class Renditions extends TrackList {
  #selected = -1;
  #choose;

  /** @param choose told of the quality that a person wants, or of null */
  constructor(choose) {
    super();
    this.#choose = choose;
  }

  get selectedIndex() {
    return this.#selected;
  }

  set selectedIndex(index) {
    this.#selected = index;
    this.dispatchEvent(new Event('change'));
    this.#choose(this[index] ?? null);
  }

  /** One choice for each height, the best of it; what was chosen before stays chosen. */
  offer(levels) {
    const best = new Map();
    levels.forEach(({ width, height, bitrate }, level) => {
      if (!(best.get(height)?.bitrate > bitrate)) best.set(height, { id: String(level), width, height, bitrate, level });
    });
    const chosen = this[this.#selected]?.height;
    this.fill([...best.values()], 'addrendition');
    this.selectedIndex = [...this].findIndex(({ height }) => height === chosen);
  }
}

/** As HTML names what a sound is for. */
function kind(track) {
  if (track.characteristics?.includes('public.accessibility.describes-video')) return 'main-desc';
  return track.default ? 'main' : 'alternative';
}

/** Leaves 5.1 to players on televisions: here it would be mixed down, and each size be there twice. */
export function keepStereo(hls) {
  if (!hls.levels.some(({ attrs }) => attrs.AUDIO === 'stereo')) return;
  for (let level = hls.levels.length - 1; level >= 0; level--) {
    if (hls.levels[level].attrs.AUDIO === 'surround') hls.removeLevel(level);
  }
}

/** The sound tracks, of which one is heard. */
export class AudioTracks extends TrackList {
  offer(hls) {
    const all = this;
    const tracks = hls.audioTracks.map((track, index) => ({
      id: String(index),
      kind: kind(track),
      label: track.name,
      language: track.lang ?? '',
      get enabled() {
        return hls.audioTrack === index;
      },
      set enabled(wanted) {
        if (!wanted || hls.audioTrack === index) return;
        hls.audioTrack = index;
        all.dispatchEvent(new Event('change'));
      },
    }));
    this.fill(tracks, 'addtrack');
  }
}
