import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { formatTime } from '../../src/model/time.ts';
import { addDays } from '../../src/model/week.ts';
import { buildSite } from '../build.ts';
import { firstLink } from '../lib/link.ts';
import { serve } from '../lib/serve.ts';
import { installBrowser } from '../test/browser.ts';
import { percentile } from './measure.ts';
import { flags, layOut } from './site.ts';

/** The sizes of the large site and of the small one for comparison. */
const LARGE = { lines: 3000, notes: 2000, quotes: 600 };
const SMALL = { lines: 100, notes: 20, quotes: 20 };
/** The CPU of the phone is this many times slower than this machine. */
const SLOWER = 4;
/** Seconds of a line: the long talk takes two hours. */
const PACE = 2.4;
const FRAMES = 120;
const ROUNDS = 3;

/** The pages that are measured on both sites, with the difference between them. */
const PAGES = {
  'talks/talk/': `a talk of ${LARGE.lines} lines compared with ${SMALL.lines}`,
  'quotes/': `a wall of ${LARGE.quotes} quotes compared with ${SMALL.quotes}`,
  'notes/': `a list of ${LARGE.notes} pieces compared with ${SMALL.notes}`,
  'timeline/': `a timeline of ${LARGE.notes + 1} pieces compared with ${SMALL.notes + 1}`,
};

interface Figures {
  /** Milliseconds from requesting the page until it is open and its scripts have started. */
  open: number;
  /** Milliseconds between two frames while scrolling, 95th percentile. */
  frame: number;
  /** Milliseconds that the main thread was blocked while scrolling. */
  blocked: number;
  /** Milliseconds from a jump to another line until it is marked and shown; only for a talk. */
  jump?: number;
}

/**
 * Compares long pages with short ones: a talk of two hours, a wall of quotes, lists of pieces. Opens, scrolls and jumps
 * on a sealed site in a slowed-down Chromium. Prints figures and ratios.
 *
 * @throws CommandError when a site can't be built
 */
export async function benchTranscript(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-bench-'));
  const browser = await chromium.launch({
    executablePath: installBrowser(),
    args: [...flags, '--mute-audio', '--autoplay-policy=no-user-gesture-required'],
  });
  try {
    const large = await openSite(browser, join(folder, 'large'), LARGE);
    const small = await openSite(browser, join(folder, 'small'), SMALL);
    console.log(`\nChromium slowed down ${SLOWER} times, medians of ${ROUNDS} rounds`);
    for (const [address, name] of Object.entries(PAGES)) {
      const rounds: { short: Figures; long: Figures }[] = [];
      // In turns, so that other load on the machine affects both.
      for (let round = 0; round < ROUNDS; round++) {
        const short = await measure(small.page, small.url + address);
        rounds.push({ short, long: await measure(large.page, large.url + address) });
      }
      print(name, rounds);
    }
    for (const site of [large, small]) await site.close();
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds and serves a site of this size, and opens it on a slow phone. */
async function openSite(browser: Browser, folder: string, size: typeof LARGE) {
  const content = join(folder, 'content');
  writeContent(content, size);
  const settings = layOut(folder, []);
  await buildSite(settings);
  const host = await serve({ folder: settings.out, base: '', port: 0 });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto((await firstLink(settings, host.url))!);
  await page.waitForSelector('html[data-access="open"]');
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return { page, url: host.url, close: () => host.close() };
}

async function measure(page: Page, address: string): Promise<Figures> {
  const start = performance.now();
  await page.goto(address);
  await page.waitForSelector(
    `html[data-access="open"]${address.includes('/talks/') ? '[data-listening]' : '[data-scripts]'} main`,
    { state: 'attached' },
  );
  const open = performance.now() - start;
  const { frame, blocked, jump } = await page.evaluate(readAndJump, FRAMES);
  return { open, frame, blocked, ...(jump === null ? {} : { jump }) };
}

/** Runs in the page: scrolls evenly for this many frames, then, in a talk, jumps to lines all over it. */
async function readAndJump(frames: number) {
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  let blocked = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blocked += duration - 50;
  });
  observer.observe({ type: 'longtask' });
  const step = (document.documentElement.scrollHeight - innerHeight) / frames;
  const pace = Math.min(step, 60);
  const times: number[] = [];
  let before = await nextFrame();
  for (let i = 0; i < frames; i++) {
    scrollBy({ top: pace, behavior: 'instant' });
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  observer.disconnect();

  const lines = Array.from(document.querySelectorAll<HTMLElement>('.line[data-start]'));
  const jumps: number[] = [];
  for (let i = 1; lines.length > 0 && i <= 12; i++) {
    const line = lines[Math.floor((lines.length * ((i * 5) % 12)) / 12)]!;
    const begun = performance.now();
    location.hash = `t=${line.dataset.start!}`;
    while (line.getAttribute('aria-current') !== 'true') await nextFrame();
    await nextFrame();
    jumps.push(performance.now() - begun);
  }
  const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
  return {
    frame: sorted(times)[Math.floor(times.length * 0.95)]!,
    blocked,
    jump: sorted(jumps)[Math.floor(jumps.length / 2)] ?? null,
  };
}

function print(what: string, rounds: readonly { short: Figures; long: Figures }[]): void {
  console.log(`\n${what}`);
  const names: Record<keyof Figures, string> = {
    open: 'open the page',
    frame: 'frame while scrolling (p95)',
    blocked: 'blocked while scrolling',
    jump: 'jump to a line',
  };
  for (const [key, name] of Object.entries(names) as [keyof Figures, string][]) {
    const [short, long] = (['short', 'long'] as const).map((which) =>
      percentile(
        rounds.flatMap((round) => round[which][key] ?? []),
        0.5,
      ),
    ) as [number, number];
    if (Number.isNaN(long)) continue;
    const ratio = short > 0 ? `${(long / short).toFixed(2)}×` : '–';
    console.log(
      `  ${name.padEnd(30)} ${short.toFixed(0).padStart(6)} ms ${long.toFixed(0).padStart(6)} ms  ${ratio}`,
    );
  }
}

const SAID = '我们先把人一个一个聊进来，再把大家常问的写成一页，后来的人进门先读它。';

/** Writes a talk with a silent recording, and notes, some of them with a quote. */
function writeContent(content: string, { lines, notes, quotes }: typeof LARGE): void {
  const put = (path: string, text: string | Buffer) => {
    const file = join(content, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [id, name] of [
    ['anna', '安娜'],
    ['ben', '本'],
  ]) {
    put(`people/${id}.mdx`, `---\nname: ${name}\nrole: 主持\njoined: 2020-01-01\n---\n\n主持。\n`);
  }
  put('talks/talk/index.mdx', talkOf(lines));
  put('talks/talk/silence.mp3', silence(lines * PACE));
  for (let i = 0; i < notes; i++) {
    const date = addDays('2026-01-01', -i);
    const quote = i < quotes ? `\n<Quote who="anna">第 ${i} 句：${SAID}</Quote>\n` : '';
    put(
      `notes/note-${i}.mdx`,
      `---\ntitle: 第 ${i} 篇：先把人聊进来，再写成一页\ndate: ${date}\nkind: extra\npeople: { author: ben }\nsummary: ${SAID}\n---\n\n${SAID}\n${quote}`,
    );
  }
}

/** Writes a talk with this many lines, in chapters of fifty. */
function talkOf(lines: number): string {
  const at = (line: number) => formatTime(Math.floor(line * PACE));
  const chapters = Array.from(
    { length: Math.ceil(lines / 50) },
    (_, i) => `  - { t: '${at(i * 50)}', title: 第 ${i + 1} 章 }`,
  );
  const body = Array.from({ length: lines }, (_, i) => {
    const heading = i % 50 === 0 ? `## 第 ${i / 50 + 1} 章\n\n` : '';
    return `${heading}<Line who="${i % 3 === 0 ? 'anna' : 'ben'}" t="${at(i)}">第 ${i + 1} 句。${SAID.repeat(1 + (i % 3))}</Line>\n`;
  });
  return `---\ntitle: ${lines} 句\ndate: 2026-01-01\nspeakers: [anna, ben]\naudio: ./silence.mp3\nduration: '${at(lines)}'\nchapters:\n${chapters.join('\n')}\n---\n\n${body.join('\n')}`;
}

/** Makes a silent MP3: MPEG-2 Layer III, mono, 16 kHz, 16 kbit/s, in empty frames of 72 bytes and 36 ms. */
function silence(seconds: number): Buffer {
  const frame = Buffer.alloc(72);
  frame.set([0xff, 0xf3, 0x28, 0xc0]);
  return Buffer.concat(Array.from({ length: Math.ceil(seconds / 0.036) }, () => frame));
}
