/** The running system, drawn from its running routes. What an operator looks at first. */

import { api, isAbort } from '../api.js';
import { announce, failure, h, heading, notice } from '../dom.js';
import { count } from '../format.js';
import { Graph, loadGraph, STYLE_ID } from '../mesh-graph.js';
import { failedShare, rateText, shareText, sum, Traffic } from '../mesh-numbers.js';
import { Panel } from '../mesh-panel.js';
import { matches, Picture } from '../mesh-picture.js';
import { poll } from '../poll.js';
import { link } from '../router.js';
import { session } from '../session.js';
import { onlyForAdministrators } from './operator.js';

const EVERY_MS = 3000;

export function mesh({ main, query, signal }) {
  if (!session.isAdmin) return onlyForAdministrators(main, 'Mesh');
  new MeshView(main, query, signal).start();
  return 'Mesh';
}

class MeshView {
  #traffic = new Traffic();
  #unfolded = new Set();
  #picture = null;
  #graph = null;
  #words = '';
  #picked = null;

  constructor(main, query, signal) {
    this.signal = signal;
    this.#picked = query.get('at');
    this.state = h('p', { class: 'total', testid: 'mesh-state' });
    this.search = h('input', { id: 'mesh-search', type: 'search', placeholder: 'Find a route', autocomplete: 'off', 'aria-label': 'Find a route', testid: 'mesh-search', on: { input: () => this.#find(), keydown: (event) => event.key === 'Enter' && this.#pickFirst() } });
    this.folding = this.#button('Show all routes', 'mesh-unfold', () => this.#foldAll());
    this.listing = this.#button('As a list', 'mesh-as-list', () => this.#swap());
    this.canvas = h('div', { class: 'mesh-canvas', testid: 'mesh-canvas', role: 'img', 'aria-label': 'Map of the services; the list has the same in words' }, h('div', { class: 'spinner' }));
    this.list = h('div', { class: 'mesh-list', testid: 'mesh-list', hidden: true });
    this.trouble = h('div', {});
    this.panel = new Panel({ pick: (id, how) => this.#pick(id, how), fold: (service) => this.#fold(service), signal });
    main.append(
      h(
        'div',
        { class: 'mesh', id: STYLE_ID },
        h(
          'div',
          { class: 'mesh-bar' },
          heading('Mesh'),
          this.state,
          this.search,
          this.folding,
          this.listing,
          h('div', { class: 'mesh-zoom' }, this.#button('−', 'mesh-out', () => this.#graph?.zoom(1 / 1.3), 'Smaller'), this.#button('+', 'mesh-in', () => this.#graph?.zoom(1.3), 'Larger'), this.#button('Fit', 'mesh-fit', () => this.#graph?.fit())),
        ),
        legend(),
        this.trouble,
        h('div', { class: 'mesh-body' }, this.canvas, this.list, this.panel.root),
      ),
    );
  }

  #button(text, testid, click, label) {
    return h('button', { type: 'button', class: 'button', testid, 'aria-label': label, on: { click } }, text);
  }

  async start() {
    try {
      await loadGraph();
      if (this.signal.aborted) return;
      await this.#ask();
    } catch (error) {
      if (isAbort(error) || error.status === 401) return;
      this.canvas.replaceChildren(failure(error, () => this.start()));
      return;
    }
    await poll(async () => (await this.#ask(), true), { signal: this.signal, every: EVERY_MS, troubled: (error) => this.#complain(error) });
  }

  #complain(error) {
    if (error.status === 401 || error.status === 403) return false;
    this.trouble.replaceChildren(notice(`${error.message} What you see is what was heard last.`, { kind: 'bad', testid: 'mesh-trouble' }));
    return true;
  }

  async #ask() {
    const route = this.#picture?.byId.get(this.#picked) ?? { name: this.#picked?.split('/')[1], service: this.#picked };
    const wanted = route.service && route.name ? `?route=${encodeURIComponent(route.name)}` : '';
    const map = await api('GET', `/mesh/services${wanted}`, { auth: 'required', signal: this.signal });
    this.#traffic.hear(map, Date.now());
    this.map = map;
    this.trouble.replaceChildren();
    this.#show();
  }

  #show() {
    const isFirst = this.#picture === null;
    this.#picture = new Picture(this.map, this.#traffic, this.#unfolded);
    if (isFirst) {
      this.canvas.replaceChildren();
      this.#graph = new Graph(this.canvas, { picked: (id) => this.#pick(id), opened: (id) => this.#fold(id), signal: this.signal });
    }
    const { nodes, edges } = this.#picture.drawing(this.#words);
    this.#graph.draw(nodes, edges);
    this.#graph.mark(this.#picked);
    this.#tell();
    if (!this.list.hidden) this.#fillList();
    if (isFirst && this.#picked) this.panel.open(this.#picked, this.#picture);
    else this.panel.update(this.#picture);
  }

  #tell() {
    const { services, nodes } = this.map;
    const silent = services.filter((service) => !service.answers).map((service) => service.name);
    const routes = nodes.filter((node) => node.kind === 'ROUTE');
    const now = sum(routes.map((route) => this.#picture.now(route.id)));
    const failed = failedShare(now);
    this.state.textContent = [
      count(services.length - silent.length, 'service', 'services'),
      silent.length ? `no answer from ${silent.join(', ')}` : null,
      count(routes.length, 'route', 'routes'),
      this.#traffic.knowsRates ? `${rateText(now.rate)} through them` : '…',
      failed ? `⚠ ${shareText(failed)} failed` : null,
    ].filter(Boolean).join(' · ');
    this.state.dataset.services = services.length - silent.length;
    this.state.dataset.routes = routes.length;
    announce(silent.length ? `No answer from ${silent.join(', ')}` : '');
  }

  #pick(id, { focus = false } = {}) {
    this.#picked = id;
    history.replaceState(null, '', link('/mesh', { at: id }));
    this.panel.open(id, this.#picture);
    this.#graph.mark(id);
    if (id === null) return;
    if (focus) {
      this.panel.focus();
      this.#graph.show(id);
    }
    // Its YAML comes with the next answer.
    if (this.#picture.byId.get(id)?.service) this.#ask().catch((error) => isAbort(error) || this.#complain(error));
  }

  #fold(service) {
    if (!this.#picture.service(service)?.answers) return;
    if (!this.#unfolded.delete(service)) this.#unfolded.add(service);
    this.#show();
  }

  #foldAll() {
    const all = this.map?.services.filter((service) => service.answers).map((service) => service.name) ?? [];
    const fold = this.#unfolded.size > 0;
    this.#unfolded.clear();
    if (!fold) all.forEach((service) => this.#unfolded.add(service));
    this.folding.textContent = fold ? 'Show all routes' : 'Services only';
    if (this.map) this.#show();
  }

  #swap() {
    this.list.hidden = !this.list.hidden;
    this.canvas.hidden = !this.list.hidden;
    this.listing.textContent = this.list.hidden ? 'As a list' : 'As a map';
    if (this.#picture && !this.list.hidden) this.#fillList();
    if (this.list.hidden) this.#graph?.fit();
  }

  #find() {
    this.#words = this.search.value.trim().toLowerCase();
    if (this.#picture) this.#show();
  }

  #pickFirst() {
    const first = this.#picture?.map.nodes.find((node) => node.service && matches(node, this.#words));
    if (!first) return;
    this.#unfolded.add(first.service);
    this.search.value = this.#words = '';
    this.#show();
    this.#pick(first.id, { focus: true });
  }

  #fillList() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const tables = this.map.services.map((service) => this.#table(service)).filter(Boolean);
    this.list.replaceChildren(...(tables.length ? tables : [notice('No route has these words.')]));
    if (focused) this.list.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  }

  #table(service) {
    const routes = this.#picture.routes(service.name).filter((route) => matches(route, this.#words));
    if (service.answers && !routes.length) return null;
    return h(
      'table',
      { class: 'mesh-table' },
      h('caption', {}, service.answers ? service.name : `${service.name}: no answer`),
      h('thead', {}, h('tr', {}, ['Route', 'State', 'Rate', 'Failed', 'p95', 'In all'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, routes.map((route) => this.#row(route))),
    );
  }

  #row(route) {
    const now = this.#picture.now(route.id);
    return h(
      'tr',
      { 'data-health': this.#picture.routeHealth(route) },
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'link', 'data-id': route.id, testid: 'mesh-row', on: { click: () => this.#pick(route.id, { focus: true }) } }, route.name)),
      [route.state, rateText(now.rate), now.failed ? `⚠ ${shareText(failedShare(now))}` : '0 %', this.#picture.p95(now), String(now.total)].map((text) => h('td', {}, text)),
    );
  }
}

function legend() {
  const entries = { good: 'at work', idle: 'idle', warn: 'some of it fails', bad: 'broken', silent: 'no answer' };
  return h('ul', { class: 'mesh-legend', 'aria-label': 'Legend' }, Object.entries(entries).map(([health, name]) => h('li', { 'data-health': health }, name)), h('li', { class: 'mesh-how' }, 'On a line: how often, and the time within which 95 % are done. Double-click a service for its routes.'));
}
