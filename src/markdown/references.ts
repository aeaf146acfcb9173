import { posix } from 'node:path';
import { isPerson } from '../model/schemas.ts';
import { closest } from './closest.ts';
import type { PersonReference } from './content.ts';
import type { Named } from './named.ts';
import { reportAt, type Report, type ReportHere } from './report.ts';
import type { Site, Source } from './site.ts';
import { spotOf } from './spot.ts';
import { inYaml } from './yaml.ts';

/** Checks the references in a front matter and returns the ids of the people among them, each once. */
export function checkReferences(source: Source, site: Site, report: Report): string[] {
  checkTier(source, site, report);
  checkTeaser(source, report);
  const { form, compiled } = source;
  if (form === 'people') return [];
  const data: Named | undefined = compiled.data && !isPerson(compiled.data) ? compiled.data : compiled.named;
  if (!data) return [];
  const { places } = compiled;

  // A field with one reference may be written without a list.
  const listed = (field: string, ids: readonly string[] = []) =>
    ids
      .map((id, index) => ({
        id,
        here: reportAt(spotOf(places[field] ?? places[`${field}.${index}`]), report),
      }))
      .filter(({ id }) => id !== '');
  const known = new Set<string>();
  const people = Object.entries(data.people).flatMap(([part, ids]) => listed(`people.${part}`, ids));
  for (const { id, here } of [...people, ...listed('speakers', data.speakers)]) {
    if (site.people.has(id)) known.add(id);
    else reportUnknown(PERSON, id, site, here, 'in a list');
  }
  const { asked_by: asker = '', series = '' } = data;
  if (asker !== '' && findPerson(asker, site, reportAt(spotOf(places.asked_by), report))) known.add(asker);
  for (const { id, here } of listed('topics', data.topics)) {
    if (!site.topics.has(id)) reportUnknown(TOPIC, id, site, here, 'in a list');
  }
  if (series !== '' && !site.series.has(series)) {
    reportUnknown(SERIES, series, site, reportAt(spotOf(places.series), report));
  }
  return [...known];
}

/** Finds a person by id, and reports an unknown one. */
export function findPerson(id: string, site: Site, report: ReportHere): PersonReference | undefined {
  const person = site.people.get(id);
  if (!person) reportUnknown(PERSON, id, site, report);
  return person;
}

/**
 * A kind of thing that is referred to by id: its rule, its name in messages, the list that defines it, where to define a
 * new one, and all known ones.
 */
interface Kind {
  rule: string;
  what: string;
  list?: string;
  where: string;
  all: (site: Site) => Iterable<Candidate>;
}

interface Candidate {
  id: string;
  name: string;
  /** Aliases and former ids. */
  others?: readonly string[] | undefined;
}

const PERSON: Kind = {
  rule: 'unknown-person',
  what: '人物',
  where: '写 people 里的文件名，新的人先 npm run new -- person "名字"',
  *all({ people, sources }) {
    for (const { id, name } of people.values()) {
      const data = sources.get(`people/${id}`)?.compiled.data;
      yield { id, name, others: data?.aliases };
    }
  },
};

const TOPIC: Kind = {
  rule: 'unknown-topic',
  what: '主题',
  list: 'topics.yaml',
  where: '写 topics.yaml 里的英文名，新的先加到那里',
  *all({ topics }) {
    for (const { id, name, aliases, formerly } of topics.values()) {
      yield { id, name, others: [...aliases, ...formerly] };
    }
  },
};

const SERIES: Kind = {
  rule: 'unknown-series',
  what: '系列',
  list: 'series.yaml',
  where: '写 series.yaml 里的英文名，新的先加到那里',
  *all({ series }) {
    for (const { id, title } of series.values()) yield { id, name: title };
  },
};

/** Reports an unknown id, and says what to write instead. */
function reportUnknown(
  kind: Kind,
  written: string,
  site: Site,
  report: ReportHere,
  place?: 'in a list',
): void {
  // It may be defined in the list whose errors are reported; then hundreds of entries are right.
  if (site.wrongLists.has(kind.list ?? '')) return;
  const word = written.trim();
  report({
    rule: kind.rule,
    message: `没有${kind.what} ${word}`,
    fix: instead(kind, word, [...kind.all(site)], place === 'in a list'),
  });
}

/** Suggests the right id if a name or several ids were written instead, or the id was misspelt. */
function instead(
  { rule, what, where }: Kind,
  word: string,
  all: readonly Candidate[],
  inList: boolean,
): string {
  if (rule === PERSON.rule && /^(?:群友|网友|匿名|某)/.test(word)) {
    return '不具名的不用组件，写成引用：> 群友：他说的话';
  }
  const meant = candidatesCalled(word, all);
  if (meant.length > 0) return `写成 ${meant.map(({ id, name }) => `${id}（${name}）`).join('或 ')}`;
  // The line above puts a name behind the id, and some people copy both: linxia（林夏）.
  const bare = word.replace(/\s*[（(][^（(]*[）)]$/, '');
  const copied = bare === word ? [] : candidatesCalled(bare, all);
  if (copied.length > 0) return `写成 ${copied.map(({ id }) => id).join(' 或 ')}，不写括号和里面的字`;
  const several = word
    .replace(/^[[【]|[\]】]$/g, '')
    .split(/[,，、；;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (several.length > 1) {
    if (!inList) return `这里只能写一个${what}`;
    const ids = several.map((part) => {
      const [candidate, other] = candidatesCalled(part, all);
      return candidate && !other ? candidate.id : part;
    });
    return `几个放在方括号里，用英文的逗号隔开，写成 ${inYaml(ids)}`;
  }
  const close = closest(
    word,
    all.map(({ id }) => id),
  );
  return close !== undefined ? `是不是 ${close}？` : where;
}

/** Finds what goes by a word: its id, file, name or another name. */
function candidatesCalled(word: string, all: readonly Candidate[]): Candidate[] {
  const words = [word, posix.basename(word, '.mdx')];
  return all.filter(({ id, name, others = [] }) => [id, name, ...others].some((one) => words.includes(one)));
}

function checkTier({ compiled }: Source, { tiers }: Site, report: Report): void {
  const { access, tier } = compiled.data ?? {};
  if (tier === undefined) return;
  const refuse = reportAt(spotOf(compiled.places.tier), report);
  if (access === 'public') {
    refuse({
      rule: 'tier-in-public',
      message: '这篇写了 access: public，所有人可读，tier 不起作用',
      fix: '删掉 tier，或删掉 access',
    });
  } else if (compiled.preview?.more === false) {
    refuse({
      rule: 'tier-in-public',
      message: '<Members /> 下面没有内容，整篇所有人可读，tier 不起作用',
      fix: '把只给这一级成员的内容写在 <Members /> 下面，或删掉 tier',
    });
  } else if (!tiers.includes(tier)) {
    refuse({
      rule: 'unknown-tier',
      message: `没有成员等级 ${tier}`,
      fix: `写 ${tiers.join('、')}；新的等级先加到 tiers.yaml`,
    });
  }
}

/** Checks that an entry with a teaser isn't public, not even in part. */
function checkTeaser({ compiled: { data, preview, places } }: Source, report: Report): void {
  if (!data || !('teaser' in data) || !data.teaser) return;
  if (data.access !== 'public' && !preview) return;
  const why = preview ? '<Members /> 上面的部分' : '全文';
  reportAt(
    spotOf(places.teaser),
    report,
  )({
    rule: 'teaser-in-public',
    message: `这篇的标题、摘要和${why}本来就所有人可读，teaser 不起作用`,
    fix: `删掉 teaser，或删掉 ${preview ? '<Members />' : 'access: public'}`,
  });
}
