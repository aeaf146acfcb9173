import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../../environment.ts';
import { renderCache } from '../../environment.ts';
import { components } from '../../markdown/components/all.ts';
import type { Component } from '../../markdown/components/component.ts';
import { TEARDOWN_STEPS } from '../../markdown/components/teardown.ts';
import type { MediaFile, Part, PersonReference } from '../../markdown/content.ts';
import { loadContent } from '../../markdown/load.ts';
import { formatFinding } from '../../model/finding.ts';
import type { Form } from '../../model/form.ts';
import { addDays, LAST_DAY } from '../../model/week.ts';

/** All components that writers may use, each with its rendered example. */
export interface Examples {
  shown: Example[];
  /** Images, recordings and attachments of the examples. */
  media: MediaFile[];
}

export interface Example {
  component: Component;
  /** The MDX of the example, with a person of the content as speaker. */
  source: string;
  parts: Part[];
}

/** The speaker in the examples' source, replaced by a person of the content. */
const SOMEONE = 'linxia';

/** The front matter that a form requires besides title and date. */
const REQUIRED: Partial<Record<Form, string>> = {
  talks: 'speakers: [PERSON]',
  breakdowns:
    'work: { kind: book, title: 疯传, authors: [乔纳·伯杰], publisher: 电子工业出版社, year: 2014 }\nfor: 所有人',
  discussions: 'question: 先做什么？\nasked_by: PERSON\nweek: 2026-W46',
  teardowns: 'case: { name: 小聚会, channel: offline, period: 2026 年 5 月 }',
  digests: 'week: 2026-W47',
};

/**
 * Checks and renders every component's example as an entry.
 *
 * @param people - the people of the previewed content; the first with a page is the speaker in the examples
 * @throws Error when an example does not pass the check
 */
export async function loadExamples(
  environment: Pick<Environment, 'work' | 'base'>,
  people: Iterable<PersonReference>,
): Promise<Examples> {
  const speaker = [...people].find(({ address }) => address !== undefined);
  const person = speaker?.id ?? SOMEONE;
  const sourceOf = ({ example }: Component) => example.replaceAll(`"${SOMEONE}"`, `"${person}"`);
  const root = join(environment.work, 'authoring');
  rmSync(root, { recursive: true, force: true });
  writeEntry(root, `people/${person}.mdx`, personText(speaker));
  for (const component of components.values()) {
    const form = formOf(component);
    // The steps of a case are only valid together.
    const body = form === 'teardowns' ? [...steps()].map(sourceOf).join('\n\n') : sourceOf(component);
    writeEntry(root, `${pathOf(component)}/index.mdx`, entryText(form, person, body));
    cpSync(join(import.meta.dirname, 'files'), join(root, pathOf(component)), { recursive: true });
  }
  const content = await loadContent({
    root,
    cache: renderCache(),
    date: addDays(LAST_DAY, -1),
    drafts: true,
    base: environment.base,
  });
  const errors = content.findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Error(errors.map(formatFinding).join('\n'));
  const entries = new Map<string, (typeof content.entries)[number]>(
    content.entries.map((entry) => [entry.id, entry]),
  );
  const shown = [...components.values()].map((component) => {
    const { parts } = entries.get(pathOf(component))!;
    const own = parts.filter((part) => part.component === component.name);
    return { component, source: sourceOf(component), parts: own.length > 0 ? own : parts };
  });
  return { shown, media: content.media };
}

/** The form of a component's example: the first that allows the component, or a note if all do. */
function formOf({ forms }: Component): Form {
  return forms === 'all' ? 'notes' : forms[0]!;
}

function pathOf(component: Component): string {
  return `${formOf(component)}/${component.name.toLowerCase()}`;
}

function* steps(): Iterable<Component> {
  for (const { name } of TEARDOWN_STEPS) yield components.get(name)!;
}

function entryText(form: Form, person: string, body: string): string {
  const more = REQUIRED[form]?.replaceAll('PERSON', person);
  return ['---', 'title: 例子', 'date: 2026-11-20', ...(more ? [more] : []), '---', '', body, ''].join('\n');
}

/**
 * The person entry of the speaker. One from the content has a page to link to; the made-up one joins too late to get a
 * page.
 */
function personText(person: PersonReference | undefined): string {
  const slug = person?.address?.split('/')[2];
  return person
    ? `---\nname: ${JSON.stringify(person.name)}\nrole: 例子\njoined: 2026-01-01\nslug: ${slug!}\n---\n`
    : `---\nname: 林夏\nrole: 例子\njoined: ${LAST_DAY}\n---\n`;
}

function writeEntry(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
