import type { z } from 'astro/zod';
import type { LocalFinding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { seriesSchema, type Series } from '../model/series.ts';
import { startSchema, type Start } from '../model/start.ts';
import { suggestionsSchema, type Suggestion } from '../model/suggestions.ts';
import { synonymsSchema } from '../model/synonyms.ts';
import { tiersSchema, type Tier } from '../model/tiers.ts';
import { noStubs, type Stubs } from '../model/stubs.ts';
import { topicsSchema, type Topic } from '../model/topics.ts';
import { unprintableIn } from './characters.ts';
import type { Folder } from './folder.ts';
import { readText } from './read-text.ts';
import type { ReportIn } from './report.ts';
import { validate } from './validate.ts';
import { escapedCharacters, readYaml } from './yaml.ts';

/** The YAML files at the top of a content folder. */
export interface Lists {
  topics: Map<string, Topic>;
  series: Map<string, Series>;
  start: { data: Start; places: Record<string, [number, number]> };
  synonyms: string[][];
  suggestions: { data: Suggestion[]; places: Record<string, [number, number]> };
  /** The tiers above `members`, lowest first. */
  tiers: Tier[];
  /** The files that have errors. What they define is unknown. */
  wrong: ReadonlySet<string>;
}

export const LIST_FILES = [
  'topics.yaml',
  'series.yaml',
  'start.yaml',
  'suggestions.yaml',
  'synonyms.yaml',
  'tiers.yaml',
];

/**
 * Reads the YAML files at the top of a content folder; each may be missing or empty.
 *
 * @param stubs - names of topics and series that aren't in this folder
 */
export function readLists(folder: Folder, reportIn: ReportIn, stubs: Stubs = noStubs): Lists {
  const wrong = new Set<string>();
  const read = <S extends z.ZodType>(path: string, schema: S) =>
    readList(folder, path, schema, (finding) => {
      wrong.add(path);
      reportIn(path, finding);
    });
  const topics = read('topics.yaml', topicsSchema)?.data ?? {};
  const series = read('series.yaml', seriesSchema)?.data ?? {};
  const start = read('start.yaml', startSchema);
  const suggestions = read('suggestions.yaml', suggestionsSchema);
  return {
    topics: new Map<string, Topic>([
      ...Object.entries(stubs.topics).map(([id, name]): [string, Topic] => [
        id,
        { id, name, aliases: [], formerly: [] },
      ]),
      ...Object.entries(topics).map(([id, topic]): [string, Topic] => [id, { id, ...topic }]),
    ]),
    series: new Map<string, Series>([
      ...Object.entries(stubs.series).map(([id, title]): [string, Series] => [id, { id, title }]),
      ...Object.entries(series).map(([id, one]): [string, Series] => [id, { id, ...one }]),
    ]),
    start: { data: start?.data ?? { picks: [], who: [] }, places: start?.places ?? {} },
    suggestions: { data: suggestions?.data ?? [], places: suggestions?.places ?? {} },
    synonyms: read('synonyms.yaml', synonymsSchema)?.data ?? [],
    tiers: Object.entries(read('tiers.yaml', tiersSchema)?.data ?? {}).map(([id, { name }]) => ({
      id,
      name,
    })),
    wrong,
  };
}

function readList<S extends z.ZodType>(
  folder: Folder,
  path: string,
  schema: S,
  report: (finding: LocalFinding) => void,
) {
  if (!folder.files.has(path)) return undefined;
  const text = readText(folder, path, LIMITS.frontMatter, report);
  if (text === undefined) return undefined;
  const unprintable = unprintableIn(text);
  if (unprintable) {
    report(unprintable);
    return undefined;
  }
  const yaml = readYaml(text, 1);
  // A file with only comments is an empty list.
  if (yaml.findings.length === 0 && yaml.value === null) return undefined;
  const unreadable = yaml.findings.length > 0 ? yaml.findings : escapedCharacters(yaml);
  const { data, findings } = unreadable.length > 0 ? { findings: unreadable } : validate(schema, yaml);
  findings.forEach(report);
  return data === undefined ? undefined : { data, places: yaml.places() };
}
