/**
 * The unfinished uploads of the person logged in, kept in this browser: after a reload or a crash they go on. Each has a key of its own, so
 * that tabs do not overwrite each other's.
 */

import { session } from './session.js';

const mine = () => `caravan.upload.${session.user?.id}.`;

export function newKey() {
  return mine() + Math.random().toString(36).slice(2);
}

/** @returns pairs of key and entry, the first chosen first */
export function remembered() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(mine()))
      .map((key) => [key, JSON.parse(localStorage.getItem(key))])
      .sort(([, one], [, other]) => one.chosenAt - other.chosenAt);
  } catch {
    return []; // Storage is forbidden, or holds something else.
  }
}

export function remember(key, entry) {
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // Storage is forbidden or full: the upload lasts as long as the tab.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
