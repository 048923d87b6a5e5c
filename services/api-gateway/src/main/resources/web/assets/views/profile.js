/** Name, image, password and settings. */

import { announce, failure, h, heading } from '../dom.js';
import { api, ApiError, changePassword, isAbort } from '../api.js';
import { field, form, restoreDrafts, say, showErrors } from '../forms.js';
import { action } from '../actions.js';
import { size } from '../format.js';
import { avatar } from '../people.js';
import { PICTURES } from '../picture-files.js';
import { ownQuota, quotaPanel } from '../quota.js';
import { navigate } from '../router.js';
import { session } from '../session.js';
import { sessionsPanel } from '../sessions.js';
import { uploads } from '../upload-queue.js';
import { logOut } from './account.js';

const LANGUAGES = ['en', 'en-GB', 'ar', 'de', 'es', 'fr', 'hi', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'uk', 'zh'];
/** Bytes. */
const LARGEST_IMAGE = 4_000_000;
const LIMITS = [[0, 'No limit'], [1080, '1080p'], [720, '720p'], [480, '480p'], [360, '360p'], [240, '240p']];

export function profile({ main, full, signal }) {
  const body = h('div', { class: 'sections' }, h('div', { class: 'spinner' }));
  main.append(h('div', { class: 'medium' }, h('div', { class: 'view-head' }, heading('Profile and settings')), body));

  async function load() {
    body.replaceChildren(h('div', { class: 'spinner' }));
    try {
      const options = { auth: 'required', signal };
      const [{ user }, { settings }, quota] = await Promise.all([api('GET', '/auth/profile', options), api('GET', '/auth/settings', options), ownQuota(signal).catch(() => null)]);
      session.rename(user);
      session.settings = settings;
      body.replaceChildren(about(user, signal), ...(quota ? [quotaPanel(quota)] : []), preferences(settings, signal), email(user, signal), password(user), section('Where you are logged in', ...sessionsPanel(signal)), webhooks(), leave(), erasure(signal));
      restoreDrafts(full, body);
    } catch (error) {
      if (!isAbort(error) && error.status !== 401) body.replaceChildren(failure(error, load));
    }
  }

  load();
  return 'Profile and settings';
}

function section(title, ...children) {
  return h('section', { class: 'panel' }, h('h2', {}, title), children);
}

function about(user, signal) {
  let known = user;
  const name = h('input', { id: 'profile-name', name: 'name', value: user.name, autocomplete: 'name', required: true, maxlength: '50' });
  const portrait = h('div', { class: 'portrait' });
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'avatar-trouble' });
  const file = h('input', { id: 'avatar-file', testid: 'avatar-file', type: 'file', accept: PICTURES.join() });
  const shown = (answer, words) => {
    known = answer.user;
    session.rename(known);
    preview();
    remove.hidden = !known.image;
    announce(words);
  };
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    trouble.textContent = '';
    try {
      if (chosen.size > LARGEST_IMAGE) throw new ApiError(413, `An image can have at most ${size(LARGEST_IMAGE)}.`);
      shown(await api('PUT', '/auth/avatar', { auth: 'required', signal, body: chosen }), 'Your picture is changed');
    } catch (error) {
      if (!isAbort(error)) trouble.textContent = error.fieldErrors?.image?.[0] ? 'This file is no picture that can be shown.' : error.message;
    } finally {
      file.value = '';
    }
  });
  const remove = action('Remove picture', 'avatar-remove', async () => {
    shown(await api('DELETE', '/auth/avatar', { auth: 'required', signal }), 'Your picture is removed');
    file.focus();
  }, trouble);
  remove.hidden = !user.image;
  const preview = () => portrait.replaceChildren(avatar({ id: user.id, name: name.value || user.name, image: known.image }, { class: 'large' }), h('div', {}, h('strong', {}, name.value || user.name), h('span', { class: 'meta' }, user.email)));
  preview();
  const element = form('profile-form', [portrait, h('div', { class: 'portrait-change' }, field('Picture', file, { optional: true, hint: 'JPEG, PNG, WebP or GIF, 4 MB at most. The square in its middle is shown.' }), h('div', { class: 'actions' }, remove), trouble), field('Name', name)], 'Save', async () => {
    const changed = {};
    if (name.value.trim() !== known.name) changed.name = name.value.trim();
    if (Object.keys(changed).length) {
      const answer = await api('PATCH', '/auth/profile', { auth: 'required', signal, body: changed });
      known = answer.user;
      session.rename(known);
    }
    say(element, 'Your profile is saved.', 'good');
  });
  name.addEventListener('input', preview);
  return section('Profile', element);
}

function preferences(settings, signal) {
  const tags = LANGUAGES.includes(settings.language) || !settings.language ? LANGUAGES : [settings.language, ...LANGUAGES];
  const language = h('select', { id: 'settings-language', name: 'language', value: settings.language || 'en' }, tags.map((tag) => h('option', { value: tag }, languageName(tag))));
  const limit = h('select', { id: 'settings-resolution', name: 'preferred_max_resolution', value: settings.preferred_max_resolution }, LIMITS.map(([lines, text]) => h('option', { value: lines }, text)));
  const autoplay = h('input', { id: 'settings-autoplay', name: 'autoplay', type: 'checkbox', checked: settings.autoplay });
  const notices = h('input', { id: 'settings-notices', name: 'email_notices', type: 'checkbox', checked: settings.email_notices });
  const fields = [
    field('Largest automatic quality', limit, { hint: 'Saves data. By hand you can still choose more.' }),
    field('Language', language, { hint: 'For dates and numbers; the page itself speaks English.' }),
    field('Play videos as soon as they open', autoplay),
    field('Notices by email', notices),
  ];
  const element = form('settings-form', fields, 'Save', async () => {
    const body = { language: language.value, autoplay: autoplay.checked, preferred_max_resolution: Number(limit.value), email_notices: notices.checked };
    const answer = await api('PUT', '/auth/settings', { auth: 'required', signal, body });
    session.settings = answer.settings;
    say(element, 'Your settings are saved.', 'good');
  });
  return section('Settings', element);
}

function languageName(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  } catch {
    return tag;
  }
}

function email(user, signal) {
  const address = h('input', { id: 'email-new', name: 'email', type: 'email', value: user.email, autocomplete: 'email', required: true, maxlength: '255' });
  const secret = h('input', { id: 'email-password', name: 'current_password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '255' });
  const element = form('email-form', [field('Email', address), field('Current password', secret)], 'Change email', async () => {
    const body = { email: address.value.trim(), current_password: secret.value };
    session.rename((await api('PUT', '/auth/email', { auth: 'required', signal, body })).user);
    secret.value = '';
    say(element, 'Your email is changed. Log in with it from now on.', 'good');
  });
  return section('Email', element);
}

function password(user) {
  const old = h('input', { id: 'password-current', name: 'current_password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '255' });
  const fresh = h('input', { id: 'password-new', name: 'new_password', type: 'password', autocomplete: 'new-password', required: true, maxlength: '255' });
  // For password managers: which account this is.
  const account = h('input', { type: 'text', autocomplete: 'username', value: user.email, class: 'unseen', tabindex: '-1', 'aria-hidden': 'true', readonly: true });
  const element = form('password-form', [account, field('Current password', old), field('New password', fresh, { hint: 'At least 5 characters; longer is better.' })], 'Change password', async () => {
    await changePassword(user.email, old.value, fresh.value);
    old.value = fresh.value = '';
    showErrors(element, {});
    say(element, 'Your password is changed. Everywhere else you are logged out.', 'good');
  });
  return section('Password', element);
}

function webhooks() {
  return section('Webhooks', h('p', { class: 'hint' }, 'Servers of yours that are told what happens to your videos.'), h('div', { class: 'actions' }, h('a', { class: 'button', href: '#/webhooks', testid: 'to-webhooks' }, 'Webhooks')));
}

function leave() {
  const trouble = h('p', { class: 'trouble', role: 'alert', testid: 'logout-everywhere-message' });
  const everywhere = action('Log out everywhere', 'logout-everywhere', async () => {
    if (!confirm('Log out on every device and in every browser?')) return;
    await api('POST', '/auth/logout-everywhere', { auth: 'required' });
    uploads.clear();
    navigate('/');
    session.end();
  }, trouble);
  return h('div', {}, trouble, h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', testid: 'profile-logout', on: { click: logOut } }, 'Log out'), everywhere));
}

function erasure(signal) {
  const secret = h('input', { id: 'delete-password', name: 'current_password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '255' });
  const element = form('delete-form', [field('Current password', secret)], 'Delete my account', async () => {
    if (!confirm('Delete your account with all its videos, for good?')) return;
    const { deletion } = await api('POST', '/auth/delete-account', { auth: 'required', signal, body: { current_password: secret.value } });
    uploads.clear();
    navigate(`/deleted/${deletion.id}`);
    session.end();
  });
  return section('Delete my account', h('p', { class: 'hint' }, 'The account, its videos and what is being uploaded are deleted; nobody can have them back.'), element);
}
