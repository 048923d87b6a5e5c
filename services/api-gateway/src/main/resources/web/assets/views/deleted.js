/** What became of an account that was deleted, for whoever has the receipt. */

import { failure, h, heading } from '../dom.js';
import { api, isAbort } from '../api.js';
import { day } from '../format.js';
import { poll } from '../poll.js';

export function deleted({ main, parameters, signal }) {
  const state = h('p', { testid: 'deletion-state', role: 'status' }, 'Looking…');
  const numbers = h('p', { class: 'meta', testid: 'deletion-numbers' });
  const trouble = h('div', {});
  main.append(
    h(
      'div',
      { class: 'narrow panel' },
      heading('Deleted account'),
      h('p', {}, 'The account is gone, and nobody is logged in to it any more.'),
      state,
      numbers,
      h('p', { class: 'hint' }, 'Keep the address of this page: it is the receipt.'),
      trouble,
    ),
  );

  async function look() {
    const { deletion } = await api('GET', `/deletions/${parameters[0]}`, { signal });
    state.textContent = deletion.completed_at ? `Nothing of it was left on ${day(deletion.completed_at)}.` : 'What it owned is being deleted.';
    numbers.replaceChildren(h('span', {}, `Videos deleted: ${deletion.videos_deleted}`), h('span', {}, `Uploads ended: ${deletion.uploads_ended}`));
    return !deletion.completed_at;
  }

  const begin = () => {
    trouble.replaceChildren();
    look()
      .then((goOn) => goOn && poll(look, { signal, every: 2000 }))
      .catch((error) => {
        if (!isAbort(error)) trouble.replaceChildren(failure(error, begin));
      });
  };
  begin();
  return 'Deleted account';
}
