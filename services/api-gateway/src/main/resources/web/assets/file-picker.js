/** A file input under a surface to drop on; keyboard and screen readers meet the plain input. */

import { h, icon } from './dom.js';
import { size } from './format.js';

/** @param multiple whether it takes several, and shows none, as they go elsewhere */
export function filePicker({ id, name, accept, text, hint, iconName, multiple = false }) {
  const input = h('input', { id, name, type: 'file', accept, multiple });
  const picture = h('span', { class: 'picker-picture' }, icon(iconName));
  const words = h('span', { class: 'picker-words' });
  const surface = h('div', { class: 'picker' }, input, h('div', { class: 'picker-face', 'aria-hidden': 'true' }, picture, words));
  const show = () => {
    const chosen = multiple ? undefined : input.files[0];
    surface.classList.toggle('chosen', Boolean(chosen));
    words.replaceChildren(h('strong', {}, chosen?.name ?? text), h('span', {}, chosen ? size(chosen.size) : hint));
    picture.replaceChildren(icon(iconName));
    if (chosen?.type.startsWith('image/')) showPicture(chosen, picture);
  };
  const over = (yes) => () => surface.classList.toggle('over', yes);
  input.addEventListener('dragenter', over(true));
  input.addEventListener('dragleave', over(false));
  input.addEventListener('drop', over(false));
  input.addEventListener('change', show);
  show();
  return { surface, input };
}

/** As a data URL: the content security policy lets no blob: pictures in. */
function showPicture(file, place) {
  const reader = new FileReader();
  reader.onload = () => {
    const image = h('img', { src: reader.result, alt: '', on: { error: () => image.replaceWith(icon('image')) } });
    place.replaceChildren(image);
  };
  reader.readAsDataURL(file);
}
