/** The drawing of the mesh: Cytoscape.js draws, dagre says where. */

import { loadScript } from './script.js';

const SCRIPTS = ['/webjars/cytoscape/dist/cytoscape.min.js', '/webjars/dagre/dist/dagre.min.js'];

/**
 * Cytoscape.js would add a style element, which the page's policy forbids. It does not when there is something of this id, and
 * style.css says what it would have said.
 */
export const STYLE_ID = '__________cytoscape_stylesheet';

export function loadGraph() {
  return Promise.all(SCRIPTS.map((src) => loadScript(src, 'The map could not be loaded. Check your connection and try again.')));
}

/** Of the font, and the least width and height: numbers change, and nothing is to move for them. */
const SIZES = { service: [14.5, 158, 58], route: [12, 30, 23], store: [12, 96, 48], clients: [12, 90, 44], missing: [12, 30, 23], label: [12, 106, 36] };

/** Within the box of a service: the most routes in a column, and what is tried for all boxes together; the room around each and all. */
const MOST_ROWS = 13;
const TRIED_ROWS = [6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 34];
const GAP = 6;
const PADDING = 14;
const TITLE = 22;

/** With more boxes than these, room counts for more than lines that do not cross. */
const MANY_BOXES = 2;
const BETWEEN = 36;

/** Room for its lines of text. */
function sizeOf(kind, label) {
  const [font, width, height] = SIZES[kind];
  const lines = label.split('\n');
  return { width: Math.max(width, Math.max(...lines.map((line) => line.length)) * font * 0.57 + (kind === 'label' ? 8 : 18)), height: Math.max(height, lines.length * font * 1.2 + 10) };
}

export class Graph {
  #cy;
  #shape = '';
  /** Whether the person has moved the view, which then stays as it is. */
  #moved = false;
  #dark = matchMedia('(prefers-color-scheme: dark)');

  /**
   * @param picked told of the id of a node or edge that was clicked, or null
   * @param opened told of the id of a node that was double-clicked
   */
  constructor(container, { picked, opened, signal }) {
    this.#cy = globalThis.cytoscape({ container, style: styles(), minZoom: 0.08, maxZoom: 3, boxSelectionEnabled: false, autounselectify: true, autoungrabify: true });
    // Not at once: a second click may follow, and the panel would be where it comes.
    this.#cy.on('onetap', (event) => picked(event.target === this.#cy ? null : event.target.data('stands') ?? event.target.id()));
    this.#cy.on('dbltap', 'node', (event) => opened(event.target.id()));
    const restyle = () => this.#cy.style(styles());
    this.#dark.addEventListener('change', restyle);
    this.#cy.on('dragpan scrollzoom pinchzoom', () => (this.#moved = true));
    // A panel that opens beside it makes it smaller.
    let fitting;
    const resized = new ResizeObserver(() => {
      this.#cy.resize();
      clearTimeout(fitting);
      fitting = setTimeout(() => this.#moved || this.fit(), 100);
    });
    resized.observe(container);
    signal.addEventListener('abort', () => {
      this.#dark.removeEventListener('change', restyle);
      resized.disconnect();
      clearTimeout(fitting);
      this.#cy.destroy();
    });
  }

  /**
   * Draws what is to be seen. Things keep their places while none comes or goes.
   *
   * @param nodes id, label, kind, health, parent
   * @param edges id, from, to, label, health, weight
   */
  draw(nodes, edges) {
    const shape = JSON.stringify([nodes.map(({ id, parent }) => [id, parent]), edges.map(({ id, label }) => [id, Boolean(label)])]);
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#build(nodes, edges);
    }
    this.#cy.batch(() => {
      for (const { id, label, health, faded } of nodes) this.#say(id, label, health, faded);
      for (const { id, label, health, weight, faded } of edges) {
        this.#say(id, undefined, health, faded);
        this.#cy.getElementById(id).data('weight', weight);
        if (label) this.#say(`${id} label`, label, health, faded);
      }
    });
  }

  #say(id, label, health, faded = false) {
    const element = this.#cy.getElementById(id);
    if (label !== undefined) element.data('label', label);
    element.data('health', health);
    element.toggleClass('faded', faded);
  }

  #build(nodes, edges) {
    const places = layOut(nodes, edges, this.#cy.width() / this.#cy.height());
    this.#cy.elements().remove();
    this.#cy.add([
      ...nodes.map((node) => ({ group: 'nodes', data: { ...node, ...places.sizes.get(node.id) }, position: places.nodes.get(node.id), classes: node.isParent ? 'parent' : '' })),
      ...edges.map((edge) => ({ group: 'edges', data: { id: edge.id, source: edge.from, target: edge.to, weight: edge.weight, ...places.bends.get(edge.id) }, classes: places.bends.has(edge.id) ? 'bent' : '' })),
      ...edges.filter((edge) => places.labels.has(edge.id)).map((edge) => ({ group: 'nodes', data: { id: `${edge.id} label`, stands: edge.id, kind: 'label', label: edge.label, ...sizeOf('label', edge.label) }, position: places.labels.get(edge.id) })),
    ]);
    this.fit();
  }

  /** Marks what is looked at, with what it touches. */
  mark(id) {
    this.#cy.elements().removeClass('marked near');
    const element = id ? this.#cy.getElementById(id) : this.#cy.collection();
    element.addClass('marked');
    if (element.isNode?.()) element.connectedEdges().addClass('near');
  }

  show(id) {
    const element = this.#cy.getElementById(id);
    if (element.empty()) return;
    this.#moved = true;
    this.#cy.animate({ center: { eles: element }, zoom: Math.max(this.#cy.zoom(), 0.9), duration: reduced() ? 0 : 200 });
  }

  fit() {
    this.#moved = false;
    this.#cy.resize();
    this.#cy.fit(undefined, 14);
    if (this.#cy.zoom() > 1.25) {
      this.#cy.zoom(1.25);
      this.#cy.center();
    }
  }

  zoom(factor) {
    this.#moved = true;
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: { x: this.#cy.width() / 2, y: this.#cy.height() / 2 } });
  }
}

function reduced() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Where dagre puts services, stores, bends of edges and their labels. The routes of a service stand in columns in its box: laid
 * out with all that they call, they would fill a wall.
 */
function layOut(nodes, edges, aspect) {
  const ordered = new Map(nodes.filter((node) => node.isParent).map((node) => [node.id, inOrder(nodes.filter((child) => child.parent === node.id), edges)]));
  let boxes = boxesOf(ordered, MOST_ROWS);
  const boxOf = new Map(nodes.map((node) => [node.id, node.parent ?? node.id]));
  const sizes = new Map(nodes.map((node) => [node.id, sizeOf(node.kind, node.label)]));
  const graph = newGraph(20, 8);
  for (const node of nodes.filter((candidate) => !candidate.parent)) graph.setNode(node.id, { ...(boxes.get(node.id) ?? sizes.get(node.id)) });
  for (const edge of edges) {
    const [from, to] = [boxOf.get(edge.from), boxOf.get(edge.to)];
    if (edge.label) graph.setEdge(from, to, { ...sizeOf('label', edge.label), labelpos: 'c', minlen: 1 }, edge.id);
    else if (from !== to) graph.setEdge(from, to, {}, 'some');
  }
  globalThis.dagre.layout(graph);
  if (boxes.size > MANY_BOXES) boxes = pack(graph, aspect, ordered);
  const places = { sizes, nodes: new Map(), labels: new Map(), bends: new Map() };
  for (const node of nodes.filter((candidate) => !candidate.isParent)) {
    const { x, y } = graph.node(boxOf.get(node.id));
    const place = boxes.get(node.parent)?.places.get(node.id) ?? { x: 0, y: 0 };
    places.nodes.set(node.id, { x: x + place.x, y: y + place.y });
  }
  for (const edge of edges.filter((candidate) => candidate.label && boxes.size <= MANY_BOXES)) {
    const { points, x, y } = graph.edge(edge.from, edge.to, edge.id);
    places.labels.set(edge.id, { x, y });
    const bends = bendsOf(points.slice(1, -1), places.nodes.get(edge.from), places.nodes.get(edge.to));
    if (bends) places.bends.set(edge.id, bends);
  }
  return places;
}

/** Puts everything in columns, from left to right as it was, of the height and with the boxes with which most of it can be read. */
function pack(graph, aspect, ordered) {
  const ids = graph.nodes().sort((one, other) => graph.node(one).x - graph.node(other).x || graph.node(one).y - graph.node(other).y);
  let best = null;
  for (const rows of TRIED_ROWS) {
    const boxes = boxesOf(ordered, rows);
    const order = ids.map((id) => boxes.get(id) ?? graph.node(id));
    const heights = order.map((node) => node.height + BETWEEN);
    const total = heights.reduce((all, height) => all + height, 0);
    for (let limit = Math.max(...heights); limit <= total; limit += 20) {
      const columns = columnsOf(order, limit);
      const width = columns.reduce((all, column) => all + widthOf(column) + BETWEEN, 0);
      const scale = Math.min(aspect / width, 1 / Math.max(...columns.map(heightOf)));
      if (!best || scale > best.scale) best = { boxes, order, columns, scale };
    }
  }
  const middles = new Map();
  let x = 0;
  for (const column of best.columns) {
    let y = -heightOf(column) / 2;
    for (const node of column) {
      middles.set(node, { x: x + widthOf(column) / 2, y: y + (node.height + BETWEEN) / 2 });
      y += node.height + BETWEEN;
    }
    x += widthOf(column) + BETWEEN;
  }
  best.order.forEach((node, index) => Object.assign(graph.node(ids[index]), middles.get(node)));
  return best.boxes;
}

function columnsOf(order, limit) {
  const columns = [];
  for (const node of order) {
    const last = columns.at(-1);
    if (last && heightOf([...last, node]) <= limit) last.push(node);
    else columns.push([node]);
  }
  return columns;
}

function widthOf(column) {
  return Math.max(...column.map((node) => node.width));
}

function heightOf(column) {
  return column.reduce((all, node) => all + node.height + BETWEEN, 0);
}

function newGraph(nodesep, ranksep) {
  return new globalThis.dagre.graphlib.Graph({ multigraph: true }).setGraph({ rankdir: 'LR', nodesep, ranksep, edgesep: 12 }).setDefaultEdgeLabel(() => ({}));
}

/** Routes of a box in the order in which they stand in it, callers before those whom they call, with their sizes. */
function inOrder(children, edges) {
  const graph = newGraph(GAP, GAP);
  const sizes = new Map(children.map((child) => [child.id, sizeOf(child.kind, child.label)]));
  children.forEach((child) => graph.setNode(child.id, { ...sizes.get(child.id) }));
  edges.filter((edge) => sizes.has(edge.from) && sizes.has(edge.to)).forEach((edge) => graph.setEdge(edge.from, edge.to, {}, edge.id));
  globalThis.dagre.layout(graph);
  const order = children.map((child) => child.id).sort((one, other) => graph.node(one).x - graph.node(other).x || graph.node(one).y - graph.node(other).y);
  return { order, sizes };
}

function boxesOf(ordered, mostRows) {
  return new Map([...ordered].map(([id, box]) => [id, inside(box, mostRows)]));
}

/** The size of a box, and where things stand in it, from its middle. */
function inside({ order, sizes }, mostRows) {
  const rows = Math.ceil(order.length / Math.ceil(order.length / mostRows));
  const height = Math.max(...[...sizes.values()].map((size) => size.height)) + GAP;
  const places = new Map();
  let x = 0;
  for (let first = 0; first < order.length; first += rows) {
    const column = order.slice(first, first + rows);
    const width = Math.max(...column.map((id) => sizes.get(id).width));
    column.forEach((id, row) => places.set(id, { x: x + width / 2, y: row * height + height / 2 }));
    x += width + 3 * GAP;
  }
  const size = { width: x - 3 * GAP, height: rows * height };
  for (const place of places.values()) {
    place.x -= size.width / 2;
    place.y -= size.height / 2 - TITLE / 2;
  }
  return { width: size.width + 2 * PADDING, height: size.height + 2 * PADDING + TITLE, places };
}

/** Points of a line as Cytoscape.js wants them: how far along the straight line, and how far beside it. */
function bendsOf(points, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!points.length || !length) return null;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  return {
    weights: points.map((point) => ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / length).join(' '),
    distances: points.map((point) => -(point.x - from.x) * along.y + (point.y - from.y) * along.x).join(' '),
  };
}

function styles() {
  const css = getComputedStyle(document.documentElement);
  const color = (name) => css.getPropertyValue(`--${name}`).trim();
  // Not the page's list: Cytoscape.js takes none with quotes in it.
  const font = 'system-ui, sans-serif';
  const health = (name, line, ground) => [
    { selector: `node[health="${name}"]`, style: { 'border-color': color(line), 'background-color': color(ground) } },
    { selector: `edge[health="${name}"]`, style: { 'line-color': color(line), 'target-arrow-color': color(line) } },
  ];
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        'font-family': font,
        'font-size': 14.5,
        color: color('ink'),
        'text-valign': 'center',
        'text-halign': 'center',
        'text-wrap': 'wrap',
        'text-max-width': 400,
        'line-height': 1.2,
        'min-zoomed-font-size': 6,
        width: 'data(width)',
        height: 'data(height)',
        shape: 'round-rectangle',
        'background-color': color('surface'),
        'border-width': 1.5,
        'border-color': color('edge'),
        'overlay-opacity': 0,
      },
    },
    { selector: 'node[kind="route"], node[kind="missing"]', style: { 'font-size': 12 } },
    { selector: 'node[kind="store"]', style: { shape: 'barrel', 'font-size': 12 } },
    { selector: 'node[kind="clients"]', style: { shape: 'ellipse', 'font-size': 12 } },
    { selector: 'node[kind="missing"]', style: { 'border-style': 'dashed' } },
    { selector: 'node[kind="label"]', style: { 'font-size': 12, 'border-width': 0, 'background-opacity': 0, 'text-background-color': color('bg'), 'text-background-opacity': 1, 'text-background-padding': 3, color: color('muted'), 'z-index': 5 } },
    { selector: ':parent', style: { 'text-valign': 'top', 'text-margin-y': -4, padding: PADDING, 'font-size': 16, 'font-weight': 'bold', 'background-color': color('sunken'), 'background-opacity': 0.45 } },
    {
      selector: 'edge',
      style: {
        width: 'mapData(weight, 0, 1, 1.2, 5)',
        'curve-style': 'bezier',
        'line-color': color('edge'),
        'line-opacity': 0.75,
        'target-arrow-color': color('edge'),
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.9,
        'overlay-opacity': 0,
      },
    },
    { selector: 'edge[health="idle"]', style: { 'line-opacity': 0.3, 'arrow-scale': 0.7 } },
    { selector: 'edge.bent', style: { 'curve-style': 'round-segments', 'edge-distances': 'node-position', 'segment-weights': 'data(weights)', 'segment-distances': 'data(distances)' } },
    ...health('good', 'good', 'good-soft'),
    ...health('warn', 'accent', 'accent-soft'),
    ...health('bad', 'bad', 'bad-soft'),
    { selector: 'node[kind="label"][health="bad"]', style: { color: color('bad') } },
    { selector: 'node[health="silent"]', style: { 'border-style': 'dashed', 'border-color': color('bad'), color: color('bad') } },
    { selector: '.faded', style: { opacity: 0.22 } },
    { selector: 'node.marked', style: { 'border-width': 4, 'border-color': color('accent') } },
    { selector: 'edge.marked, edge.near', style: { 'line-opacity': 1, 'line-color': color('accent'), 'target-arrow-color': color('accent'), 'z-index': 4 } },
  ];
}
