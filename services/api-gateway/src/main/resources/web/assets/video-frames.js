/** Pictures out of a file that is not uploaded yet, as far as this browser can play it. */

import { h } from './dom.js';

const PLACES = [0.1, 0.5, 0.9];
const WIDTH = 320;
const PATIENCE_MS = 10_000;

/** @returns pairs of the second and a canvas; none when the file can't be played here, or has no picture */
export async function videoFrames(file) {
  const video = h('video', { preload: 'auto', playsinline: true });
  video.muted = true;
  const source = URL.createObjectURL(file);
  const frames = [];
  try {
    video.src = source;
    await heard(video, 'loadeddata');
    if (!Number.isFinite(video.duration) || !video.videoWidth) return [];
    for (const place of PLACES) {
      video.currentTime = video.duration * place;
      await heard(video, 'seeked');
      const canvas = h('canvas', { width: WIDTH, height: Math.round((WIDTH * video.videoHeight) / video.videoWidth), 'aria-hidden': 'true' });
      canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
      frames.push([Math.round(video.currentTime * 10) / 10, canvas]);
    }
    return frames;
  } catch {
    return [];
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(source);
  }
}

function heard(video, event) {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS);
    video.addEventListener('error', reject, { once: true });
    video.addEventListener(event, resolve, { once: true });
  });
}
