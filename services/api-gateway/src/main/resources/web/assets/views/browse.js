/** All ready videos, newest first; or what a search finds, the most relevant or the newest first; or those of one person. */

import { announce, failure, h, heading, icon, notice, setTitle } from '../dom.js';
import { api, isAbort } from '../api.js';
import { card, skeletons } from '../cards.js';
import { count, lastPage } from '../format.js';
import { link } from '../router.js';

/** Fills rows of two, three and four. */
const PAGE_SIZE = 12;

const SORTS = { relevance: 'Most relevant', newest: 'Newest' };

export function browse({ main, query, signal }) {
  const search = query.get('search') ?? '';
  const owner = query.get('owner') ?? '';
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const sort = search && query.get('sort') === 'newest' ? 'newest' : '';
  const title = search ? `Results for “${search}”` : owner ? 'Videos of one person' : 'Newest videos';
  const head = heading(title, { testid: 'browse-heading' });
  const total = h('p', { class: 'total', testid: 'browse-total' });
  const list = h('ul', { class: 'cards', testid: 'video-list', 'aria-busy': 'true' }, skeletons(8));
  const below = h('div', {});
  main.append(h('div', { class: 'view-head' }, head, total), ...(search ? [sorts()] : []), list, below);

  async function load() {
    list.replaceChildren(...skeletons(8));
    below.replaceChildren();
    const wanted = link('', { page, size: PAGE_SIZE, search, sort, owner }).slice(1);
    try {
      const found = await api('GET', `/videos${wanted}`, { signal });
      show(found);
    } catch (error) {
      if (isAbort(error)) return;
      list.replaceChildren();
      below.replaceChildren(failure(error, load));
    } finally {
      list.removeAttribute('aria-busy');
    }
  }

  function show({ videos, total: all, total_exact: exact }) {
    list.replaceChildren(...videos.map((video) => card(video)));
    if (owner && videos.length) {
      head.textContent = `Videos by ${videos[0].user.name}`;
      setTitle(head.textContent);
    }
    total.textContent = all ? count(all, 'video', 'videos', exact) : '';
    announce(count(all, 'video', 'videos', exact));
    if (!videos.length) below.replaceChildren(nothing(all));
    else if (all > PAGE_SIZE) below.replaceChildren(pages(lastPage(all, PAGE_SIZE)));
  }

  function nothing(all) {
    if (all > 0) return notice('There is nothing on this page.', { action: h('a', { class: 'button', href: to(1) }, 'To the first page') });
    if (search) return notice('Nothing was found. Try fewer or other words.', { action: h('a', { class: 'button', href: '#/' }, 'All videos') });
    if (owner) return notice('There are no videos of this person yet.', { action: h('a', { class: 'button', href: '#/' }, 'All videos') });
    return notice('There are no videos yet. Yours can be the first.', { action: h('a', { class: 'button primary', href: '#/upload' }, 'Upload a video') });
  }

  const to = (number) => link('/', { search, sort, owner, page: number > 1 ? number : '' });

  function sorts() {
    const chosen = sort || 'relevance';
    return h(
      'nav',
      { class: 'tabs', 'aria-label': 'Order of the results' },
      Object.entries(SORTS).map(([key, name]) =>
        h('a', { class: 'nav-item', href: link('/', { search, owner, sort: key === 'newest' ? key : '' }), 'aria-current': key === chosen ? 'page' : null, testid: `sort-${key}` }, name),
      ),
    );
  }

  function pages(last) {
    const step = (name, number, testid, iconName) =>
      number >= 1 && number <= last
        ? h('a', { class: 'button', href: to(number), testid, rel: number < page ? 'prev' : 'next' }, iconName === 'back' && icon('back'), name, iconName === 'next' && icon('next'))
        : h('span', { class: 'button off', 'aria-hidden': 'true' }, iconName === 'back' && icon('back'), name, iconName === 'next' && icon('next'));
    return h(
      'nav',
      { class: 'pages', 'aria-label': 'Pages', testid: 'pages' },
      step(search ? 'Previous' : 'Newer', page - 1, 'page-previous', 'back'),
      h('span', { class: 'page-number', testid: 'page-number' }, `Page ${page} of ${last}`),
      step(search ? 'Next' : 'Older', page + 1, 'page-next', 'next'),
    );
  }

  load();
  return search || owner ? title : '';
}
