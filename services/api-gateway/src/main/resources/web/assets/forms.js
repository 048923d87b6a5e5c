/** Forms: labelled fields with the platform's sentences beside them, and what was typed kept over a log-in. */

import { h, icon } from './dom.js';
import { isAbort } from './api.js';

/**
 * A label, a control and a place for its errors.
 *
 * @param control an input, select or textarea with an id and a name; the name is the field of the API
 * @param hint what is to know before one types
 * @param surface what to show, with the control in it, when not the bare control
 */
export function field(label, control, { hint, optional = false, surface = control } = {}) {
  const hintId = `${control.id}-hint`;
  const errorId = `${control.id}-error`;
  control.setAttribute('aria-describedby', hint ? `${hintId} ${errorId}` : errorId);
  control.dataset.testid ??= control.id;
  const name = h('label', { for: control.id }, label, optional && h('span', { class: 'optional' }, ' optional'));
  const check = control.type === 'checkbox';
  return h(
    'div',
    { class: check ? 'field check' : 'field' },
    check ? [h('div', { class: 'check-line' }, control, name)] : [name, surface],
    hint && h('p', { class: 'hint', id: hintId }, hint),
    h('p', { class: 'error', id: errorId, testid: errorId }),
  );
}

/**
 * A form that sends itself when submitted.
 *
 * @param send does it; may throw an ApiError, whose sentences are then shown
 * @param fields elements, in order
 */
export function form(testid, fields, submitLabel, send) {
  const message = h('p', { class: 'form-message', role: 'alert', testid: `${testid}-message` });
  const button = h('button', { type: 'submit', class: 'button primary', testid: `${testid}-submit` }, submitLabel);
  const element = h('form', { id: testid, testid, novalidate: true, class: 'form', method: 'post' }, message, fields, h('div', { class: 'actions' }, button));
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    showErrors(element, {});
    say(element, '');
    // Not `disabled`: that would throw the keyboard's focus away.
    button.setAttribute('aria-disabled', 'true');
    try {
      await send(element.elements);
    } catch (error) {
      if (isAbort(error)) return;
      const rest = showErrors(element, error.fieldErrors ?? {});
      say(element, [error.message, ...rest].join(' '), 'bad');
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
  return element;
}

/** The message of a whole form; kind 'good' or 'bad'. */
export function say(element, text, kind = '') {
  const message = element.querySelector('.form-message');
  message.className = `form-message ${kind}`;
  message.replaceChildren(...(text ? [icon(kind === 'good' ? 'check' : 'alert'), h('span', {}, text)] : []));
}

/**
 * Puts sentences beside their fields and the focus on the first.
 *
 * @param errors sentences by field name
 * @returns the sentences of fields that the form does not have
 */
export function showErrors(element, errors) {
  const known = new Set();
  let first = null;
  for (const control of element.elements) {
    const place = control.id && element.querySelector(`#${control.id}-error`);
    if (!place) continue;
    known.add(control.name);
    const sentences = errors[control.name] ?? [];
    place.textContent = sentences.map(asSentence).join(' ');
    control.removeAttribute('aria-invalid');
    if (sentences.length) {
      control.setAttribute('aria-invalid', 'true');
      first ??= control;
    }
  }
  first?.focus();
  return Object.entries(errors).flatMap(([name, sentences]) => (known.has(name) ? [] : sentences.map(asSentence)));
}

/** The API says "email must be an email"; a person reads "Email must be an email." */
function asSentence(text) {
  const words = text.replace(/^[a-z]+(_[a-z]+)+/, (name) => name.replaceAll('_', ' '));
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
}

const drafts = new Map();

/** Remembers what stands in all forms of a view (passwords aside) until the same view is shown again. */
export function keepDrafts(view, root) {
  const values = [...root.querySelectorAll('form[id] [name]')]
    .filter((control) => control.type !== 'password')
    .map((control) => [control.id, control.type === 'checkbox' ? control.checked : control.type === 'file' ? control.files : control.value]);
  drafts.set(view, new Map(values));
}

/** Puts back what {@link keepDrafts} remembered, once. */
export function restoreDrafts(view, root) {
  for (const [id, content] of drafts.get(view) ?? []) {
    const control = root.querySelector(`#${CSS.escape(id)}`);
    if (!control) continue;
    if (control.type === 'checkbox') control.checked = content;
    else if (control.type === 'file') control.files = content;
    else control.value = content;
    control.dispatchEvent(new Event(control.type === 'file' ? 'change' : 'input', { bubbles: true }));
  }
  drafts.delete(view);
}

export function forgetDrafts() {
  drafts.clear();
}
