/** Changing what is said of a video, and who may see it. */

import { h } from './dom.js';
import { api } from './api.js';
import { captionsForm } from './captions-form.js';
import { downloadOptions } from './downloads.js';
import { field, form } from './forms.js';
import { thumbnailForm } from './thumbnail-form.js';
import { visibilityOptions } from './visibility.js';

/**
 * @param video as it is now
 * @param saved gets the video as it is then
 * @param cancel leaves it as it is
 * @param now tells the second that the player is at; null when none plays
 */
export function videoForm(video, { saved, cancel, now, signal }) {
  const title = h('input', { id: 'edit-title', name: 'title', required: true, maxlength: '255', autocomplete: 'off', value: video.title });
  const description = h('textarea', { id: 'edit-description', name: 'description', required: true, maxlength: '5000', rows: '4', value: video.description });
  const visibility = h('select', { id: 'edit-visibility', name: 'visibility', value: video.publish_at ? 'scheduled' : video.visibility }, visibilityOptions(), h('option', { value: 'scheduled' }, 'Scheduled: public from a time on, private until then'));
  const publishAt = h('input', { id: 'edit-publish-at', name: 'publish_at', type: 'datetime-local', value: video.publish_at && localTime(video.publish_at) });
  const schedule = field('Public from', publishAt, { hint: 'In the time of this device.' });
  const tags = h('input', { id: 'edit-tags', name: 'tags', autocomplete: 'off', value: video.tags.join(', ') });
  const language = h('input', { id: 'edit-language', name: 'language', maxlength: '35', autocomplete: 'off', value: video.language ?? '' });
  const licence = h('input', { id: 'edit-licence', name: 'licence', maxlength: '200', autocomplete: 'off', value: video.licence ?? '' });
  const origins = h('input', { id: 'edit-embed-origins', name: 'embed_origins', autocomplete: 'off', value: video.embed_origins.join(' ') });
  const downloads = h('select', { id: 'edit-downloads', name: 'downloads', value: video.downloads }, downloadOptions());
  const show = () => (schedule.hidden = visibility.value !== 'scheduled');
  visibility.addEventListener('change', show);
  show();
  const fields = [
    field('Title', title),
    field('Description', description),
    field('Who may see it', visibility, { hint: 'Addresses of a stream that somebody already has stay valid until they end, some hours at most.' }),
    schedule,
    field('Tags', tags, { optional: true, hint: 'Separated by commas.' }),
    field('Language', language, { optional: true, hint: 'A language tag, such as en or pt-BR.' }),
    field('Licence', licence, { optional: true }),
    field('Pages that may embed it', origins, { optional: true, hint: 'Origins such as https://example.org, separated by spaces. None for all.' }),
    field('What viewers may download', downloads, { hint: 'For everybody who may see it. The files are made when you allow it first.' }),
  ];
  const element = form('edit-form', fields, 'Save', async () => {
    const body = {
      title: title.value.trim(),
      description: description.value.trim(),
      tags: parts(tags.value, ','),
      language: language.value.trim(),
      licence: licence.value.trim(),
      embed_origins: parts(origins.value, /\s+/),
    };
    if (downloads.value !== video.downloads) body.downloads = downloads.value;
    if (visibility.value === 'scheduled') body.publish_at = publishAt.value ? new Date(publishAt.value).toISOString() : 'no time';
    else if (visibility.value !== video.visibility || video.publish_at) body.visibility = visibility.value;
    // What somebody else has changed meanwhile is not to be lost.
    const headers = { 'If-Match': `"${video.revision}"` };
    saved((await api('PATCH', `/videos/${video.id}`, { auth: 'required', body, headers, signal })).video);
  });
  element.querySelector('.actions').append(h('button', { type: 'button', class: 'button', testid: 'edit-cancel', on: { click: cancel } }, 'Cancel'));
  return h('div', {}, element, thumbnailForm(video, { now, signal }), captionsForm(video, signal));
}

function parts(text, separator) {
  return text.split(separator).map((part) => part.trim()).filter(Boolean);
}

/** As an input takes it: the device's own time, without a zone. */
function localTime(instant) {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
