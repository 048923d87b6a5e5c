/** What happens now, from numbers that only grow. */

/** Over how long a rate is taken. */
const WINDOW_MS = 15_000;

/** Instances that have not answered for so long are gone: behind the gateway's address each answer may come from another. */
const GONE_MS = 60_000;

export const NOTHING = { rate: 0, failed: 0, refused: 0, total: 0, buckets: [] };

/** Several at once. */
export function sum(all) {
  return all.reduce((one, other) => ({
    rate: one.rate + other.rate,
    failed: one.failed + other.failed,
    refused: one.refused + other.refused,
    total: one.total + other.total,
    buckets: plus(one.buckets, other.buckets),
  }), NOTHING);
}

function plus(one, other) {
  if (!one.length || !other.length) return one.length ? one : other;
  return one.map((count, bucket) => count + other[bucket]);
}

/** Of what happened lately, the share that failed: 0 to 1. */
export function failedShare(now) {
  return now.rate ? Math.min(1, now.failed / now.rate) : 0;
}

/**
 * The time within which 95 of 100 were done, in milliseconds, between the bounds of their bucket; null when nothing happened,
 * and infinite when they took longer than the last bound.
 */
export function p95(buckets, bounds) {
  const total = buckets.reduce((all, count) => all + count, 0);
  if (!total) return null;
  let before = 0;
  for (const [bucket, count] of buckets.entries()) {
    if (count && before + count >= total * 0.95) {
      if (bucket >= bounds.length) return Infinity;
      const low = bucket ? bounds[bucket - 1] : 0;
      return low + (bounds[bucket] - low) * ((total * 0.95 - before) / count);
    }
    before += count;
  }
  return null;
}

/** Remembers the last answers, by the instances that they are of: others have numbers of their own. */
export class Traffic {
  /** Service to instances to answers, oldest first. */
  #heard = new Map();

  /** Takes a map as the platform tells it. */
  hear(map, at) {
    for (const service of map.services.filter((candidate) => candidate.answers)) {
      const heard = this.#heard.get(service.name) ?? new Map();
      this.#heard.set(service.name, heard);
      const answers = heard.get(service.instance) ?? [];
      heard.set(service.instance, answers);
      answers.push({ at, numbers: numbersOf(map, service.name) });
      while (answers.length > 2 && answers[1].at <= at - WINDOW_MS) answers.shift();
      for (const [instances, old] of heard) {
        // One that came or went leaves the others, which would count twice.
        if (old.at(-1).at < at - GONE_MS || (old !== answers && service.instances.some(({ instance }) => instances.includes(instance)))) heard.delete(instances);
      }
    }
  }

  /** What a node or an edge does now; rates are a second's. */
  now(id, service) {
    const answers = [...(this.#heard.get(service)?.values() ?? [])];
    return sum(answers.map((ofInstances) => difference(ofInstances[0], ofInstances.at(-1), id)));
  }

  /** Whether there are two answers to compare. */
  get knowsRates() {
    return [...this.#heard.values()].some((heard) => [...heard.values()].some((answers) => answers.length > 1));
  }
}

function difference(first, last, id) {
  const now = last.numbers.get(id);
  if (!now) return NOTHING;
  // A route that came while the service ran has counted from nothing.
  const then = first.numbers.get(id) ?? { total: 0, failed: 0, refused: 0, buckets: [] };
  const seconds = (last.at - first.at) / 1000;
  if (!seconds) return { ...NOTHING, total: now.total };
  return {
    rate: (now.total - then.total) / seconds,
    failed: (now.failed - then.failed) / seconds,
    refused: (now.refused - then.refused) / seconds,
    total: now.total,
    buckets: now.buckets.map((count, bucket) => count - (then.buckets[bucket] ?? 0)),
  };
}

function numbersOf(map, service) {
  const nodes = map.nodes.filter((node) => node.service === service).map((node) => [node.id, node.numbers]);
  const edges = map.edges.filter((edge) => countedBy(edge) === service).map((edge) => [edgeId(edge), edge.numbers]);
  return new Map([...nodes, ...edges]);
}

export function edgeId({ from, to, protocol }) {
  return `${from} ${to} ${protocol}`;
}

/** The service that counts an edge: the one that sends. Clients do not count, so there it is the one that receives. */
export function countedBy({ from, to }) {
  return from.includes('/') ? serviceOf(from) : serviceOf(to);
}

/** A route's id has its service before the slash. */
export function serviceOf(id) {
  return id.includes('/') ? id.slice(0, id.indexOf('/')) : null;
}

/** "3.2/s", "40/min". */
export function rateText(rate) {
  if (!rate) return '0/s';
  if (rate >= 10) return `${Math.round(rate)}/s`;
  if (rate >= 1) return `${rate.toFixed(1)}/s`;
  return `${Math.max(1, Math.round(rate * 60))}/min`;
}

/** "12 ms", "1.4 s". */
export function timeText(milliseconds) {
  if (milliseconds === null) return '–';
  if (milliseconds === Infinity) return '> 10 min';
  if (milliseconds < 1) return '< 1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${(milliseconds / 60_000).toFixed(1)} min`;
}

export function shareText(share) {
  return share && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;
}
