/** One at a time, in all tabs of this browser. */

const NAME = 'caravan.turn';
/** A tab that was closed in its turn holds up the others no longer than this. */
const LONGEST_MS = 30_000;

let last = Promise.resolve();

/**
 * Does the work when nobody else is at work of this kind. Not to be called from within such work.
 *
 * @returns what the work returns
 */
export function inTurn(work) {
  const turn = last.then(() => (navigator.locks ? navigator.locks.request(NAME, work) : withLease(work)));
  last = turn.catch(() => {});
  return turn;
}

/** Where the browser has no locks, as on plain HTTP: whoever wrote his name last has the turn. */
async function withLease(work) {
  const mine = `${Date.now()} ${Math.random()}`;
  for (;;) {
    if (holder() === null) {
      write({ name: mine, until: Date.now() + LONGEST_MS });
      await pause(60);
      // No storage, no other tab to wait for.
      if (holder() === mine || holder() === null) break;
    }
    await pause(120);
  }
  try {
    return await work();
  } finally {
    if (holder() === mine) write(null);
  }
}

function holder() {
  try {
    const lease = JSON.parse(localStorage.getItem(NAME));
    return lease?.until > Date.now() ? lease.name : null;
  } catch {
    return null;
  }
}

function write(lease) {
  try {
    if (lease) localStorage.setItem(NAME, JSON.stringify(lease));
    else localStorage.removeItem(NAME);
  } catch {
    // Storage is forbidden: then no tab shares a session with this one.
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
