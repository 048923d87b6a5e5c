/** Starts the page: the bar on top and the view that the address names. */

import { announce, h, heading, icon, notice, setTitle } from './dom.js';
import { forgetDrafts, keepDrafts } from './forms.js';
import { here, link, loginAndReturn, navigate } from './router.js';
import { avatar } from './people.js';
import { session } from './session.js';
import { takeDrops } from './upload-drop.js';
import { uploads } from './upload-queue.js';
import { logIn, logOut, register } from './views/account.js';
import { browse } from './views/browse.js';
import { deadLetter } from './views/dead-letter.js';
import { deleted } from './views/deleted.js';
import { mesh } from './views/mesh.js';
import { mine } from './views/mine.js';
import { operator } from './views/operator.js';
import { profile } from './views/profile.js';
import { upload } from './views/upload.js';
import { watch } from './views/watch.js';
import { webhookLog, webhooks } from './views/webhooks.js';

/**
 * A view fills `main` and returns its title, or nothing while it does not know it. It gets a signal that ends when
 * another view comes.
 */
const ROUTES = [
  { path: /^\/$/, view: browse },
  { path: /^\/watch\/(\d{1,10})$/, view: watch },
  { path: /^\/upload$/, view: upload, personal: true },
  { path: /^\/mine$/, view: mine, personal: true },
  { path: /^\/profile$/, view: profile, personal: true },
  { path: /^\/webhooks$/, view: webhooks, personal: true },
  { path: /^\/webhooks\/([0-9a-f-]{36})$/, view: webhookLog, personal: true },
  { path: /^\/mesh$/, view: mesh, personal: true },
  { path: /^\/operator$/, view: operator, personal: true },
  { path: /^\/operator\/dead-letters\/(\d{1,16})$/, view: deadLetter, personal: true },
  { path: /^\/deleted\/([0-9a-f-]{36})$/, view: deleted },
  { path: /^\/login$/, view: logIn },
  { path: /^\/register$/, view: register },
];

const main = document.getElementById('main');
const nav = document.getElementById('nav');
const searchText = document.getElementById('search-text');

let current = new AbortController();
let shown = null;
/** Whose drafts are kept. */
let draftsOf = null;

function show() {
  const { path, query, full } = here();
  const route = ROUTES.find((candidate) => candidate.path.test(path));
  if (route?.personal && !session.token) {
    navigate(loginAndReturn(full), { replace: true });
    return;
  }
  current.abort();
  current = new AbortController();
  main.replaceChildren();
  main.className = `view-${route?.view.name ?? 'unknown'}`;
  announce('');
  const view = route?.view ?? unknown;
  setTitle(view({ main, query, full, signal: current.signal, parameters: route?.path.exec(path).slice(1) ?? [] }));
  searchText.value = path === '/' ? (query.get('search') ?? '') : '';
  // On the first view the browser's own order holds; later a new view is a new page to whoever hears or tabs it.
  if (shown !== null) {
    scrollTo(0, 0);
    main.querySelector('h1')?.focus({ preventScroll: true });
  }
  shown = { full, personal: route?.personal ?? false };
}

function unknown({ main: root }) {
  root.append(heading('There is no such page'), notice('The address may be mistyped.', { action: h('a', { class: 'button', href: '#/' }, 'To the videos') }));
  return 'No such page';
}

function showNav() {
  const user = session.user;
  const { path } = here();
  const item = (href, name, testid, iconName, kind = '') =>
    h('a', { class: `nav-item ${kind}`, href: `#${href}`, testid, 'aria-current': path === href ? 'page' : null }, icon(iconName), h('span', {}, name));
  if (!user) {
    const next = here().path === '/login' || here().path === '/register' ? '/login' : loginAndReturn();
    nav.replaceChildren(item('/upload', 'Upload', 'nav-upload', 'upload'), h('a', { class: 'button primary', href: `#${next}`, testid: 'nav-login' }, 'Log in'));
    return;
  }
  nav.replaceChildren(item('/upload', 'Upload', 'nav-upload', 'upload'), item('/mine', 'My videos', 'nav-mine', 'film'), accountMenu(user, path));
  showUpload();
}

function accountMenu(user, path) {
  const entry = (href, name, testid, iconName) =>
    h('a', { href: `#${href}`, testid, 'aria-current': path === href ? 'page' : null }, icon(iconName), name);
  const menu = h(
    'details',
    { class: 'menu' },
    h('summary', { testid: 'account-menu', 'aria-label': `Account of ${user.name}` }, avatar(user)),
    h(
      'div',
      { class: 'menu-sheet' },
      h('p', { class: 'menu-head' }, h('strong', { testid: 'account-name' }, user.name), h('span', {}, user.email)),
      entry('/mine', 'My videos', 'menu-mine', 'film'),
      entry('/profile', 'Profile and settings', 'nav-profile', 'user'),
      entry('/webhooks', 'Webhooks', 'nav-webhooks', 'send'),
      session.isAdmin && entry('/operator', 'Operator', 'nav-operator', 'alert'),
      session.isAdmin && entry('/mesh', 'Mesh', 'nav-mesh', 'mesh'),
      h('button', { type: 'button', testid: 'logout', on: { click: logOut } }, icon('leave'), 'Log out'),
    ),
  );
  menu.addEventListener('click', (event) => {
    if (event.target.closest('a')) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  return menu;
}

/** How far uploads are, while their owner looks at something else. */
function showUpload() {
  const item = nav.querySelector('[data-testid=nav-upload] span');
  if (!item) return;
  const { isStopped, isSending } = uploads;
  item.textContent = isStopped ? 'Upload stopped' : isSending ? `Uploading ${uploads.percent} %` : 'Upload';
  item.parentElement.classList.toggle('busy', isSending);
  item.parentElement.classList.toggle('stopped', isStopped);
}

// Back to the address that is shared of a video: not only the hash is another, so nobody tells that it is.
addEventListener('popstate', () => {
  if (location.pathname === '/' || location.hash) return;
  show();
  showNav();
});

addEventListener('hashchange', () => {
  // From the address that is shared of a video to another view.
  if (location.pathname !== '/' && location.hash) history.replaceState(null, '', `/${location.hash}`);
  show();
  showNav();
});

document.addEventListener('click', (event) => {
  const menu = nav.querySelector('details[open]');
  if (menu && !menu.contains(event.target)) menu.open = false;
});

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault(); // The hash is the route's.
  main.focus();
});

document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  navigate(link('/', { search: searchText.value.trim() }).slice(1));
});

session.addEventListener('expired', () => {
  draftsOf = session.user?.id;
  if (!shown?.personal) return;
  keepDrafts(shown.full, main);
  navigate(link('/login', { next: shown.full, ended: 1 }).slice(1));
});

session.addEventListener('change', () => {
  if (session.user && draftsOf !== null && session.user.id !== draftsOf) {
    forgetDrafts();
    draftsOf = null;
  }
  showNav();
  // Logged out here or in another tab: nothing personal stays on the screen.
  if (shown?.personal && !session.user && here().full === shown.full) show();
});

uploads.addEventListener('change', showUpload);

takeDrops();

show();
showNav();
