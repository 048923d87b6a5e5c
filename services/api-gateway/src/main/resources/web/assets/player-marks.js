/** What the bar of time shows of the video: its chapters, and how its moments look. Media Chrome takes both from text tracks. */

import { cues } from './webvtt.js';

/** Seconds; of what lasts until the end, wherever that is. */
const END = 1e6;

export class Marks {
  #chapters;
  #storyboard;

  /** @param video the media element */
  constructor(video) {
    this.#chapters = video.addTextTrack('chapters');
    this.#storyboard = video.addTextTrack('metadata', 'thumbnails');
  }

  /** @param chapters [{ seconds, title }], in their order */
  divide(chapters) {
    const text = (title) => title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'); // It is read as markup.
    fill(this.#chapters, chapters.map(({ seconds, title }) => ({ start: seconds, text: text(title) })));
    // Media Chrome looks again when a track changes its mode.
    this.#chapters.mode = 'disabled';
    this.#chapters.mode = 'hidden';
  }

  /**
   * Without a storyboard, or while it can't be had, the bar shows times alone.
   *
   * @param url signed, of the text of the storyboard; empty for none
   * @param signal ends what is asked for
   */
  async illustrate(url, signal) {
    fill(this.#storyboard, []);
    if (!url) return;
    try {
      const answer = await fetch(url, { signal, credentials: 'omit' });
      if (answer.ok) fill(this.#storyboard, cues(await answer.text()).map(({ start, text }) => ({ start, text: new URL(text, url).href })));
    } catch {
      // It is an extra.
    }
  }

  /** @param sign gives an address the signature of now */
  renew(sign) {
    for (const cue of this.#storyboard.cues) {
      const [file, place] = cue.text.split('#');
      cue.text = `${sign(file)}#${place}`;
    }
  }
}

/** @param marks [{ start, text }]: each lasts until the next one */
function fill(track, marks) {
  for (const cue of [...track.cues]) track.removeCue(cue);
  marks.forEach(({ start, text }, index) => track.addCue(new VTTCue(start, marks[index + 1]?.start ?? END, text)));
}
