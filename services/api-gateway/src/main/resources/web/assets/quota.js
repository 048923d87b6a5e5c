/** What somebody may store, and how much of it he does. */

import { h } from './dom.js';
import { api } from './api.js';
import { count, size } from './format.js';
import { field, form, say } from './forms.js';

/** What counts, and how it is freed. */
const RULES = 'What is in the trash counts until it is deleted for good.';

/** Of the person logged in. @param signal ends what is asked for */
export async function ownQuota(signal) {
  return (await api('GET', '/auth/quota', { auth: 'required', signal })).quota;
}

/** Why a file can't be sent; empty when it can. */
export function whyNoRoom({ used, allowed }, bytes) {
  if (allowed.max_videos !== null && used.videos >= allowed.max_videos) return `You may have ${count(allowed.max_videos, 'video', 'videos')}, and have them. Delete one for good first. ${RULES}`;
  const left = Math.max(0, allowed.max_bytes - used.bytes);
  if (allowed.max_bytes !== null && bytes > left) return `You have room for ${size(left)}. Delete other videos for good first. ${RULES}`;
  return '';
}

/** "12 GB of 200 GB · 3 videos", with a bar where there is an end. */
export function usage({ used, allowed }) {
  const bytes = allowed.max_bytes === null ? `${size(used.bytes)}, no limit` : `${size(used.bytes)} of ${size(allowed.max_bytes)}`;
  const videos = allowed.max_videos === null ? count(used.videos, 'video', 'videos') : `${used.videos} of ${count(allowed.max_videos, 'video', 'videos')}`;
  return h(
    'div',
    { class: 'usage', testid: 'quota' },
    h('p', { class: 'meta' }, h('span', {}, bytes), h('span', {}, videos), used.uploads > 0 && h('span', {}, `${count(used.uploads, 'upload', 'uploads')} under way`)),
    allowed.max_bytes > 0 && h('progress', { max: allowed.max_bytes, value: Math.min(used.bytes, allowed.max_bytes), 'aria-label': 'Storage used' }),
  );
}

/** Of the person logged in, in the profile. */
export function quotaPanel(quota) {
  return h('section', { class: 'panel' }, h('h2', {}, 'Storage'), usage(quota), h('p', { class: 'hint' }, `Videos count with the size that they were uploaded with. ${RULES}`));
}

/** How administrators see and change a user's, once it is opened. */
export function quotaDetails(user, signal) {
  const place = h('div', { class: 'user-quota' });
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const details = h('details', { class: 'streams', testid: 'user-quota' }, h('summary', { 'aria-label': `Quota of ${user.name}` }, 'Quota'), trouble, place);

  function show(quota) {
    const number = (key, label, value) => {
      const input = h('input', { id: `quota-${key}-${user.id}`, name: key, testid: `quota-${key}`, type: 'number', min: '0', step: key === 'max_bytes' ? 'any' : '1', inputmode: 'decimal', value: value ?? '', autocomplete: 'off' });
      return { key, input, line: field(label, input, { optional: true }) };
    };
    const fields = [number('max_bytes', 'Gigabytes', quota.own.max_bytes === null ? null : quota.own.max_bytes / 1e9), number('max_videos', 'Videos', quota.own.max_videos), number('max_uploads', 'Uploads at once', quota.own.max_uploads)];
    const element = form(`quota-form-${user.id}`, [h('p', { class: 'hint' }, 'Empty for what everybody may have, 0 for no limit.'), ...fields.map(({ line }) => line)], 'Set quota', async () => {
      const body = {};
      for (const { key, input } of fields) if (input.value.trim()) body[key] = key === 'max_bytes' ? Math.round(Number(input.value) * 1e9) : Number(input.value);
      const changed = await api('PUT', `/users/${user.id}/quota`, { auth: 'required', signal, body });
      place.querySelector('.usage').replaceWith(usage(changed.quota));
      say(element, `The quota of ${user.name} is set.`, 'good');
    });
    place.replaceChildren(usage(quota), element);
  }

  details.addEventListener('toggle', async () => {
    if (!details.open || place.firstChild) return;
    try {
      show((await api('GET', `/users/${user.id}/quota`, { auth: 'required', signal })).quota);
    } catch (error) {
      trouble.textContent = error.message;
    }
  });
  return details;
}
