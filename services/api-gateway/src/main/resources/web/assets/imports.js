/** Videos that the platform fetches from where their owner says: how they are begun, and what becomes of each. */

import { announce, h, icon } from './dom.js';
import { action } from './actions.js';
import { api } from './api.js';
import { field, form } from './forms.js';
import { size } from './format.js';
import { poll } from './poll.js';
import { progressBar } from './progress.js';
import { visibilityOptions } from './visibility.js';

/**
 * @param signal ends it with the view
 * @param changed told when what the person has stored may be another
 */
export function importsPanel(signal, changed) {
  const trouble = h('p', { class: 'trouble', role: 'status' });
  const outOfTouch = h('p', { class: 'trouble', role: 'status' });
  const list = h('ol', { class: 'uploads', testid: 'imports' });
  const rows = new Map();
  let following = false;

  async function look() {
    const { imports } = await api('GET', '/videos/imports?size=100', { auth: 'required', signal });
    outOfTouch.textContent = '';
    show(imports);
    return imports.some((each) => each.state === 'importing');
  }

  function show(imports) {
    for (const [id, row] of rows) {
      if (imports.some((each) => each.video_id === id)) continue;
      // The button that has the focus goes with it.
      if (row.root.contains(document.activeElement)) (details.open ? url : details.firstChild).focus();
      row.root.remove();
      rows.delete(id);
    }
    imports.toReversed().forEach((each) => {
      if (!rows.has(each.video_id)) {
        const row = importRow(each, { forget, trouble, changed });
        rows.set(each.video_id, row);
        list.prepend(row.root);
      }
      rows.get(each.video_id).update(each);
    });
  }

  async function forget(each) {
    await api('DELETE', `/videos/imports/${each.video_id}`, { auth: 'required', signal });
    announce(each.state === 'importing' ? 'The import is ended' : 'The import is dismissed');
    await look();
  }

  async function follow() {
    if (following) return;
    following = true;
    const troubled = (error) => {
      outOfTouch.textContent = error.message;
      return error.status !== 401;
    };
    await poll(look, { signal, troubled });
    following = false;
  }

  const url = h('input', { id: 'import-url', name: 'url', type: 'url', required: true, maxlength: '2000', autocomplete: 'off', placeholder: 'https://…' });
  const title = h('input', { id: 'import-title', name: 'title', maxlength: '255', autocomplete: 'off' });
  const visibility = h('select', { id: 'import-visibility', name: 'visibility', value: 'private' }, visibilityOptions());
  const begin = form('import', [
    field('URL of the file', url, { hint: 'Of the video itself, not of a page that shows it. Its server has to be one that everybody reaches.' }),
    field('Title', title, { optional: true, hint: 'Without one the name of the file.' }),
    field('Who may see it', visibility),
  ], 'Import', async () => {
    const body = { url: url.value.trim(), title: title.value.trim(), visibility: visibility.value };
    await api('POST', '/videos/imports', { auth: 'required', body, signal });
    url.value = '';
    title.value = '';
    announce('The import has begun');
    if (await look()) follow();
  });

  look()
    .then((open) => open && follow())
    .catch((error) => signal.aborted || (outOfTouch.textContent = error.message));
  const details = h('details', { class: 'streams', testid: 'import-panel' }, h('summary', {}, 'Import from a URL'), begin);
  return h('div', { class: 'sections' }, details, outOfTouch, trouble, list);
}

function importRow(first, { forget, trouble, changed }) {
  let current = first;
  const id = first.video_id;
  const title = h('h2', { id: `import-${id}` }, first.title);
  const bar = progressBar(`import-progress-${id}`, 'Import');
  const place = h('div', { class: 'job-message' });
  const end = action('Cancel', 'import-end', () => forget(current), trouble);
  const root = h(
    'li',
    {},
    h('section', { class: 'panel job', testid: 'import-job', 'aria-labelledby': title.id }, title, h('p', { class: 'meta' }, h('span', { class: 'address' }, first.url)), bar.root, place, h('div', { class: 'actions' }, end)),
  );
  let shown = null;

  function update(each) {
    current = each;
    const importing = each.state === 'importing';
    bar.update(...progress(each));
    const key = JSON.stringify([each.state, each.error]);
    if (key === shown) return;
    const isNews = shown !== null;
    shown = key;
    const name = importing ? 'Cancel' : 'Dismiss';
    end.textContent = name;
    end.setAttribute('aria-label', `${name}: ${each.title}`);
    place.replaceChildren(...messages(each));
    if (importing || !isNews) return;
    announce(`${each.title}: ${each.state === 'failed' ? 'the import has failed' : 'imported'}`);
    changed();
  }

  return { root, update };
}

function progress({ state, bytes, size: whole, percent }) {
  if (state === 'failed') return [0, 'Failed'];
  if (state === 'uploaded') return [100, 'Done'];
  if (percent !== null) return [percent, `${percent} % · ${size(bytes)} of ${size(whole)}`];
  return [null, bytes ? size(bytes) : 'Waiting'];
}

/** No alert: what is news is announced, and the rest is from before. */
function sentence(text, testid) {
  return h('p', { class: 'form-message bad', testid }, icon('alert'), h('span', {}, text));
}

function messages({ state, error }) {
  if (state === 'failed') return [sentence(error.message, 'import-error')];
  if (state === 'uploaded') return [h('p', { class: 'form-message good', testid: 'import-done' }, icon('check'), h('span', {}, 'It is here, and among ', h('a', { href: '#/mine' }, 'your videos'), '.'))];
  if (error) return [sentence(`${error.message} It is tried again.`, 'import-hitch')];
  return [];
}
