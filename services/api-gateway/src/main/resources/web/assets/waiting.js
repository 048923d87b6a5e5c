/** Why a video is not being encoded yet, for its owner. */

import { h } from './dom.js';
import { api } from './api.js';
import { wait } from './format.js';
import { poll } from './poll.js';

/** It is not in the page before. */
const FIRST_MS = 250;
const EVERY_MS = 10_000;

/**
 * A line that says it and stays true for as long as it stands in the page; empty until there is something to say.
 *
 * @param video the number of the video
 * @param signal ends it
 */
export function waitingLine(video, signal) {
  const line = h('p', { class: 'meta', testid: 'waits-for' });
  let every = FIRST_MS;
  const ask = async () => {
    if (!line.isConnected) return false;
    every = EVERY_MS;
    const { encoding } = await api('GET', `/videos/${video}/encoding`, { auth: 'required', signal });
    line.textContent = words(encoding.waits_for);
    return encoding.state === 'waiting';
  };
  // Without an answer there is a line less to read; whatever shows the video says what is wrong.
  poll(ask, { signal, every: () => every, troubled: (error) => error.status !== 401 && error.status !== 403 });
  return line;
}

function words(wish) {
  if (!wish) return '';
  const seconds = Math.round((new Date(wish.expected_at ?? NaN) - Date.now()) / 1000);
  if (Number.isNaN(seconds)) return wish.detail;
  return `${wish.detail} It is expected to begin ${seconds > 0 ? wait(seconds) : 'at any moment'}.`;
}
