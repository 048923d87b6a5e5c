/** How a video is watched, for its owner: numbers, and two pictures that are tables too. */

import { h } from './dom.js';
import { api } from './api.js';
import { count, duration, number, percent, remaining } from './format.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 600;
const HEIGHT = 120;
const DAYS = 30;
const DAY_MS = 86_400_000;

/** @param signal ends what is asked for */
export function statisticsPanel(video, signal) {
  const trouble = h('p', { class: 'trouble', role: 'status' });
  const shown = h('div', { testid: 'statistics' });
  const details = h('details', { class: 'streams', testid: 'statistics-panel' }, h('summary', {}, 'How it is watched'), shown, trouble);
  async function load() {
    trouble.textContent = '';
    const { statistics } = await api('GET', `/videos/${video.id}/statistics`, { auth: 'required', signal });
    shown.replaceChildren(...(statistics.sessions ? pictures(statistics, video) : [h('p', { class: 'hint' }, 'Nobody has watched it yet.')]));
  }
  details.addEventListener('toggle', () => {
    if (details.open) load().catch((error) => (trouble.textContent = error.message));
  });
  return details;
}

function pictures(statistics, video) {
  const { views, sessions, watched_seconds: watched, stalls, errors, retention, first_frame_median_ms: median, first_frame_p95_ms: slow } = statistics;
  const fact = (name, value, testid) => h('div', {}, h('dt', {}, name), h('dd', { testid }, value));
  const days = lastDays(statistics.days);
  const parts = retention.filter((_, index) => index % 10 === 0).map((part, index) => [place(video, index * 10), percent(part)]);
  return [
    h('dl', { class: 'figures' },
      fact('Views', number(views), 'views'),
      fact('Watched', remaining(watched).replace('about ', ''), 'watched'),
      fact('Average part', percent(Math.min(1, watched / sessions / (video.duration || 1))), 'watched-part'),
      median != null && fact('First picture', `half within ${seconds(median)}, 95 in 100 within ${seconds(slow)}`, 'first-frame'),
      fact('Stalls', number(stalls), 'stalls'),
      fact('Errors', number(errors), 'errors'),
    ),
    chart('Where viewers leave', `Of those who began, ${percent(retention[25])} were there at a quarter, ${percent(retention[50])} in the middle and ${percent(retention[99])} at the end.`,
      area(retention), ['At', 'Watching'], parts),
    chart(`Views of the last ${DAYS} days`, `${count(days.reduce((sum, [, day]) => sum + day, 0), 'view', 'views')} in ${DAYS} days.`,
      bars(days.map(([, day]) => day)), ['Day', 'Views'], days.filter(([, day]) => day > 0).map(([day, value]) => [day, number(value)])),
    h('p', { class: 'hint' }, 'A viewer counts once a day, by UTC. Nothing is kept by which one could be known on the next.'),
  ];
}

/** A picture with a sentence that says the same, and its numbers as a table. */
function chart(title, sentence, shapes, head, rows) {
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  svg.append(...shapes);
  return h('figure', { class: 'statistic' },
    h('figcaption', {}, h('strong', {}, title), ' ', sentence),
    svg,
    h('details', {}, h('summary', {}, 'As a table'),
      h('table', { class: 'numbers' },
        h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, rows.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)))))));
}

function area(parts) {
  const points = parts.map((part, index) => `${(index / (parts.length - 1)) * WIDTH},${HEIGHT - part * HEIGHT}`);
  return [shape('polygon', { points: `0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}` })];
}

function bars(values) {
  const most = Math.max(1, ...values);
  const width = WIDTH / values.length;
  return values.map((value, index) => shape('rect', { x: index * width + 1, width: width - 2, y: HEIGHT - (value / most) * HEIGHT, height: (value / most) * HEIGHT }));
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/** [day, views] of each, those without any too. */
function lastDays(days) {
  const views = new Map(days.map(({ day, views: seen }) => [day, seen]));
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(Date.now() - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return [day, views.get(day) ?? 0];
  });
}

function place(video, hundredth) {
  return video.duration ? duration((video.duration * hundredth) / 100) : `${hundredth} %`;
}

function seconds(milliseconds) {
  return `${number(milliseconds / 1000)} s`;
}
