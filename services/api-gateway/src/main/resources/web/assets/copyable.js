/** Text that is there to be copied. */

import { h, icon } from './dom.js';

/**
 * A label, the text in a field, and a button that copies it.
 *
 * @param what the button copies, for who does not see it
 * @returns the line, and the field as `text`
 */
export function copyable(name, value, testid, what) {
  const copied = h('span', { class: 'copied', role: 'status' });
  const text = h('input', { id: testid, testid, readonly: true, value, on: { focus: () => text.select() } });
  const copy = async () => {
    text.select();
    await navigator.clipboard.writeText(text.value).then(() => (copied.textContent = 'Copied'), () => (copied.textContent = 'Press Ctrl+C'));
  };
  const root = h('div', { class: 'stream' }, h('label', { for: testid }, name), text, h('button', { type: 'button', class: 'button', 'aria-label': `Copy ${what}`, on: { click: copy } }, icon('copy')), copied);
  return { root, text };
}
