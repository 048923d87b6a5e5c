/** One message that nothing could be done with: what it was, why, and what to do about it. */

import { action } from '../actions.js';
import { announce, failure, h, heading, icon, notice, setTitle } from '../dom.js';
import { api, isAbort } from '../api.js';
import { day } from '../format.js';
import { field, form, restoreDrafts, say } from '../forms.js';
import { session } from '../session.js';
import { onlyForAdministrators } from './operator.js';

export function deadLetter({ main, full, parameters: [id], signal }) {
  if (!session.isAdmin) return onlyForAdministrators(main);
  const head = heading('Dead letter');
  const body = h('div', { class: 'sections' }, h('div', { class: 'spinner' }));
  main.append(
    h('div', { class: 'medium' }, h('p', { class: 'back' }, h('a', { href: '#/operator', testid: 'to-operator' }, icon('back'), 'Operator')), h('div', { class: 'view-head' }, head), body),
  );
  const path = `/dead-letters/${id}`;
  const call = (method, where = path, options = {}) => api(method, where, { auth: 'required', signal, ...options });

  async function load() {
    try {
      show((await call('GET')).dead_letter);
      restoreDrafts(full, body);
    } catch (error) {
      if (isAbort(error) || error.status === 401) return;
      body.replaceChildren(error.status === 404 ? notice('There is no such dead letter.') : failure(error, load));
    }
  }

  function show(letter) {
    head.textContent = letter.reason;
    setTitle(letter.reason);
    body.replaceChildren(about(letter), message(letter), headers(letter));
  }

  function about(letter) {
    const fact = (name, content, testid) => content && [h('dt', {}, name), h('dd', { testid }, content)];
    return h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'What happened'),
      h(
        'dl',
        { class: 'facts' },
        fact('State', letter.state + (letter.edited ? ', edited' : ''), 'letter-state'),
        fact('Error', h('pre', { class: 'code' }, letter.error), 'letter-error'),
        fact('When', h('time', { datetime: letter.failed_at }, day(letter.failed_at))),
        fact('Service', letter.service),
        fact('Queue', letter.queue, 'letter-queue'),
        fact('Routes', letter.route_trail.join(' → '), 'letter-trail'),
        fact('Video', letter.video_id),
        fact('Trace', letter.trace_id, 'letter-trace'),
      ),
    );
  }

  function message(letter) {
    const open = letter.state === 'open';
    const isText = letter.body_encoding !== 'base64';
    const text = h('textarea', { id: 'letter-body', name: 'body', rows: '12', class: 'code', spellcheck: 'false', readonly: !open || !isText, value: letter.body ?? '' });
    const hint = isText ? 'As it goes to the queue by a replay.' : 'In Base64, for it is no text; it can be replayed as it is.';
    const element = form('letter-form', [field('Body', text, { hint })], 'Save', async () => {
      const { dead_letter: saved } = await call('PUT', path, { body: { body: text.value } });
      show(saved);
      say(body.querySelector('#letter-form'), 'The body is saved. Replay it to have it dealt with.', 'good');
    });
    const actions = element.querySelector('.actions');
    if (!open) actions.remove();
    else if (!isText) actions.replaceChildren();
    if (open) actions.append(...decisions(letter, text));
    return h('section', { class: 'panel' }, h('h2', {}, 'Message'), element);
  }

  function decisions(letter, text) {
    const trouble = h('p', { class: 'trouble why', role: 'alert', testid: 'letter-trouble' });
    const replay = action('Replay', 'letter-replay', async () => {
      if (text.value !== (letter.body ?? '') && !confirm('What you changed is not saved. Replay it as it was?')) return;
      await call('POST', `${path}/replay`);
      await end('It is in its queue again.');
    }, trouble);
    const discard = action('Discard', 'letter-discard', async () => {
      if (!confirm('Discard this dead letter? It is kept, and can’t be replayed any more.')) return;
      await call('DELETE');
      await end('It is discarded.');
    }, trouble);
    return [replay, discard, trouble];
  }

  async function end(words) {
    show((await call('GET')).dead_letter);
    body.prepend(h('p', { class: 'form-message good', testid: 'letter-done' }, icon('check'), h('span', {}, words)));
    announce(words);
    head.focus(); // The button is gone.
  }

  function headers(letter) {
    return h('section', { class: 'panel' }, h('h2', {}, 'Headers'), h('pre', { class: 'code', testid: 'letter-headers', tabindex: '0' }, pretty(letter.headers)));
  }

  load();
  return 'Dead letter';
}

function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json ?? '';
  }
}
