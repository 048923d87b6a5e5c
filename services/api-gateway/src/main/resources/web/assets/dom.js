/**
 * Building elements. Strings become text nodes, never markup: whatever people typed can't turn into HTML.
 */

/** @param props attributes, and `on` (listeners by event), `testid`, `value` and `checked` (as properties) */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  const { on = {}, testid, value, checked, ...attributes } = props;
  for (const [name, content] of Object.entries(attributes)) {
    if (content === true) element.setAttribute(name, '');
    else if (content !== false && content != null) element.setAttribute(name, content);
  }
  if (testid) element.dataset.testid = testid;
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  // After the children: a select takes a value only when it has the option.
  if (value != null) element.value = value;
  if (checked != null) element.checked = checked;
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** One of the symbols in index.html; decoration, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Says something to screen readers without moving the focus. */
export function announce(text) {
  const live = document.getElementById('live');
  if (live.textContent !== text) live.textContent = text;
}

export function setTitle(title) {
  document.title = title ? `${title} · Caravan` : 'Caravan';
}

/** A heading that takes the focus when a view opens. */
export function heading(text, props = {}) {
  return h('h1', { tabindex: '-1', ...props }, text);
}

/**
 * A message in the place of content.
 *
 * @param kind '' or 'bad'
 * @param action element below the text, or nothing
 */
export function notice(text, { kind = '', action, testid = 'notice' } = {}) {
  return h(
    'div',
    { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : null, testid },
    kind === 'bad' && icon('alert'),
    h('p', {}, text),
    action,
  );
}

/** What a view shows when it could not load: the reason and a way to try again. */
export function failure(error, retry) {
  return notice(error.message, {
    kind: 'bad',
    testid: 'load-error',
    action: h('button', { type: 'button', class: 'button', testid: 'retry', on: { click: retry } }, 'Try again'),
  });
}
