/**
 * Where in a video somebody was, on this device. It is that person's alone: whoever logs in, out, or as another finds
 * nothing of the one before.
 */

import { session } from './session.js';

const KEY = 'caravan.watched';
const MOST = 200;
const EVERY_MS = 5000;

/** Before this many seconds nobody has begun, and this close to the end nobody is in the middle any more. */
const BEGUN = 5;
const DONE = (length) => length - Math.max(5, length * 0.03);

const person = () => session.user?.id ?? null;

session.addEventListener('change', read);

/** @returns the seconds; 0 where there is nothing to go on with */
export function rememberedPosition(id) {
  return new Map(read()).get(String(id)) ?? 0;
}

/** Keeps the latest of the last {@link MOST} videos. */
function rememberPosition(id, seconds, length) {
  const places = read().filter(([other]) => other !== String(id));
  if (seconds >= BEGUN && seconds < DONE(length)) places.push([String(id), Math.floor(seconds)]);
  try {
    localStorage.setItem(KEY, JSON.stringify({ person: person(), places: places.slice(-MOST) }));
  } catch {
    // Storage is forbidden or full: each video begins at its beginning.
  }
}

/**
 * Keeps the position while somebody watches.
 *
 * @param signal ends it
 */
export function keepPosition(video, id, signal) {
  let last = null;
  let kept = 0;
  const keep = () => {
    if (last) rememberPosition(id, last.at, last.length);
    kept = performance.now();
  };
  // Noted as it goes on: once the player has ended, the element no longer knows.
  video.addEventListener('timeupdate', () => {
    if (!(video.duration > 0) || signal.aborted) return;
    last = { at: video.currentTime, length: video.duration };
    if (performance.now() - kept > EVERY_MS) keep();
  });
  for (const event of ['pause', 'seeked', 'ended']) video.addEventListener(event, () => signal.aborted || keep());
  addEventListener('pagehide', keep, { signal });
  signal.addEventListener('abort', keep);
}

/** What is there, if it is this person's; what is another's goes. */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept?.person === person()) return kept.places;
    localStorage.removeItem(KEY);
  } catch {
    // Nothing, or nothing of ours.
  }
  return [];
}
