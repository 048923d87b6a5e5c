/** Coming and going: log in, register, log out. */

import { h, heading, notice } from '../dom.js';
import { api } from '../api.js';
import { field, form } from '../forms.js';
import { link, navigate } from '../router.js';
import { session } from '../session.js';
import { uploads } from '../upload-queue.js';

export function logIn({ main, query, signal }) {
  if (session.token) goOn(query);
  const email = h('input', { id: 'login-email', name: 'email', type: 'email', autocomplete: 'username', required: true, maxlength: '255' });
  const password = h('input', { id: 'login-password', name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '255' });
  const element = form('login-form', [field('Email', email), field('Password', password)], 'Log in', async () => {
    const answer = await api('POST', '/auth/login', { body: { email: email.value.trim(), password: password.value }, signal });
    enter(answer, query);
  });
  main.append(
    h(
      'div',
      { class: 'narrow panel' },
      heading('Log in'),
      query.has('ended') && notice('Your session has ended. Log in to go on; what you typed is kept.', { testid: 'session-ended' }),
      element,
      h('p', { class: 'aside' }, 'New here? ', h('a', { href: link('/register', { next: query.get('next') }), testid: 'to-register' }, 'Register')),
    ),
  );
  return 'Log in';
}

export function register({ main, query, signal }) {
  if (session.token) goOn(query);
  const name = h('input', { id: 'register-name', name: 'name', autocomplete: 'name', required: true, maxlength: '50' });
  const email = h('input', { id: 'register-email', name: 'email', type: 'email', autocomplete: 'email', required: true, maxlength: '255' });
  const password = h('input', { id: 'register-password', name: 'password', type: 'password', autocomplete: 'new-password', required: true, maxlength: '255' });
  const fields = [
    field('Name', name, { hint: 'Shown beside your videos. 3 to 50 characters.' }),
    field('Email', email),
    field('Password', password, { hint: 'At least 5 characters; longer is better.' }),
  ];
  const element = form('register-form', fields, 'Register', async () => {
    const body = { name: name.value.trim(), email: email.value.trim(), password: password.value };
    const answer = await api('POST', '/auth/register', { body, signal });
    enter(answer, query);
  });
  main.append(
    h(
      'div',
      { class: 'narrow panel' },
      heading('Register'),
      element,
      h('p', { class: 'aside' }, 'Registered already? ', h('a', { href: link('/login', { next: query.get('next') }), testid: 'to-login' }, 'Log in')),
    ),
  );
  return 'Register';
}

function enter(answer, query) {
  session.begin(answer);
  goOn(query);
}

function goOn(query) {
  const next = query.get('next');
  navigate(next?.startsWith('/') ? next : '/', { replace: true });
}

/** The platform is told, but whoever leaves is not kept by its being out of reach. */
export function logOut() {
  if (uploads.isOpen && !confirm('Not all uploads are finished. Log out and cancel them?')) return;
  uploads.clear();
  api('POST', '/auth/logout', { auth: 'optional' }).catch(() => {});
  navigate('/');
  session.end();
}
