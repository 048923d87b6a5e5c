/** What is known of one thing on the map: a route, a service, a way from one to another. */

import { api, isAbort } from './api.js';
import { h } from './dom.js';
import { ago, day } from './format.js';
import { edgeId, failedShare, rateText, serviceOf, shareText, sum } from './mesh-numbers.js';

const MOST_LETTERS = 5;

export class Panel {
  #id = null;
  #picture = null;
  #yaml = h('div', {});
  #letters = h('div', {});
  #shownYaml = null;
  #changing = h('div', {});
  #heading = h('h2', { tabindex: '-1', testid: 'mesh-panel-title' });

  /**
   * @param pick told of the id of another thing to look at, or null
   * @param fold told of the service to fold or unfold
   */
  constructor({ pick, fold, signal }) {
    this.pick = pick;
    this.fold = fold;
    this.signal = signal;
    this.root = h(
      'aside',
      { class: 'mesh-panel', 'aria-label': 'Details', testid: 'mesh-panel', hidden: true, on: { keydown: (event) => event.key === 'Escape' && pick(null) } },
      h('div', { class: 'view-head' }, this.#heading, h('button', { type: 'button', class: 'button', testid: 'mesh-panel-close', on: { click: () => pick(null) } }, 'Close')),
      this.#changing,
      this.#yaml,
      this.#letters,
    );
  }

  /** Shows a thing; null shows nothing. */
  open(id, picture) {
    this.#id = id;
    this.root.hidden = id === null;
    this.#shownYaml = null;
    this.#yaml.replaceChildren();
    this.#letters.replaceChildren();
    if (id === null) return;
    this.update(picture);
    const route = picture.byId.get(id);
    if (route?.service) this.#findLetters(route.name, id);
    this.root.scrollTop = 0;
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  /** The same thing, with what is known of it now. */
  update(picture) {
    this.#picture = picture;
    if (this.#id === null) return;
    const node = picture.byId.get(this.#id);
    const service = picture.service(this.#id);
    const edge = picture.edges.get(this.#id);
    this.#heading.textContent = node?.name ?? service?.name ?? edge?.id ?? this.#id;
    // What the pointer is on stays the same element, or a click on it would be lost.
    const focused = this.#changing.contains(document.activeElement) ? document.activeElement.dataset.goes : null;
    if (node?.service) this.#changing.replaceChildren(...this.#aboutRoute(node));
    else if (service) this.#changing.replaceChildren(...this.#aboutService(service));
    else if (edge) this.#changing.replaceChildren(...this.#aboutEdge(edge));
    else if (node) this.#changing.replaceChildren(...this.#aboutOther(node));
    else this.#changing.replaceChildren(h('p', { class: 'hint' }, 'It is not on the map any more.'));
    if (focused) [...this.#changing.querySelectorAll('[data-goes]')].find((button) => button.dataset.goes === focused)?.focus({ preventScroll: true });
    this.#showYaml(picture.map.source, node);
  }

  #aboutRoute(route) {
    return [
      h('p', { testid: 'mesh-description' }, route.description ?? ''),
      facts([
        ['State', route.state],
        ['Instances', String(route.instances)],
        ['Service', this.#button(route.service, route.service)],
        ['From', h('code', {}, route.from)],
        ...this.#numbers(this.#picture.now(route.id)),
        ['Under way', String(route.in_flight)],
      ]),
      this.#links(route),
      ...this.#neighbours(route.id),
    ];
  }

  #aboutService(service) {
    if (!service.answers) return [h('p', { class: 'why', testid: 'mesh-silent' }, 'It does not answer. What its callers say of it is on the edges.'), ...this.#neighbours(service.name)];
    const routes = this.#picture.routes(service.name);
    const sorted = [...routes].sort((one, other) => this.#weight(other) - this.#weight(one));
    const unfolded = this.#picture.unfolded.has(service.name);
    return [
      facts([
        ...service.instances.flatMap(({ instance, started_at: since }) => [
          ['Instance', instance],
          ['Runs since', h('time', { datetime: since, title: day(since) }, ago(since))],
        ]),
        ...this.#numbers(this.#picture.now(service.name)),
      ]),
      h('p', { class: 'actions' }, h('button', { type: 'button', class: 'button', testid: 'mesh-fold', 'data-goes': 'fold', on: { click: () => this.fold(service.name) } }, unfolded ? 'Fold its routes' : 'Show its routes on the map')),
      this.#list('Routes', sorted.map((route) => [route.id, route.name, this.#picture.now(route.id)])),
    ];
  }

  /** What fails first, then what does most. */
  #weight(route) {
    const now = this.#picture.now(route.id);
    return (route.state === 'Started' ? 0 : 1e9) + now.failed * 1e6 + now.rate;
  }

  #aboutEdge(edge) {
    return [
      facts([['From', this.#button(edge.from, edge.from)], ['To', this.#button(edge.to, edge.to)], ...this.#numbers(edge.now)]),
      h('h3', {}, 'What goes this way'),
      h(
        'ul',
        { class: 'mesh-ways' },
        edge.parts.map((part) => h('li', {}, this.#button(part.from, nameOf(part.from)), ' → ', this.#button(part.to, nameOf(part.to)), h('span', { class: 'meta' }, ` ${part.protocol} ${part.details.join(', ')}`), h('span', { class: 'mesh-now' }, this.#short(this.#picture.nowOf.get(edgeId(part)))))),
      ),
    ];
  }

  #aboutOther(node) {
    const what = { STORE: 'Beyond the routes: a server, a disk.', CLIENTS: 'Browsers, players and whoever else calls from outside.', MISSING: 'A route sends here, and none receives it.' };
    return [h('p', {}, what[node.kind] ?? ''), facts(this.#numbers(this.#picture.now(node.id))), ...this.#neighbours(node.id)];
  }

  #numbers(now) {
    return [
      ['Rate', h('span', { testid: 'mesh-rate' }, this.#picture.traffic.knowsRates ? rateText(now.rate) : '…')],
      ['Failed', `${shareText(failedShare(now))}${now.failed ? ` (${rateText(now.failed)})` : ''}`],
      ['Refused', now.refused ? rateText(now.refused) : '0/s'],
      ['p95', h('span', { testid: 'mesh-p95' }, this.#picture.p95(now))],
      ['Since its start', h('span', { testid: 'mesh-total' }, String(now.total))],
    ];
  }

  #short(now) {
    return `${rateText(now.rate)} · p95 ${this.#picture.p95(now)}${now.failed ? ` · ⚠ ${shareText(failedShare(now))}` : ''}`;
  }

  #neighbours(id) {
    const edges = this.#picture.map.edges;
    const side = (found, end) => {
      const ids = [...new Set(found.map((edge) => edge[end]))];
      return ids.map((other) => [other, nameOf(other), sum(found.filter((edge) => edge[end] === other).map((edge) => this.#picture.nowOf.get(edgeId(edge)))), found.filter((edge) => edge[end] === other).map((edge) => `${edge.protocol} ${edge.details.join(', ')}`.trim()).join('; ')]);
    };
    return [
      this.#list('Called by', side(edges.filter((edge) => edge.to === id), 'from')),
      this.#list('Calls', side(edges.filter((edge) => edge.from === id), 'to')),
    ];
  }

  #list(title, items) {
    if (!items.length) return h('div', {});
    return h(
      'section',
      {},
      h('h3', {}, title),
      h('ul', { class: 'mesh-ways' }, items.map(([id, name, now, how]) => h('li', {}, this.#button(id, name), how && h('span', { class: 'meta' }, ` ${how}`), h('span', { class: 'mesh-now' }, this.#short(now))))),
    );
  }

  #button(id, name) {
    return h('button', { type: 'button', class: 'link', 'data-goes': id, on: { click: () => this.pick(id, { focus: true }) } }, name);
  }

  /** To where logs and traces are kept, when the platform knows. */
  #links(route) {
    const links = Object.entries(this.#picture.map.links).filter(([, address]) => address);
    if (!links.length) return h('div', {});
    const fill = (address) => address.replaceAll('{route}', encodeURIComponent(route.name)).replaceAll('{service}', encodeURIComponent(route.service));
    return h('p', { class: 'actions' }, links.map(([name, address]) => h('a', { class: 'button', href: fill(address), target: '_blank', rel: 'noopener', testid: `mesh-${name}` }, name === 'logs' ? 'Its logs' : 'Its traces')));
  }

  #showYaml(source, route) {
    if (!route?.service || source?.route !== route.name || source.text === this.#shownYaml) return;
    this.#shownYaml = source.text;
    this.#yaml.replaceChildren(h('section', {}, h('h3', {}, `routes/${source.file}`), h('pre', { class: 'code mesh-yaml', tabindex: '0', testid: 'mesh-yaml', 'aria-label': `YAML of ${route.name}` }, source.text)));
  }

  async #findLetters(name, id) {
    try {
      const { dead_letters: letters, total } = await api('GET', `/dead-letters?route=${encodeURIComponent(name)}&size=${MOST_LETTERS}`, { auth: 'required', signal: this.signal });
      if (this.#id !== id) return;
      this.#letters.replaceChildren(
        h(
          'section',
          { testid: 'mesh-letters' },
          h('h3', {}, 'Dead letters'),
          letters.length
            ? h('ul', { class: 'mesh-ways' }, letters.map((letter) => h('li', {}, h('a', { href: `#/operator/dead-letters/${letter.id}` }, letter.reason), h('span', { class: 'meta' }, ` ${letter.queue}, ${ago(letter.failed_at)}`))), total > letters.length && h('li', { class: 'hint' }, `and ${total - letters.length} more`))
            : h('p', { class: 'hint' }, 'There are none that went through it.'),
        ),
      );
    } catch (error) {
      if (!isAbort(error) && this.#id === id) this.#letters.replaceChildren(h('p', { class: 'why' }, error.message));
    }
  }
}

function facts(all) {
  return h('dl', { class: 'facts' }, all.flatMap(([name, content]) => [h('dt', {}, name), h('dd', {}, content)]));
}

/** Without the service that stands before it. */
function nameOf(id) {
  return serviceOf(id) ? id.slice(id.indexOf('/') + 1) : id;
}
