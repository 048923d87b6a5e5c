/** Asking again and again, until the answer is final. */

const INTERVAL_MS = 1000;
const SLOWEST_MS = 8000;

/**
 * Asks every second, or as often as is said; after failures at longer and longer intervals, and not before the platform wants to be asked.
 *
 * @param ask returns (a promise of) whether to go on
 * @param troubled told of each failure; returns whether to go on in spite of it
 * @param every milliseconds, or a function that says them before each pause
 * @param signal ends it
 */
export async function poll(ask, { signal, every = INTERVAL_MS, troubled = () => true }) {
  const usual = typeof every === 'function' ? every : () => every;
  let interval = usual();
  for (;;) {
    await pause(interval, signal);
    if (signal.aborted) return;
    try {
      if (!(await ask())) return;
      interval = usual();
    } catch (error) {
      if (signal.aborted || !troubled(error)) return;
      interval = Math.max(Math.min(interval * 2, SLOWEST_MS), (error.retryAfter ?? 0) * 1000);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
