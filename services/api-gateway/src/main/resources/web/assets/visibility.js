/** Who may see a video, in words. */

import { h, icon } from './dom.js';
import { day } from './format.js';

export const VISIBILITIES = [
  ['public', 'Public', 'Everybody'],
  ['unlisted', 'Unlisted', 'Everybody who has its address; it is in no list'],
  ['private', 'Private', 'You, administrators, and who has a link from you'],
];

/** The choices of a field in which one is chosen. */
export function visibilityOptions() {
  return VISIBILITIES.map(([value, name, who]) => h('option', { value }, `${name}: ${who}`));
}

/** For its owner; nothing of a public video, which is the usual one. */
export function visibilityChip(video) {
  if (!video.visibility || video.visibility === 'public') return null;
  const text = video.publish_at ? `Public on ${day(video.publish_at)}` : VISIBILITIES.find(([value]) => value === video.visibility)[1];
  return h('span', { class: 'chip', testid: 'visibility', 'data-visibility': video.visibility }, icon(video.publish_at ? 'clock' : 'lock'), text);
}
