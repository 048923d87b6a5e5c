/** Buttons that ask something of the platform. */

import { h } from './dom.js';
import { isAbort } from './api.js';

/**
 * A button that can't be pressed again while it is at work.
 *
 * @param work may throw an ApiError; its sentence goes where trouble is told
 * @param trouble an element with a role that has it read out
 */
export function action(name, testid, work, trouble, props = {}) {
  const button = h('button', { type: 'button', class: 'button', testid, ...props, on: { click: press } }, name);
  async function press() {
    if (button.getAttribute('aria-disabled') === 'true') return;
    // Not `disabled`: that would throw the keyboard's focus away.
    button.setAttribute('aria-disabled', 'true');
    trouble.textContent = '';
    try {
      await work();
    } catch (error) {
      if (!isAbort(error)) trouble.textContent = error.message;
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }
  return button;
}
