import { weekday } from './dates.ts';
import { texts } from '../i18n/index.ts';
import type { Block, BlockName, Part } from '../markdown/content.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { headingOf } from './headings.ts';
import { TAG } from './tag.ts';

/** Running text, or components of one kind that follow each other. */
export type Run =
  { html: string } | { kind: BlockName; blocks: Block[]; heading?: { id: string; text: string } };

/** A line of a table of contents. */
export interface ContentsItem {
  /** Id of the element it leads to. */
  id: string;
  text: string;
  /** A time or a name, shown at the end of the line. */
  note?: string;
  depth: number;
}

/** Components that form a section of the page together, with the heading of that section. */
const groups: Partial<Record<BlockName, { id: string; text: string }>> = {
  Chapter: { id: 'chapters', text: texts.breakdown.chapters },
  Viewpoint: { id: 'viewpoints', text: texts.discussion.voices },
};

/** Components that are shown next to another one, if that comes right before them. */
const beside: Partial<Record<BlockName, BlockName>> = { Disagreement: 'Agreement', Avoid: 'Copy' };

/**
 * Groups consecutive components of one kind, and pairs that are read side by side, so that a page can lay them out
 * together. The first group of chapters or viewpoints gets a heading, unless its writer put one just before.
 */
export function outline(parts: Part[]): Run[] {
  const runs: Run[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (part.component === 'prose') runs.push({ html: part.html });
    else if (last && 'kind' in last && [part.component, beside[part.component]].includes(last.kind))
      last.blocks.push(part);
    else {
      const isHeaded = last && 'html' in last && /<\/h[2-4]>\s*$/.test(last.html);
      const isNew = !runs.some((run) => 'kind' in run && run.kind === part.component);
      const heading = isHeaded || !isNew ? undefined : groups[part.component];
      runs.push({ kind: part.component, blocks: [part], ...(heading && { heading }) });
    }
  }
  return runs;
}

/**
 * Returns the table of contents of a body: the second- and third-level headings of its running text, and its
 * components.
 *
 * @param nameOfPerson - returns the name to show for the author of a viewpoint
 * @param chapters - chapters of a talk: headings with the same title show their time
 */
export function contentsOf(
  parts: Part[],
  nameOfPerson: (id: string) => string = (id) => id,
  chapters: { t: string; title: string }[] = [],
): ContentsItem[] {
  const times = new Map(chapters.map(({ t, title }) => [title, formatTime(parseTime(t))]));
  return outline(parts).flatMap((run) => {
    if ('html' in run) {
      return headingsIn(run.html).map((heading) => {
        const note = times.get(heading.text);
        return note ? { ...heading, note } : heading;
      });
    }
    const heading = run.heading ? [{ ...run.heading, depth: 2 }] : [];
    return [...heading, ...run.blocks.flatMap((block) => itemOf(block, nameOfPerson))];
  });
}

function itemOf(block: Block, nameOfPerson: (id: string) => string): ContentsItem[] {
  const { id, component, title, who, date } = block;
  switch (component) {
    case 'Chapter':
      return [{ id, text: title ?? '', depth: 3 }];
    case 'Viewpoint':
      return [
        {
          id,
          text: title ?? nameOfPerson(who ?? ''),
          depth: 3,
          ...(title && { note: nameOfPerson(who ?? '') }),
        },
      ];
    case 'Day':
      return [{ id, text: weekday(date ?? ''), depth: 2 }];
    case 'Idea':
    case 'Pick':
      return [];
    default:
      return [{ id, text: headingOf(component), depth: 2 }];
  }
}

/** Finds the second- and third-level headings in rendered HTML. */
function headingsIn(html: string): ContentsItem[] {
  return [...html.matchAll(/<h([23]) id="([^"]+)"[^>]*>(.*?)<\/h\1>/gs)]
    .filter(([tag]) => !tag.includes('footnotes-title'))
    .map(([, depth, id, inner]) => ({ id: id!, depth: Number(depth), text: plain(inner!) }));
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
  '#x26': '&',
  '#x3C': '<',
};

function plain(html: string): string {
  return html.replace(TAG, '').replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
