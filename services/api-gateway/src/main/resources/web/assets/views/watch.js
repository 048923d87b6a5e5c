/** One video: the player when it is ready; its state, until it is, for its owner. */

import { announce, failure, h, heading, icon, notice, setTitle } from '../dom.js';
import { api, isAbort } from '../api.js';
import { card, owner, when } from '../cards.js';
import { copyable } from '../copyable.js';
import { count } from '../format.js';
import { loginAndReturn } from '../router.js';
import { avatar, settings } from '../people.js';
import { Player } from '../player.js';
import { poll } from '../poll.js';
import { isUnderWay, progressBar, stateText, warningList, whyFailed } from '../progress.js';
import { session } from '../session.js';
import { linksPanel } from '../links.js';
import { transcript } from '../transcript.js';
import { videoForm } from '../video-form.js';
import { visibilityChip } from '../visibility.js';

export function watch({ main, parameters: [id], query, signal }) {
  const stage = h('div', { class: 'stage', testid: 'stage' }, h('div', { class: 'spinner', 'aria-hidden': 'true' }));
  const about = h('div', { class: 'about' });
  const more = h('aside', { class: 'more', 'aria-label': 'More videos' });
  main.append(h('div', { class: 'watch' }, h('div', { class: 'watch-main' }, stage, about), more));

  const secret = query.get('link');
  const address = secret ? `/videos/${id}?${new URLSearchParams({ link: secret })}` : `/videos/${id}`;
  const find = () => api('GET', address, { auth: 'optional', signal });

  async function load() {
    try {
      await show(await find());
    } catch (error) {
      if (!isAbort(error)) refuse(error);
    }
  }

  function refuse(error) {
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
    setTitle(video.title);
    describe(playback);
    if (isOwn(video) && query.has('edit')) edit(playback);
    if (video.state === 'failed') {
      stageMessage(video, h('p', { class: 'stage-text', testid: 'failure' }, whyFailed(video)));
    } else if (isUnderWay(video)) {
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
    };
    stageMessage(video, bar.root, h('p', { class: 'stage-text' }, 'It starts here by itself when it is ready. Until then only you see this.'));
    update(video);
    announce(`${video.title}: ${stateText(video)}`);
    let last = null;
    await poll(
      async () => {
        last = await find();
        if (isUnderWay(last.video)) update(last.video);
        return isUnderWay(last.video);
      },
      { signal, troubled: (error) => (error.status === 404 ? ((last = error), false) : true) },
    );
    if (signal.aborted) return;
    if (last instanceof Error) throw last;
    announce(last.video.state === 'ready' ? `${video.title} is ready` : `${video.title} failed`);
    await show(last);
  }

  function stageMessage(video, ...children) {
    stage.replaceChildren(h('div', { class: `stage-box ${video.state}`, testid: 'video-state', 'data-state': video.state }, icon(video.state === 'failed' ? 'alert' : 'film'), children));
  }

  async function play({ video, hls_url }) {
    if (!hls_url) {
      stageMessage({ state: 'failed' }, h('p', { class: 'stage-text' }, 'There is no stream of this video.'));
      return;
    }
    const renew = async () => (await find()).hls_url;
    const failed = (text) => {
      const again = h('button', { type: 'button', class: 'button', testid: 'retry', on: { click: () => (stage.replaceChildren(h('div', { class: 'spinner' })), load()) } }, 'Try again');
      player.quality.remove();
      stage.replaceChildren(h('div', { class: 'stage-box failed', role: 'alert', testid: 'player-error' }, icon('alert'), h('p', { class: 'stage-text' }, text), again));
    };
    const player = new Player({ title: video.title, poster: video.thumbnail_url, settings: await settings(), renew, failed, signal });
    if (signal.aborted) return;
    stage.replaceChildren(player.video);
    about.querySelector('.about-side').replaceChildren(player.quality);
    await player.play(hls_url);
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
      isOwn(video) && h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button', testid: 'edit-video', on: { click: () => edit(playback) } }, 'Edit')),
      transcript(playback, () => stage.querySelector('video'), signal),
      // For the owner, who may have a better file.
      isOwn(video) && warningList(video),
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
    place.append(videoForm(playback.video, { saved, cancel: () => end(playback.video), signal }));
    shown[0].before(place);
    shown.forEach((child) => child.remove());
    place.querySelector('input').focus();
  }

  async function showMore() {
    try {
      const { videos } = await api('GET', '/videos?page=1&size=9', { signal });
      const others = videos.filter((video) => String(video.id) !== id).slice(0, 8);
      if (others.length) more.replaceChildren(h('h2', {}, 'More to watch'), h('ul', { class: 'cards compact' }, others.map((video) => card(video, 'h3', true))));
      else more.remove();
    } catch {
      more.remove(); // It is an extra: the video itself says what is wrong.
    }
  }

  load();
  showMore();
}

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
