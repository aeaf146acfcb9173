import { spawn, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { megabytes } from '../../src/text/megabytes.ts';
import { addDays } from '../../src/model/week.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { projectRoot, readSettings } from '../lib/settings.ts';
import { noteOf, readLines, type Section } from './corpus.ts';
import { unseen } from './unseen.ts';

/** As many pieces as an active community writes in a week. */
const A_WEEK = 5;
const FIRST_DAY = '2018-04-02';
const LAST_DAY = '2026-11-22';
const TOPICS = ['acquisition', 'onboarding', 'engagement', 'retention', 'conversion', 'referral', 'content'];

/** The measurements of one build. */
interface Taken {
  /** Step → seconds. */
  steps: Map<string, number>;
  seconds: number;
  /** Peak memory of all processes of the build together, in bytes; NaN if there is no /proc. */
  memory: number;
  /** Bytes of files that the previous build didn't have. */
  uploaded: number;
  size: number;
}

/**
 * Compares weekly builds with a clean one: nothing changed, some pieces changed, a member removed.
 *
 * @param corpus - JSON lines {id, title, markdown}
 * @param entries - the number of entries; those beyond the corpus are made from its paragraphs
 */
export async function benchWeek(corpus: string, entries: number | undefined): Promise<void> {
  const { sections, site } = unseen(grown(readLines<Section>(corpus), entries));
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-week-'));
  const content = join(folder, 'content');
  const members = join(folder, 'members.yaml');
  const env = {
    KB_CONTENT: content,
    KB_OUT: join(folder, 'dist'),
    KB_MEMBERS: members,
    KB_DATE: LAST_DAY,
    KB_SITE: site,
  };
  const { work } = readSettings(env);
  try {
    mkdirSync(join(content, 'notes'), { recursive: true });
    cpSync(join(projectRoot, 'content/topics.yaml'), join(content, 'topics.yaml'));
    writeFileSync(members, Array.from({ length: 100 }, (_, at) => `- id: m${at}\n`).join(''));
    sections.forEach((section, at) => writeNote(content, section, at, sections.length));

    const build = () => runBuild({ ...env, KB_SECRET: 'be7c'.repeat(16) });
    const clean = await build();
    const same = await build();
    const step = Math.floor(sections.length / A_WEEK);
    for (let at = step - 1; at < step * A_WEEK; at += step) {
      const section = sections[at]!;
      const markdown = `${section.markdown}\n\n这一段是这周补上的，写在最后。`;
      writeNote(content, { ...section, markdown }, at, sections.length);
    }
    const changed = await build();
    writeFileSync(
      members,
      readFileSync(members, 'utf8').replace('- id: m7\n', `- id: m7\n  removed: ${LAST_DAY}\n`),
    );
    const removed = await build();
    console.log(`${sections.length} entries, ${megabytes(clean.size, 1)} published`);
    print({ clean, 'nothing changed': same, [`${A_WEEK} changed`]: changed, 'one member removed': removed });
  } finally {
    for (const one of [folder, work]) rmSync(one, { recursive: true, force: true });
  }
}

/** Writes a note. The dates are spread over the years, the newest last. */
function writeNote(content: string, section: Section, at: number, of: number): void {
  const days = (Date.parse(LAST_DAY) - Date.parse(FIRST_DAY)) / 86_400_000;
  const date = addDays(FIRST_DAY, Math.floor((at / of) * days));
  const topics = [TOPICS[at % TOPICS.length]!, TOPICS[(at * 3 + 1) % TOPICS.length]!];
  const text = noteOf(section, { date, topics: [...new Set(topics)] });
  writeFileSync(join(content, 'notes', `${section.id}.mdx`), text);
}

function grown(sections: readonly Section[], entries = sections.length): readonly Section[] {
  const paragraphs = sections.flatMap(({ markdown }) => markdown.split(/\n{2,}/));
  const more = Array.from({ length: Math.max(0, entries - sections.length) }, (_, at) => {
    const { title, markdown } = sections[at % sections.length]!;
    const length = markdown.split(/\n{2,}/).length;
    return {
      id: `again-${at}`,
      title: `${title}（${at}）`,
      // A step that shares no factor with most lengths, so that no two entries have the same neighbouring paragraphs.
      markdown: Array.from(
        { length },
        (_paragraph, place) => paragraphs[(at * 7919 + place * 104_729) % paragraphs.length]!,
      ).join('\n\n'),
    };
  });
  return [...sections.slice(0, entries), ...more];
}

async function runBuild(env: Record<string, string>): Promise<Taken> {
  const before = digests(env.KB_OUT!);
  // Normally a week lies between two builds, so that everything has been written to disk.
  spawnSync('sync');
  const start = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'scripts/build.ts')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let memory = NaN;
  const sampling = setInterval(() => (memory = Math.max(memory || 0, memoryOf(child.pid!))), 200);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(sampling);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new CommandError(`${output}\nthe build failed (see above)`);
  const after = digests(env.KB_OUT!);
  const steps = [...output.matchAll(/^(\w+): ([\d.]+) s/gm)].map(
    ([, name = '', took]) => [name, Number(took)] as const,
  );
  const sum = (files: Iterable<{ size: number }>) => [...files].reduce((total, { size }) => total + size, 0);
  const fresh = [...after].filter(([file, { digest }]) => before.get(file)?.digest !== digest);
  return {
    steps: new Map(steps),
    seconds,
    memory,
    uploaded: sum(fresh.map(([, one]) => one)),
    size: sum(after.values()),
  };
}

function digests(folder: string): Map<string, { digest: string; size: number }> {
  return new Map(
    listFiles(folder).map((file) => {
      const bytes = readFileSync(join(folder, file));
      return [file, { digest: hash('sha256', bytes), size: bytes.length }];
    }),
  );
}

/**
 * Returns the memory of a process and its children, in bytes (Linux, proc(5)). Shared memory, mainly the program
 * itself, counts once.
 */
function memoryOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    const own = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024;
    return children.reduce((total, child) => total + memoryOf(Number(child)), own);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

function print(builds: Record<string, Taken>): void {
  const { clean } = builds as { clean: Taken };
  const rows = [...new Set(Object.values(builds).flatMap(({ steps }) => [...steps.keys()]))];
  const seconds = (taken: Taken, step: string) => `${(taken.steps.get(step) ?? 0).toFixed(1)} s`;
  const table = (row: (taken: Taken) => string) =>
    Object.fromEntries(Object.entries(builds).map(([name, taken]) => [name, row(taken)]));
  console.table({
    ...Object.fromEntries(rows.map((step) => [step, table((taken) => seconds(taken, step))])),
    total: table((taken) => `${taken.seconds.toFixed(1)} s`),
    'share of a clean build': table((taken) => (taken.seconds / clean.seconds).toFixed(2)),
    uploaded: table((taken) => megabytes(taken.uploaded, 1)),
    'share of the site': table((taken) => (taken.uploaded / taken.size).toFixed(3)),
    'peak memory': table((taken) => megabytes(taken.memory, 1)),
  });
}
