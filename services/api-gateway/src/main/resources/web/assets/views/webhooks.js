/** One's own webhooks, and what was sent to each. */

import { failure, h, heading, icon, notice } from '../dom.js';
import { isAbort } from '../api.js';
import { deliveriesPanel } from '../deliveries.js';
import { restoreDrafts } from '../forms.js';
import { ownWebhooks, webhookChip, webhooksPanel, webhookTrouble } from '../webhooks.js';

export function webhooks({ main, full, signal }) {
  const body = h('div', { class: 'sections' }, webhooksPanel(signal));
  main.append(h('div', { class: 'medium' }, back('/profile', 'Profile and settings'), h('div', { class: 'view-head' }, heading('Webhooks')), body));
  restoreDrafts(full, body);
  return 'Webhooks';
}

export function webhookLog({ main, full, query, parameters: [id], signal }) {
  const head = h('div', { class: 'view-head' }, heading('Log of a webhook'));
  const body = h('div', { class: 'sections' });
  main.append(h('div', { class: 'medium' }, back('/webhooks', 'Webhooks'), head, body));

  async function load() {
    body.replaceChildren(h('div', { class: 'spinner' }));
    try {
      const webhook = (await ownWebhooks(signal)).find((each) => each.id === id);
      if (webhook) show(webhook);
      else body.replaceChildren(notice('There is no such webhook.'));
    } catch (error) {
      if (!isAbort(error) && error.status !== 401) body.replaceChildren(failure(error, load));
    }
  }

  function show(webhook) {
    const about = h('p', { class: 'meta' }, webhookChip(webhook), h('span', { class: 'address', testid: 'log-url' }, webhook.url));
    head.append(...[about, webhookTrouble(webhook)].filter(Boolean));
    body.replaceChildren(...deliveriesPanel(webhook, query.get('state') ?? '', signal));
    restoreDrafts(full, body);
  }

  load();
  return 'Log of a webhook';
}

function back(to, name) {
  return h('p', { class: 'back' }, h('a', { href: `#${to}`, testid: 'back' }, icon('back'), name));
}
