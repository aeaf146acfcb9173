import type { Form } from '../model/form.ts';
import { isPerson } from '../model/schemas.ts';
import type { Series } from '../model/series.ts';
import type { Stubs } from '../model/stubs.ts';
import { tiersOf } from '../model/audience.ts';
import type { Topic } from '../model/topics.ts';
import type { Compiled } from './compile.ts';
import type { Lists } from './lists.ts';
import type { PersonReference } from './content.ts';
import type { ReportIn } from './report.ts';
import { spotOf } from './spot.ts';

/** A source of a content folder and its compiled result. */
export interface Source {
  id: `${Form}/${string}`;
  form: Form;
  /** File or folder name within the form. */
  name: string;
  /** Path within the content folder. */
  path: string;
  compiled: Compiled;
  /** Whether it is published (`live`), or why not: a draft, dated later, or with errors. */
  state: 'live' | 'draft' | 'later' | 'wrong';
  slug: string;
  /** Without base. */
  address: string;
}

/** What entries may refer to. */
export interface Site {
  sources: ReadonlyMap<string, Source>;
  /** Ids of entries by address, former addresses included. */
  byAddress: ReadonlyMap<string, string>;
  /** Addresses of link targets outside of this folder; `''` if the target isn't published. */
  elsewhere: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, PersonReference>;
  topics: ReadonlyMap<string, Topic>;
  series: ReadonlyMap<string, Series>;
  /** Lowest first. */
  tiers: readonly string[];
  /** The list files that have errors. */
  wrongLists: ReadonlySet<string>;
  base: string;
}

/** Collects what entries may refer to, and reports duplicate addresses and series numbers. */
export function siteOf(
  sources: ReadonlyMap<string, Source>,
  { topics, series, tiers, wrong }: Lists,
  stubs: Stubs,
  base: string,
  reportIn: ReportIn,
): Site {
  const elsewhere = new Map(Object.entries(stubs.links));
  const byAddress = addresses(sources, reportIn);
  checkNumbers(sources, reportIn);
  return {
    sources,
    byAddress,
    elsewhere,
    people: people(sources, stubs),
    topics,
    series,
    tiers: tiersOf(tiers),
    wrongLists: wrong,
    base,
  };
}

function people(sources: ReadonlyMap<string, Source>, stubs: Stubs): Map<string, PersonReference> {
  const known = new Map<string, PersonReference>();
  for (const [id, name] of Object.entries(stubs.people)) known.set(id, { id, name });
  for (const { form, name: id, compiled, state, address } of sources.values()) {
    if (form !== 'people') continue;
    // A reference to a person whose file has errors isn't an error itself.
    const name = compiled.data && isPerson(compiled.data) ? compiled.data.name : id;
    known.set(id, state === 'live' ? { id, name, address } : { id, name });
  }
  return known;
}

const NEWER_SLUG = '换一个 slug，改新写的那一篇';

function addresses(sources: ReadonlyMap<string, Source>, reportIn: ReportIn): Map<string, string> {
  const taken = new Map<string, string>();
  const blamed = new Set<string>();
  const claim = (source: Source, address: string, field: string) => {
    const other = taken.get(address);
    if (other === undefined) {
      taken.set(address, source.id);
      return;
    }
    const owner = sources.get(other)!;
    const clash = (one: Source, another: Source, fix: string) =>
      reportIn(one.path, {
        rule: 'duplicate-slug',
        level: 'error',
        ...spotOf(one.compiled.places[field]),
        message: `网址 ${address} 已经是${another === one ? '这一篇' : ` ${another.path} `}的`,
        fix,
      });
    clash(source, owner, field === 'slug' ? NEWER_SLUG : '从 aliases 里删掉它');
    // Nobody knows which one is new, and its writer looks only at that one.
    if (field === 'slug' && !blamed.has(other)) clash(owner, source, NEWER_SLUG);
    blamed.add(other);
  };
  const published = [...sources.values()].filter(({ state }) => state === 'live' || state === 'later');
  for (const source of published) claim(source, source.address, 'slug');
  for (const source of published) {
    const { data, places } = source.compiled;
    // A person's aliases are other names, not addresses.
    if (!data || isPerson(data)) continue;
    for (const [index, alias] of data.aliases.entries()) {
      const field = 'aliases' in places ? 'aliases' : `aliases.${index}`;
      claim(source, `/${source.form}/${alias}/`, field);
    }
  }
  return taken;
}

function checkNumbers(sources: ReadonlyMap<string, Source>, reportIn: ReportIn): void {
  const taken = new Map<string, Source>();
  const blamed = new Set<Source>();
  for (const source of sources.values()) {
    const { data } = source.compiled;
    if (source.state === 'draft' || !data || isPerson(data) || data.series === undefined) continue;
    const key = `${data.series} ${data.number!}`;
    const other = taken.get(key);
    taken.set(key, other ?? source);
    if (other === undefined) continue;
    const which = `系列 ${data.series} 的第 ${data.number!} 篇`;
    const clash = (one: Source, another: Source) =>
      reportIn(one.path, {
        rule: 'duplicate-number',
        level: 'error',
        ...spotOf(one.compiled.places.number),
        message: `${which}已经是 ${another.path}`,
        fix: '换一个 number，改新写的那一篇',
      });
    clash(source, other);
    if (!blamed.has(other)) clash(other, source);
    blamed.add(other);
  }
}
