/** Servers of the person logged in that are told what happens to videos: how they are added, and what can be done with each. */

import { announce, failure, h, icon, notice } from './dom.js';
import { action } from './actions.js';
import { api, isAbort } from './api.js';
import { copyable } from './copyable.js';
import { ago, day } from './format.js';
import { field, form } from './forms.js';
import { session } from './session.js';

const TYPES = [
  ['video.uploaded', 'A video is uploaded'],
  ['video.encoding', 'Its encoding begins'],
  ['video.playable', 'Its beginning can be watched'],
  ['video.ready', 'It is encoded'],
  ['video.failed', 'It could not be encoded'],
  ['video.updated', 'Its title, description or the like is changed'],
  ['video.deleted', 'It is deleted for good'],
  ['webhook.disabled', 'A webhook is disabled by the platform'],
];
/** Of what is nobody's. */
const TYPES_OF_ADMINISTRATORS = [['dead_letter.kept', 'Nothing could be done with a message']];
const FORMATS = [['standard', 'Standard Webhooks'], ['cloudevents', 'CloudEvents']];

/** @param signal ends what is asked for */
export async function ownWebhooks(signal) {
  return (await api('GET', '/webhooks', { auth: 'required', signal })).webhooks;
}

export function webhookChip({ enabled, disabled_reason: reason }) {
  const [kind, iconName, text] = enabled ? ['ready', 'check', 'Enabled'] : reason ? ['failed', 'alert', 'Disabled'] : ['', 'clock', 'Paused'];
  return h('span', { class: `chip ${kind}`, testid: 'webhook-state' }, icon(iconName), text);
}

/** Why nothing arrives; nothing when all is well. */
export function webhookTrouble({ enabled, disabled_reason: reason, failing_since: since }) {
  const words = reason ? `Disabled by the platform. ${reason}` : since && enabled && `The server has taken nothing since ${day(since)}.`;
  return words && h('p', { class: 'why', testid: 'webhook-why' }, words);
}

/** The list, and the form that adds to it. @param signal ends what is asked for */
export function webhooksPanel(signal) {
  const trouble = h('p', { class: 'trouble why', role: 'alert', testid: 'webhooks-trouble' });
  const done = h('p', { class: 'done', role: 'status', testid: 'webhooks-done' });
  const secretPlace = h('div', { class: 'secret' });
  const list = h('ul', { class: 'rows', testid: 'webhooks', tabindex: '-1', 'aria-label': 'Your webhooks' });
  const below = h('div', {});
  const call = (method, path, body) => api(method, path, { auth: 'required', body, signal });

  async function load() {
    below.replaceChildren(h('div', { class: 'spinner' }));
    try {
      list.replaceChildren(...(await ownWebhooks(signal)).map(row));
      showWhetherThereAreAny();
    } catch (error) {
      if (!isAbort(error) && error.status !== 401) below.replaceChildren(failure(error, load));
    }
  }

  function showWhetherThereAreAny() {
    below.replaceChildren(...(list.children.length ? [] : [notice('You have no webhooks yet.')]));
  }

  /** The field takes the focus: whoever asked for the secret wants to copy it. */
  function showSecret(webhook, secret) {
    const { root, text } = copyable('Secret', secret, 'webhook-secret', 'the secret');
    secretPlace.replaceChildren(h('p', {}, 'What is sent to ', h('strong', { class: 'address' }, webhook.url), ' is signed with this secret. Copy it now: it is not shown again.'), root);
    text.focus();
  }

  function row(webhook) {
    const path = `/webhooks/${webhook.id}`;
    const root = h('li', { class: 'row plain', testid: 'webhook', 'data-id': webhook.id });
    const button = (name, testid, work) => action(name, testid, () => (done.replaceChildren(), work()), trouble, { 'aria-label': `${name}: ${webhook.url}` });
    const test = async () => {
      await call('POST', `${path}/test`);
      done.replaceChildren('A test is on its way. ', h('a', { href: `#${path}`, testid: 'see-log' }, 'See the log'));
    };
    const turn = async () => {
      const changed = await call('PATCH', path, { enabled: !webhook.enabled });
      announce(changed.webhook.enabled ? 'The webhook is enabled' : 'The webhook is paused');
      const next = row(changed.webhook);
      root.replaceWith(next);
      next.querySelector('[data-testid=turn-webhook]').focus();
    };
    const renew = async () => {
      if (!confirm('Make a new secret? The old one holds for a day beside it.')) return;
      const { secret } = await call('POST', `${path}/secret`);
      announce('The new secret is made');
      showSecret(webhook, secret);
    };
    const remove = async () => {
      if (!confirm(`Delete the webhook ${webhook.url}? What waits for it is not sent.`)) return;
      await call('DELETE', path);
      announce('The webhook is deleted');
      secretPlace.replaceChildren();
      root.remove();
      showWhetherThereAreAny();
      list.focus(); // The button is gone.
    };
    root.append(
      h(
        'div',
        { class: 'row-text' },
        h('h3', {}, webhook.url),
        webhook.description && h('p', { testid: 'webhook-description' }, webhook.description),
        h('p', { class: 'meta' }, webhookChip(webhook), h('span', {}, whatItHears(webhook)), webhook.format === 'cloudevents' && h('span', {}, 'CloudEvents'), h('span', {}, `added ${ago(webhook.created_at)}`)),
        webhookTrouble(webhook),
        h(
          'div',
          { class: 'actions row-actions' },
          h('a', { class: 'button', href: `#${path}`, testid: 'webhook-log', 'aria-label': `Log: ${webhook.url}` }, 'Log'),
          webhook.enabled && button('Test', 'test-webhook', test),
          button(webhook.enabled ? 'Pause' : 'Enable', 'turn-webhook', turn),
          button('New secret', 'renew-secret', renew),
          button('Delete', 'delete-webhook', remove),
        ),
      ),
    );
    return root;
  }

  function added({ webhook, secret }) {
    announce('The webhook is added');
    done.replaceChildren();
    list.append(row(webhook));
    showWhetherThereAreAny();
    showSecret(webhook, secret);
  }

  load();
  return [
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'Your webhooks'),
      h('p', { class: 'hint' }, 'Servers that are told by POST what happens to your videos. What they do not take is sent again, for some days.'),
      secretPlace,
      trouble,
      done,
      list,
      below,
    ),
    h('section', { class: 'panel' }, h('h2', {}, 'Add a webhook'), addForm(async (body) => added(await call('POST', '/webhooks', body)))),
  ];
}

function whatItHears({ types, everybody }) {
  const which = types.length ? types.join(', ') : 'all events';
  return everybody ? `${which}, of everybody’s videos` : which;
}

/** @param add gets what the form says; may throw an ApiError */
function addForm(add) {
  const url = h('input', { id: 'webhook-url', name: 'url', type: 'url', required: true, maxlength: '2000', autocomplete: 'off', placeholder: 'https://…' });
  const description = h('input', { id: 'webhook-description', name: 'description', maxlength: '255', autocomplete: 'off' });
  const format = h('select', { id: 'webhook-format', name: 'format', value: 'standard' }, FORMATS.map(([value, name]) => h('option', { value }, name)));
  const everybody = h('input', { id: 'webhook-everybody', name: 'everybody', type: 'checkbox' });
  const types = h(
    'fieldset',
    { class: 'choices' },
    h('legend', {}, 'What it is told'),
    h('p', { class: 'hint' }, 'Everything, when you choose nothing.'),
    [...TYPES, ...(session.isAdmin ? TYPES_OF_ADMINISTRATORS : [])].map(typeChoice),
  );
  const fields = [
    field('URL', url, { hint: 'Of a server that everybody reaches, and that answers 2xx.' }),
    field('Description', description, { optional: true }),
    types,
    session.isAdmin && field('Everybody’s videos', everybody, { hint: 'And messages that nothing could be done with.' }),
    field('Format', format, { hint: 'Of what is sent. It is signed in the same way in both.' }),
  ];
  const element = form('webhook-form', fields.filter(Boolean), 'Add', async () => {
    const body = { url: url.value.trim(), description: description.value.trim(), types: [...types.querySelectorAll(':checked')].map((box) => box.value), format: format.value };
    if (everybody.checked) body.everybody = true;
    await add(body);
    element.reset();
  });
  return element;
}

function typeChoice([type, words]) {
  const id = `webhook-type-${type.replace('.', '-')}`;
  return h('div', { class: 'check-line' }, h('input', { id, testid: id, name: 'types', type: 'checkbox', value: type }), h('label', { for: id }, type, h('span', { class: 'meta' }, words)));
}
