/**
 * One video within somebody else's page. The address says how it begins (docs/share.md), and the page around it may ask for six
 * things by messages, which embed-api.js makes calls of.
 *
 * Nobody is logged in here, whoever has the page around it open: what it shows is what everybody may see.
 */

import { h, icon } from './dom.js';
import { api } from './api.js';
import { Player } from './player.js';

/** Marks messages of this kind among all that a page gets. */
const MARK = 'caravan-embed';

const id = location.pathname.split('/')[2];
const wish = new URLSearchParams(location.search);
const [start, end] = ['start', 'end'].map((name) => Number(wish.get(name)) || 0);
const stage = document.getElementById('stage');
const signal = new AbortController().signal;
/** The video's element once it can be steered, or the sentence that says why there is none. */
let steered = null;
let failure = null;

const find = () => api('GET', `/videos/${id}`);

/** To the page around, whoever that is: it has the video, so there is nothing to hide from it. */
const tell = (message) => parent === window || parent.postMessage({ kind: MARK, ...message }, '*');

function refuse(text) {
  stage.replaceChildren(h('div', { class: 'stage-box failed', role: 'alert', testid: 'player-error' }, icon('alert'), h('p', { class: 'stage-text' }, text)));
  failure = text;
  tell({ event: 'error', error: text });
}

async function begin() {
  let playback;
  let player;
  try {
    playback = await find();
    const { video } = playback;
    document.title = `${video.title} · Caravan`;
    const settings = { autoplay: wish.get('autoplay') === '1', preferred_max_resolution: 0 };
    player = await Player.load({ title: video.title, poster: video.thumbnail_url, settings, renew: async () => (await find()).hls_url, failed: refuse, reports: { id, auth: 'none' }, signal });
  } catch (error) {
    refuse(error.status === 404 ? 'This video is not available.' : error.message);
    return;
  }
  const { video: element } = player;
  element.muted = wish.get('muted') === '1';
  stage.replaceChildren(player.root);
  if (wish.get('title') !== '0') player.root.querySelector('media-controller').prepend(titleLink(playback.video));
  if (wish.get('captions')) show(element, wish.get('captions'));
  if (end > start) stopOnce(element, end);
  player.mark(playback);
  player.play(playback.hls_url, start < (playback.video.duration || Infinity) ? start : 0);
  obey(element);
}

function titleLink({ id: number, title }) {
  return h('a', { class: 'embed-title', slot: 'top-chrome', testid: 'embed-title', target: '_blank', rel: 'noopener', href: `/watch/${number}` }, title);
}

/** Pauses where the video is to end; who plays on sees the rest. */
function stopOnce(video, seconds) {
  const stop = () => {
    if (video.currentTime < seconds) return;
    video.removeEventListener('timeupdate', stop);
    video.pause();
  };
  video.addEventListener('timeupdate', stop);
}

const captionsOf = (video) => [...video.textTracks].filter(({ kind }) => kind === 'subtitles' || kind === 'captions');
const inLanguage = (language) => (track) => track.language.toLowerCase() === language.toLowerCase();

/** Shows captions in a language as soon as there are some. */
function show(video, language) {
  const choose = () => {
    const wanted = captionsOf(video).find(inLanguage(language));
    if (!wanted) return;
    video.textTracks.removeEventListener('addtrack', choose);
    turnOn(video, wanted);
  };
  video.textTracks.addEventListener('addtrack', choose);
  choose();
}

function turnOn(video, wanted) {
  for (const track of captionsOf(video)) track.mode = track === wanted ? 'showing' : 'disabled';
}

/* ---- what the page around may ask ---- */

const VERBS = {
  play: (video) => video.play().catch(() => Promise.reject(new Error('The browser refuses to play before somebody clicks, at least with sound.'))),
  pause: (video) => video.pause(),
  seek: (video, seconds) => {
    if (!(seconds >= 0 && Number.isFinite(seconds))) throw new Error('seek takes seconds from 0 on.');
    video.currentTime = Math.min(seconds, video.duration || Infinity);
  },
  volume: (video, part) => {
    if (!(part >= 0 && part <= 1)) throw new Error('volume takes a number from 0 to 1.');
    video.muted = part === 0;
    if (part > 0) video.volume = part;
  },
  captions: (video, language) => {
    const wanted = language == null ? null : captionsOf(video).find(inLanguage(String(language)));
    if (wanted === undefined) throw new Error('There are no captions in this language.');
    turnOn(video, wanted);
  },
  state: () => {},
};

function stateOf(video) {
  return {
    paused: video.paused,
    ended: video.ended,
    seconds: video.currentTime,
    duration: video.duration || 0,
    volume: video.muted ? 0 : video.volume,
    captions: captionsOf(video).find(({ mode }) => mode === 'showing')?.language ?? null,
    languages: captionsOf(video).map(({ language }) => language),
  };
}

/** Answers each message by one with its id: how the player is then, or why it did not do it. */
addEventListener('message', async ({ source, data }) => {
  if (source !== parent || data?.kind !== MARK || !Object.hasOwn(VERBS, data.verb)) return;
  const { id: question } = data;
  if (failure) tell(question === undefined ? { event: 'error', error: failure } : { id: question, error: failure });
  else if (steered) {
    try {
      await VERBS[data.verb](steered, data.value);
      tell({ id: question, state: stateOf(steered) });
    } catch (error) {
      tell({ id: question, error: error.message });
    }
  }
});

/** Tells the page around what happens, from when it can ask for something. */
function obey(video) {
  const ready = () => {
    steered = video;
    tell({ event: 'ready', state: stateOf(video) });
    for (const event of ['play', 'pause', 'seeked', 'ended', 'volumechange']) video.addEventListener(event, () => tell({ event, state: stateOf(video) }));
  };
  if (video.readyState > 0) ready();
  else video.addEventListener('loadedmetadata', ready, { once: true });
}

begin();
