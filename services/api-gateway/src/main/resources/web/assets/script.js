/** Libraries that a part of the page needs, fetched when it does. */

import { h } from './dom.js';

const loading = new Map();

/** @param sentence what is thrown when it can't be had; the next call tries again */
export function loadScript(src, sentence) {
  if (!loading.has(src)) {
    loading.set(src, new Promise((resolve, reject) => {
      const script = h('script', { src, on: { load: resolve } });
      script.addEventListener('error', () => {
        loading.delete(src);
        script.remove();
        reject(new Error(sentence));
      });
      document.head.append(script);
    }));
  }
  return loading.get(src);
}
