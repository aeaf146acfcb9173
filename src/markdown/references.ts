import type { Form } from '../model/form.ts';
import type { DataOf } from '../model/schemas.ts';
import type { PersonReference } from './content.ts';
import type { Report, Site, Source } from './site.ts';
import { spotOf, type Spot } from './spot.ts';
import { distance } from './validate.ts';

/** Checks what a front matter names elsewhere, and gives the ids of the people among it, each once. */
export function checkReferences(source: Source, site: Site, report: Report): string[] {
  checkTier(source, site, report);
  checkTeaser(source, report);
  const { form, compiled } = source;
  if (!compiled.data || form === 'people') return [];
  const data = compiled.data as DataOf<Exclude<Form, 'people'>>;
  const { places } = compiled;

  const people: [id: string, spot: Spot][] = Object.entries(data.people).flatMap(([part, ids = []]) =>
    ids.map((id, index): [string, Spot] => [
      id,
      spotOf(places[`people.${part}`] ?? places[`people.${part}.${index}`]),
    ]),
  );
  if ('speakers' in data) {
    people.push(
      ...data.speakers.map((id, index): [string, Spot] => [id, spotOf(places[`speakers.${index}`])]),
    );
  }
  if ('asked_by' in data) people.push([data.asked_by, spotOf(places.asked_by)]);
  for (const [index, id] of data.topics.entries()) {
    if (site.topics.has(id)) continue;
    const spot = spotOf(places[`topics.${index}`]);
    reportUnknown(
      { rule: 'unknown-topic', what: '话题', where: 'topics.yaml' },
      id,
      site.topics,
      spot,
      report,
    );
  }
  const { series } = data;
  if (series !== undefined && !site.series.has(series)) {
    const spot = spotOf(places.series);
    reportUnknown(
      { rule: 'unknown-series', what: '系列', where: 'series.yaml' },
      series,
      site.series,
      spot,
      report,
    );
  }
  const known = people.filter(([id, spot]) => findPerson(id, site, spot, report));
  return [...new Set(known.map(([id]) => id))];
}

/** Finds who is named at a spot; who is not there is reported. */
export function findPerson(
  id: string,
  { people }: Site,
  spot: Spot,
  report: Report,
): PersonReference | undefined {
  const person = people.get(id);
  if (!person) {
    reportUnknown(
      { rule: 'unknown-person', what: '人物', where: `people/${id}.mdx` },
      id,
      people,
      spot,
      report,
    );
  }
  return person;
}

function reportUnknown(
  { rule, what, where }: { rule: string; what: string; where: string },
  id: string,
  known: ReadonlyMap<string, unknown>,
  { line, column }: Spot,
  report: Report,
): void {
  const close = [...known.keys()].find((candidate) => distance(candidate, id) <= 2);
  report({
    rule,
    line,
    column,
    message: `没有${what} ${id}`,
    fix: close === undefined ? `先写好 ${where}，或改成已有的` : `是不是 ${close}？`,
  });
}

function checkTier({ compiled }: Source, { tiers }: Site, report: Report): void {
  const { access, tier } = compiled.data ?? {};
  if (tier === undefined) return;
  const spot = spotOf(compiled.places.tier);
  if (access === 'public') {
    report({
      rule: 'tier-in-public',
      ...spot,
      message: '这篇写了 access: public，所有人可读，tier 不起作用',
      fix: '删掉 tier，或删掉 access',
    });
  } else if (!tiers.includes(tier)) {
    report({
      rule: 'unknown-tier',
      ...spot,
      message: `没有会员等级 ${tier}`,
      fix: `写 ${tiers.join('、')}；新的等级先加到 tiers.yaml`,
    });
  }
}

/** A teaser is for an entry of which nothing else can be read outside. */
function checkTeaser({ compiled: { data, preview, places } }: Source, report: Report): void {
  if (!data || !('teaser' in data) || !data.teaser) return;
  if (data.access !== 'public' && !preview) return;
  const why = preview ? '<Members /> 上面的部分' : '全文';
  report({
    rule: 'teaser-in-public',
    ...spotOf(places.teaser),
    message: `这篇的标题、摘要和${why}本来就所有人可读，teaser 不起作用`,
    fix: `删掉 teaser，或删掉 ${preview ? '<Members />' : 'access: public'}`,
  });
}
