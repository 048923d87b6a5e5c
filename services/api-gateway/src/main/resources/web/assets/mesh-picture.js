/** What of the map is to be seen: services as one node each, or with their routes in them. */

import { countedBy, edgeId, failedShare, NOTHING, p95, rateText, serviceOf, shareText, sum, timeText } from './mesh-numbers.js';

/** From this share of failures on, something is broken and not just ill. */
const BROKEN = 0.05;

export class Picture {
  /**
   * @param map as the platform tells it
   * @param traffic what was heard so far
   * @param unfolded names of the services whose routes are seen
   */
  constructor(map, traffic, unfolded) {
    this.map = map;
    this.traffic = traffic;
    this.unfolded = unfolded;
    this.byId = new Map(map.nodes.map((node) => [node.id, node]));
    this.nowOf = new Map(map.nodes.filter((node) => node.service).map((node) => [node.id, traffic.now(node.id, node.service)]));
    for (const edge of map.edges) this.nowOf.set(edgeId(edge), traffic.now(edgeId(edge), countedBy(edge)));
    this.edges = this.#edges();
  }

  routes(service) {
    return this.map.nodes.filter((node) => node.service === service);
  }

  service(name) {
    return this.map.services.find((service) => service.name === name);
  }

  /** What happens to a node or edge now, or through a service. */
  now(id) {
    if (this.nowOf.has(id)) return this.nowOf.get(id);
    const edge = this.edges.get(id);
    if (edge) return edge.now;
    return sum(this.map.edges.filter((candidate) => this.#enters(candidate, id)).map((candidate) => this.nowOf.get(edgeId(candidate))));
  }

  /** From outside into a service, or into a store. */
  #enters({ from, to }, id) {
    return to === id || (serviceOf(to) === id && serviceOf(from) !== id);
  }

  #edges() {
    const edges = new Map();
    for (const edge of this.map.edges) {
      const [from, to] = [this.#seen(edge.from), this.#seen(edge.to)];
      if (from === to && edge.from !== edge.to) continue;
      const id = `${from} → ${to}`;
      const found = edges.get(id) ?? { id, from, to, parts: [], now: NOTHING };
      found.parts.push(edge);
      found.now = sum([found.now, this.nowOf.get(edgeId(edge))]);
      edges.set(id, found);
    }
    return edges;
  }

  /** What stands for a node: a route that is folded away is in its service. */
  #seen(id) {
    const service = serviceOf(id);
    return service && this.byId.has(id) && !this.unfolded.has(service) ? service : id;
  }

  /** Nodes and edges for the drawing; what has none of the words is faded. */
  drawing(words) {
    const nodes = this.map.services.flatMap((service) => this.#ofService(service, words));
    const others = this.map.nodes.filter((node) => !node.service && node.kind !== 'SERVICE');
    for (const node of others) {
      const parent = this.unfolded.has(serviceOf(node.id)) ? serviceOf(node.id) : undefined;
      nodes.push({ id: node.id, label: node.name, kind: node.kind.toLowerCase(), health: node.kind === 'MISSING' ? 'bad' : this.health(this.now(node.id)), parent, faded: !matches(node, words) });
    }
    const unseen = new Set(nodes.filter((node) => node.faded).map((node) => node.id));
    const edges = [...this.edges.values()].map((edge) => ({
      id: edge.id,
      from: edge.from,
      to: edge.to,
      health: this.health(edge.now),
      label: this.byId.get(edge.from)?.service || this.byId.get(edge.to)?.service ? '' : this.#edgeLabel(edge),
      weight: Math.min(1, Math.log10(1 + edge.now.rate * 10) / 3),
      faded: unseen.has(edge.from) || unseen.has(edge.to),
    }));
    return { nodes, edges };
  }

  #ofService({ name, answers, instances }, words) {
    const routes = this.routes(name);
    if (!answers || !this.unfolded.has(name)) {
      const faded = words !== '' && !name.includes(words) && !routes.some((route) => matches(route, words));
      return [{ id: name, label: this.#serviceLabel(name, instances), kind: 'service', health: answers ? this.serviceHealth(name) : 'silent', faded }];
    }
    return [
      { id: name, label: name, kind: 'service', health: this.serviceHealth(name), isParent: true },
      ...routes.map((route) => ({ id: route.id, label: this.#routeLabel(route), kind: 'route', health: this.routeHealth(route), parent: name, faded: !matches(route, words) })),
    ];
  }

  #serviceLabel(name, instances) {
    if (!instances.length) return `${name}\nno answer`;
    const now = this.now(name);
    const ill = this.serviceHealth(name) === 'bad' || this.serviceHealth(name) === 'warn';
    const failed = failedShare(sum(this.routes(name).map((route) => this.now(route.id))));
    return `${name}${instances.length > 1 ? ` ×${instances.length}` : ''}\n${rateText(now.rate)} · p95 ${this.p95(now)}${ill ? `\n⚠ ${failed ? `${shareText(failed)} failed` : 'a route is not running'}` : ''}`;
  }

  /** Without the service's name, which stands on the box around it. */
  #routeLabel(route) {
    const short = route.name.startsWith(`${route.service}-`) ? route.name.slice(route.service.length + 1) : route.name;
    const now = this.now(route.id);
    if (route.state !== 'Started') return `${short}\n⚠ ${route.state.toLowerCase()}`;
    return now.failed ? `${short}\n⚠ ${shareText(failedShare(now))} failed` : short;
  }

  #edgeLabel(edge) {
    const protocols = [...new Set(edge.parts.map((part) => part.protocol))].join(', ');
    if (!edge.now.rate) return protocols;
    return `${protocols}\n${rateText(edge.now.rate)} · ${this.p95(edge.now)}${edge.now.failed ? ` · ⚠ ${shareText(failedShare(edge.now))}` : ''}`;
  }

  p95(now) {
    return timeText(p95(now.buckets, this.map.bounds));
  }

  health(now) {
    const share = failedShare(now);
    if (share >= BROKEN) return 'bad';
    if (share > 0) return 'warn';
    return now.rate > 0 ? 'good' : 'idle';
  }

  routeHealth(route) {
    return route.state === 'Started' ? this.health(this.now(route.id)) : 'bad';
  }

  serviceHealth(name) {
    const healths = new Set(this.routes(name).map((route) => this.routeHealth(route)));
    return ['bad', 'warn', 'good'].find((health) => healths.has(health)) ?? this.health(this.now(name));
  }
}

export function matches(node, words) {
  return words === '' || `${node.name} ${node.description ?? ''} ${node.from}`.toLowerCase().includes(words);
}
