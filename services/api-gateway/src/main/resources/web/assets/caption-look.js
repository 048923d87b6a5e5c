/** How captions look: what people need to read them differs, so size, colours and edge are theirs to choose. Kept on the device. */

import { h } from './dom.js';

const KEY = 'caravan.captions';

/** The first of each is what holds until somebody chooses. style.css has what they mean. */
const CHOICES = [
  { name: 'size', label: 'Size', values: { medium: 'Medium', small: 'Small', large: 'Large', huge: 'Very large' } },
  { name: 'colour', label: 'Colour', values: { white: 'White', yellow: 'Yellow', cyan: 'Cyan', green: 'Green', black: 'Black' } },
  { name: 'ground', label: 'Background', values: { dark: 'Dark', black: 'Black', white: 'White', none: 'None' } },
  { name: 'edge', label: 'Edge of letters', values: { none: 'None', outline: 'Outline', shadow: 'Shadow' } },
];

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // Storage is forbidden or holds something else.
  }
}

function write(look) {
  try {
    localStorage.setItem(KEY, JSON.stringify(look));
  } catch {
    // Storage is forbidden: it holds as long as the page.
  }
}

/** A dialog that shows each choice at once, on an example and in the video. */
export function captionLook(video) {
  const example = h('p', { class: 'caption-example', 'aria-hidden': 'true' }, h('span', {}, 'Captions look like this.'));
  const look = read();
  const fields = CHOICES.map(({ name, label, values }) => {
    const id = `caption-${name}`;
    const select = h('select', { id, testid: id, value: look[name] in values ? look[name] : Object.keys(values)[0], on: { change: show } },
      Object.entries(values).map(([value, text]) => h('option', { value }, text)));
    return { name, select, field: h('div', { class: 'field' }, h('label', { for: id }, label), select) };
  });

  function show(event) {
    const chosen = Object.fromEntries(fields.map(({ name, select }) => [name, select.value]));
    for (const element of [video, example]) for (const { name } of fields) element.setAttribute(`data-caption-${name}`, chosen[name]);
    if (event) write(chosen);
  }

  show();
  return h('dialog', { class: 'sheet', id: 'caption-look', testid: 'caption-look', 'aria-labelledby': 'caption-look-title' },
    h('h2', { id: 'caption-look-title' }, 'Look of captions'),
    example,
    h('div', { class: 'caption-fields' }, fields.map(({ field }) => field)),
    h('form', { method: 'dialog', class: 'actions' }, h('button', { class: 'button primary', testid: 'close-look' }, 'Close')),
  );
}
