/** One video: the player as soon as there is something to play; its state, until then, for its owner. */

import { announce, failure, h, heading, icon, notice, setTitle } from '../dom.js';
import { api, isAbort } from '../api.js';
import { card, owner, when } from '../cards.js';
import { chaptersForm } from '../chapters-form.js';
import { copyable } from '../copyable.js';
import { downloadPanel } from '../downloads.js';
import { count, duration, seconds } from '../format.js';
import { link, loginAndReturn } from '../router.js';
import { avatar, settings } from '../people.js';
import { Player } from '../player.js';
import { poll } from '../poll.js';
import { isUnderWay, progressBar, stateText, warningList, whyFailed } from '../progress.js';
import { session } from '../session.js';
import { linksPanel } from '../links.js';
import { share } from '../share.js';
import { statisticsPanel } from '../statistics.js';
import { transcript } from '../transcript.js';
import { videoForm } from '../video-form.js';
import { visibilityChip } from '../visibility.js';
import { waitingLine } from '../waiting.js';
import { keepPosition, rememberedPosition } from '../watched.js';

export function watch({ main, parameters: [id], query, signal }) {
  const stage = h('div', { class: 'stage', testid: 'stage' }, h('div', { class: 'spinner', 'aria-hidden': 'true' }));
  const about = h('div', { class: 'about' });
  const more = h('aside', { class: 'more', 'aria-label': 'More videos' });
  main.append(h('div', { class: 'watch' }, h('div', { class: 'watch-main' }, stage, about), more));

  const secret = query.get('link');
  const address = secret ? `/videos/${id}?${new URLSearchParams({ link: secret })}` : `/videos/${id}`;
  let others = null;
  let requestId = null;
  let playing = null;
  const find = () => api('GET', address, { auth: 'optional', signal, answered: (id) => (requestId = id) });

  async function load() {
    try {
      await show(await find());
    } catch (error) {
      if (!isAbort(error)) refuse(error);
    }
  }

  function refuse(error) {
    others ??= showMore();
    stage.remove();
    if (error.status !== 404) {
      about.replaceChildren(heading('This video can’t be shown now'), failure(error, () => (main.replaceChildren(), watch({ main, parameters: [id], query, signal }))));
      return;
    }
    const action = session.token
      ? h('a', { class: 'button', href: '#/' }, 'To the videos')
      : h('a', { class: 'button', href: `#${loginAndReturn()}`, testid: 'login-to-watch' }, 'Log in');
    const text = session.token ? 'It may have been removed, or it is not ready yet.' : 'It may have been removed, or it is not ready yet. If it is yours, log in to see how far it is.';
    about.replaceChildren(heading('There is no such video'), notice(text, { action, testid: 'not-found' }));
    setTitle('No such video');
  }

  async function show(playback) {
    const { video } = playback;
    others ??= showMore(video);
    setTitle(video.title);
    describe(playback);
    if (isOwn(video) && query.has('edit')) edit(playback);
    if (video.state === 'failed') {
      stageMessage(video, h('p', { class: 'stage-text', testid: 'failure' }, whyFailed(video)));
    } else if (isUnderWay(video) && !playback.hls_url) {
      await wait(video);
    } else {
      await play(playback);
    }
  }

  /** Follows the encoder and plays as soon as there is something to play. */
  async function wait(video) {
    const bar = progressBar('encode-progress', '');
    const update = (state) => {
      bar.rename(state.state === 'uploaded' ? 'Waiting for the encoder' : 'Encoding');
      bar.update(state.state === 'uploaded' ? null : state.progress, state.state === 'uploaded' ? '' : `${state.progress} %`);
      stage.querySelector('.stage-box')?.setAttribute('data-state', state.state);
      if (state.state !== 'uploaded') stage.querySelector('[data-testid="waits-for"]')?.remove();
    };
    stageMessage(video, bar.root, video.state === 'uploaded' && waitingLine(video.id, signal), h('p', { class: 'stage-text' }, 'It starts here by itself as soon as there is something to play. Until then only you see this.'));
    update(video);
    announce(`${video.title}: ${stateText(video)}`);
    let last = null;
    await poll(
      async () => {
        last = await find();
        if (isUnderWay(last.video)) update(last.video);
        return isUnderWay(last.video) && !last.hls_url;
      },
      { signal, troubled: (error) => (error.status === 404 ? ((last = error), false) : true) },
    );
    if (signal.aborted) return;
    if (last instanceof Error) throw last;
    announce(last.video.state === 'failed' ? `${video.title} failed` : `${video.title} can be played`);
    await show(last);
  }

  function stageMessage(video, ...children) {
    stage.replaceChildren(h('div', { class: `stage-box ${video.state}`, testid: 'video-state', 'data-state': video.state }, icon(video.state === 'failed' ? 'alert' : 'film'), children));
  }

  async function play(playback) {
    const { video, hls_url } = playback;
    if (!hls_url) {
      stageMessage({ state: 'failed' }, h('p', { class: 'stage-text' }, 'There is no stream of this video.'));
      return;
    }
    const over = new AbortController();
    const ended = AbortSignal.any([signal, over.signal]);
    const renew = async () => (await find()).hls_url;
    const failed = (text) => {
      over.abort();
      showFailure(text);
    };
    let player;
    try {
      player = await Player.load({ title: video.title, poster: video.thumbnail_url, settings: await settings(), renew, failed, reports: { id, link: secret, auth: 'optional' }, signal: ended });
    } catch (error) {
      if (!signal.aborted) showFailure(error.message);
      return;
    }
    if (signal.aborted) return;
    playing = player;
    keepPosition(player.video, id, ended);
    const wanted = seconds(query.get('t'));
    const remembered = query.has('t') ? 0 : rememberedPosition(id);
    const at = wanted || remembered;
    stage.replaceChildren(player.root);
    about.querySelector('.about-side').replaceChildren(...(remembered ? [fromTheStart(player.video, remembered)] : []));
    player.mark(playback);
    player.play(hls_url, at < (video.playable_until ?? video.duration ?? Infinity) ? at : 0);
    if (isUnderWay(video)) followGrowth(playback, player, ended);
    const { next } = await others;
    if (next) player.follow(h('a', { class: 'button', href: link(`/watch/${next.id}`), testid: 'next-at-end' }, icon('next'), `Next: ${next.title}`));
  }

  /** Says how far it can be played while the encoder goes on, and has the player take all of it, at the same second, once it is done. */
  async function followGrowth({ video, hls_url }, player, ended) {
    const note = h('p', { class: 'meta', testid: 'playable-note' });
    const say = (now) => (note.textContent = `Encoding ${now.progress} %: plays up to ${duration(now.playable_until)} so far, in its smallest size`);
    say(video);
    about.querySelector('.about-side').append(note);
    let last = null;
    let played = hls_url;
    await poll(
      async () => {
        last = await find();
        if (!isUnderWay(last.video)) return false;
        if (last.hls_url) {
          say(last.video);
          // Another attempt began from the beginning, and has as much by now.
          if (folder(last.hls_url) !== folder(played)) player.exchange((played = last.hls_url));
        }
        return true;
      },
      { signal: ended, troubled: (error) => error.status !== 404 },
    );
    if (ended.aborted || !last || isUnderWay(last.video)) return;
    note.remove();
    if (last.video.state === 'failed') {
      await show(last);
      return;
    }
    describe(last);
    player.mark(last);
    player.exchange(last.hls_url);
    announce(`${last.video.title} is ready, in all sizes`);
  }

  /** It plays no more: why, what to tell the operator, and where to go from here. */
  function showFailure(text) {
    const again = h('button', { type: 'button', class: 'button', testid: 'retry', on: { click: () => (stage.replaceChildren(h('div', { class: 'spinner' })), load()) } }, 'Try again');
    stage.replaceChildren(h('div', { class: 'stage-box failed', role: 'alert', testid: 'player-error' },
      icon('alert'),
      h('p', { class: 'stage-text' }, text),
      requestId && h('p', { class: 'stage-text request-id' }, 'For the operator: request ', h('code', { testid: 'request-id' }, requestId)),
      h('div', { class: 'actions' }, again, h('a', { class: 'button', href: '#/' }, 'To the videos')),
    ));
  }

  function fromTheStart(player, at) {
    announce(`Goes on at ${duration(at)}`);
    const back = h('button', { type: 'button', class: 'button', testid: 'from-the-start', on: { click: () => ((player.currentTime = 0), back.remove()) } }, `From the start, not ${duration(at)}`);
    return back;
  }

  /** What the player has put beside the title stays there when what is said of the video is shown anew. */
  function describe(playback) {
    const { video, manifest_url, hls_url } = playback;
    const side = about.querySelector('.about-side')?.childNodes ?? [];
    const facts = [
      when(video),
      visibilityChip(video),
      video.resolution && h('span', {}, video.resolution.replace('x', ' × ')),
      video.renditions?.length > 0 && h('span', { testid: 'renditions' }, count(video.renditions.length, 'quality', 'qualities')),
    ];
    about.replaceChildren(...[
      h('div', { class: 'about-head' }, heading(video.title, { testid: 'video-title' }), h('div', { class: 'about-side' }, ...side)),
      h('div', { class: 'byline' }, avatar(video.user), h('div', {}, h('p', { class: 'byline-name' }, owner(video)), h('p', { class: 'meta' }, facts))),
      h('p', { class: 'description', testid: 'video-description' }, video.description),
      video.tags?.length > 0 && h('ul', { class: 'tags', testid: 'tags' }, video.tags.map((tag) => h('li', { class: 'chip' }, tag))),
      video.licence && h('p', { class: 'meta', testid: 'licence' }, `Licence: ${video.licence}`),
      h('div', { class: 'actions' },
        // Of a private video links are made one by one: see linksPanel.
        video.state === 'ready' && video.visibility !== 'private' && share(video, () => stage.querySelector('video')?.currentTime ?? 0),
        isOwn(video) && h('button', { type: 'button', class: 'button', testid: 'edit-video', on: { click: () => edit(playback) } }, 'Edit'),
      ),
      video.state === 'ready' && video.downloads !== 'none' && downloadPanel(video, secret, signal),
      transcript(playback, () => stage.querySelector('video'), signal),
      // For the owner, who may have a better file.
      isOwn(video) && warningList(video),
      isOwn(video) && statisticsPanel(video, signal),
      isOwn(video) && linksPanel(video, signal),
      manifest_url && hls_url && streams(manifest_url, hls_url),
    ].filter(Boolean));
  }

  /** In the place of what is said of the video, while it plays on. */
  function edit(playback) {
    const place = h('div', { class: 'about-edit' });
    const shown = [...about.children].filter((child) => !child.classList.contains('about-head'));
    const end = (video) => {
      describe({ ...playback, video });
      setTitle(video.title);
      about.querySelector('[data-testid="edit-video"]').focus();
    };
    const saved = (video) => {
      announce('Saved');
      end(video);
    };
    const kept = (chapters) => {
      playback = { ...playback, chapters };
      playing?.divide(chapters);
    };
    const video = () => stage.querySelector('video');
    place.append(
      videoForm(playback.video, { saved, cancel: () => end(playback.video), now: () => video()?.currentTime ?? null, signal }),
      chaptersForm(playback.video, { player: video, kept, signal }),
    );
    shown[0].before(place);
    shown.forEach((child) => child.remove());
    place.querySelector('input').focus();
  }

  /**
   * Shows what else there is: first the next of the same owner, the one before this by its date or else the newest.
   *
   * @returns the next one, if there is one
   */
  async function showMore(video) {
    const list = (filter) => api('GET', `/videos?page=1&size=${filter ? 20 : 10}${filter}`, { signal }).then(({ videos }) => videos);
    try {
      const [own, all] = await Promise.all([video?.user ? list(`&owner=${video.user.id}`) : [], list('')]);
      const here = own.findIndex((other) => String(other.id) === id);
      const next = own[here + 1] ?? own.find((_, index) => index !== here);
      const rest = all.filter((other) => String(other.id) !== id && other.id !== next?.id).slice(0, 8);
      const cards = (name, videos, testid) => videos.length > 0 && h('section', { testid }, h('h2', {}, name), h('ul', { class: 'cards compact' }, videos.map((other) => card(other, 'h3', true))));
      more.replaceChildren(...[next && cards(`Next by ${video.user.name}`, [next], 'next-video'), cards('More to watch', rest, 'more-videos')].filter(Boolean));
      if (!more.childElementCount) more.remove();
      return { next };
    } catch {
      more.remove(); // It is an extra: the video itself says what is wrong.
      return {};
    }
  }

  load();
}

const folder = (url) => new URL('.', url).pathname;

/** Whether the one who is logged in may change it. */
function isOwn(video) {
  return Boolean(session.user) && (session.user.id === video.user?.id || session.user.role === 'admin');
}

/** The signed addresses, for other players. */
function streams(dash, hls) {
  const row = (name, url, testid) => copyable(name, url, testid, `the ${name} address`).root;
  return h(
    'details',
    { class: 'streams' },
    h('summary', {}, 'Play it elsewhere'),
    h('p', { class: 'hint' }, 'Signed addresses for any DASH or HLS player. They end after some hours.'),
    row('MPEG-DASH', dash, 'manifest-url'),
    row('HLS', hls, 'hls-url'),
  );
}
