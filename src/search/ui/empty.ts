import { copyText } from '../../elements/copy.ts';
import { create } from '../../elements/dom.ts';
import { site } from '../../site.ts';
import { contact } from '../../text/contact.ts';
import type { SearchIndex } from '../query/search-index.ts';
import { countFacet } from './facets.ts';
import { foldText } from '../fold.ts';
import { pairsOf } from '../query/pieces.ts';
import { addressOf } from './request.ts';
import type { SearchTexts } from './texts.ts';

const MOST_TOPICS = 8;

/** Topics to suggest when nothing was found: those whose names share most with the query, then the largest. */
export function closestTopics(
  { candidates, synonyms }: Pick<SearchIndex, 'candidates' | 'synonyms'>,
  query: string,
): string[] {
  const typed = new Set(pairsOf(foldText(query)));
  const closeness = (topic: string) => {
    const own = foldText(topic);
    const names = [own, ...synonyms.filter((group) => group.includes(own)).flat()];
    return Math.max(...names.map((name) => pairsOf(name).filter((pair) => typed.has(pair)).length));
  };
  return countFacet(candidates, {}, 'topic')
    .map(([topic, count]) => ({ topic, count, close: closeness(topic) }))
    .sort((a, b) => b.close - a.close || b.count - a.count)
    .slice(0, MOST_TOPICS)
    .map(({ topic }) => topic);
}

/** Links to topics, to show when nothing was found; empty when there are none. */
export function topicChoices(index: SearchIndex, query: string, texts: SearchTexts): HTMLElement[] {
  const topics = closestTopics(index, query);
  if (topics.length === 0) return [];
  const links = topics.map((topic) =>
    create(
      'li',
      {},
      create('a', { href: addressOf({ query: '', chosen: { topic }, byDate: false }) }, topic),
    ),
  );
  return [
    create('p', {}, texts.emptyLead),
    create('ul', { class: 'search-topics pills', role: 'list' }, ...links),
  ];
}

/**
 * Ready-made messages to copy: one asks the group whether anyone knows, the other asks the operators for a piece about
 * it. A visitor who is not a member is told that members find more.
 */
export function askChoices(query: string, texts: SearchTexts): HTMLElement {
  const section = create('section', { class: 'search-ask' });
  if (document.documentElement.dataset.access !== 'open') {
    section.append(
      create('h2', {}, texts.strangerTitle),
      create('p', {}, texts.strangerText),
      create('p', {}, site.join),
    );
    return section;
  }
  const { who, how } = contact;
  section.append(
    create('h2', {}, texts.askTitle),
    words(texts.askAll, texts.askAllWords(query), texts),
    words(texts.askFor, texts.askForWords(query), texts),
    create('p', { class: 'search-contact' }, texts.askContact(who, how)),
  );
  return section;
}

function words(title: string, text: string, texts: SearchTexts): HTMLElement {
  const copy = create(
    'button',
    { type: 'button', class: 'search-copy', 'data-said': texts.copied },
    texts.copy,
  );
  copy.addEventListener('click', () => void copyText(text, copy));
  return create(
    'figure',
    { class: 'search-words-to-ask' },
    create('figcaption', {}, title),
    create('blockquote', {}, text),
    copy,
  );
}
