/**
 * Hash routes: #/watch/7?x=y is the path /watch/7 with the query x=y. A server then needs to know one page only. The address that is
 * shared of a video is without the hash, so that the server can say in its head what the video is.
 */

/** @returns {{path: string, query: URLSearchParams, full: string}} */
export function here() {
  const shared = location.pathname.startsWith('/watch/') ? location.pathname + location.search : '/';
  const full = location.hash.startsWith('#/') ? location.hash.slice(1) : shared;
  const [path, query = ''] = full.split('?');
  return { path, query: new URLSearchParams(query), full };
}

export function navigate(full, { replace = false } = {}) {
  const hash = `#${full}`;
  if (location.hash === hash) dispatchEvent(new HashChangeEvent('hashchange'));
  else if (replace) location.replace(hash);
  else location.hash = hash;
}

/** A path with those parameters that have a value. */
export function link(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null && value !== ''));
  return query.size ? `#${path}?${query}` : `#${path}`;
}

/** Where to log in, and to come back from there. */
export function loginAndReturn(full = here().full) {
  return full === '/' ? '/login' : link('/login', { next: full }).slice(1);
}
