import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { formatTime } from '../../src/model/time.ts';
import { buildSite } from '../build.ts';
import { firstLink } from '../lib/link.ts';
import { serve } from '../lib/serve.ts';
import { readSettings } from '../lib/settings.ts';
import { installBrowser } from '../steps/browser.ts';
import { percentile } from './measure.ts';

/** Lines of the transcripts, and how many times slower than this machine the phone is that reads them. */
const SHORT = 100;
const LONG = 3000;
const SLOWER = 4;
/** Seconds of a line: the long one is two hours of talk. */
const PACE = 2.4;
const FRAMES = 240;

interface Figures {
  /** Milliseconds from asking for the page until it is open and its player stands. */
  open: number;
  /** Milliseconds between two frames while it scrolls, the slowest of twenty. */
  frame: number;
  /** Milliseconds that the main thread was held up while it scrolled. */
  blocked: number;
  /** Milliseconds of the main thread from a jump to another line until it is marked and shown. */
  jump: number;
}

/**
 * Measures how a talk of two hours (3,000 lines) reads beside one of four minutes (100 lines), sealed, in Chromium
 * slowed down: opening, scrolling, jumping about. Prints figures and their ratios.
 *
 * @throws CommandError when the site can't be built
 */
export async function benchTranscript(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-bench-'));
  const browser = await chromium.launch({
    executablePath: installBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--mute-audio', '--autoplay-policy=no-user-gesture-required'],
  });
  try {
    const content = join(folder, 'content');
    for (const lines of [SHORT, LONG]) layOut(join(content, 'talks', String(lines)), lines);
    mkdirSync(join(content, 'people'), { recursive: true });
    writeFileSync(
      join(content, 'people', 'anna.mdx'),
      '---\nname: 安娜\nrole: 主持\njoined: 2026-01-01\n---\n\n主持。\n',
    );
    writeFileSync(
      join(content, 'people', 'ben.mdx'),
      '---\nname: 本\nrole: 嘉宾\njoined: 2026-01-01\n---\n\n嘉宾。\n',
    );
    const members = join(folder, 'members.yaml');
    writeFileSync(members, '- id: bench\n');
    // The site is thrown away at the end; so is what it was sealed with.
    process.env.KB_SECRET = 'be7c'.repeat(16);
    const settings = readSettings({
      KB_CONTENT: content,
      KB_OUT: join(folder, 'dist'),
      KB_MEMBERS: members,
      KB_DATE: '2026-01-02',
    });
    await buildSite(settings);
    const host = await serve({ folder: settings.out, base: '', port: 0 });
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto((await firstLink(settings, host.url))!);
    await page.waitForSelector('html[data-access="open"]');
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const rounds: { short: Figures; long: Figures }[] = [];
    // By turns, so that what else the machine does falls on both.
    for (let round = 0; round < 3; round++) {
      const short = await measure(page, `${host.url}talks/${SHORT}/`);
      rounds.push({ short, long: await measure(page, `${host.url}talks/${LONG}/`) });
    }
    await host.close();
    print(rounds);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(page: Page, address: string): Promise<Figures> {
  const start = performance.now();
  await page.goto(address);
  await page.waitForSelector('html[data-access="open"][data-listening]');
  const open = performance.now() - start;
  return { open, ...(await page.evaluate(readAndJump, FRAMES)) };
}

/** Runs in the page: scrolls evenly for so many frames, then jumps to lines all over the talk. */
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
  for (let i = 1; i <= 12; i++) {
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
    jump: sorted(jumps)[Math.floor(jumps.length / 2)]!,
  };
}

function print(rounds: readonly { short: Figures; long: Figures }[]): void {
  console.log(
    `\n${LONG} lines beside ${SHORT}, Chromium ${SLOWER} times slower, medians of ${rounds.length} rounds`,
  );
  const names: Record<keyof Figures, string> = {
    open: 'open the page',
    frame: 'frame while scrolling (p95)',
    blocked: 'held up while scrolling',
    jump: 'jump to a line',
  };
  for (const [key, name] of Object.entries(names) as [keyof Figures, string][]) {
    const [short, long] = (['short', 'long'] as const).map((which) =>
      percentile(
        rounds.map((round) => round[which][key]),
        0.5,
      ),
    ) as [number, number];
    const ratio = short > 0 ? `${(long / short).toFixed(2)}×` : '–';
    console.log(
      `  ${name.padEnd(30)} ${short.toFixed(0).padStart(6)} ms ${long.toFixed(0).padStart(6)} ms  ${ratio}`,
    );
  }
}

/** A talk of so many lines, in chapters of fifty, with a recording of silence. */
function layOut(folder: string, lines: number): void {
  mkdirSync(folder, { recursive: true });
  const at = (line: number) => formatTime(Math.floor(line * PACE));
  const chapters = Array.from(
    { length: Math.ceil(lines / 50) },
    (_, i) => `  - { t: '${at(i * 50)}', title: 第 ${i + 1} 章 }`,
  );
  const said = '我们先把人一个一个聊进来，再把大家常问的写成一页，后来的人进门先读它。';
  const body = Array.from({ length: lines }, (_, i) => {
    const heading = i % 50 === 0 ? `## 第 ${i / 50 + 1} 章\n\n` : '';
    return `${heading}<Line who="${i % 3 === 0 ? 'anna' : 'ben'}" t="${at(i)}">第 ${i + 1} 句。${said.repeat(1 + (i % 3))}</Line>\n`;
  });
  const seconds = lines * PACE;
  writeFileSync(join(folder, 'silence.mp3'), silence(seconds));
  writeFileSync(
    join(folder, 'index.mdx'),
    `---\ntitle: ${lines} 句\ndate: 2026-01-01\nspeakers: [anna, ben]\naudio: ./silence.mp3\nduration: '${formatTime(Math.floor(seconds))}'\nchapters:\n${chapters.join('\n')}\n---\n\n${body.join('\n')}`,
  );
}

/** MPEG 2 layer III, mono, 16 kHz, 16 kbit/s: frames of 72 bytes and 36 ms, with nothing in them. */
function silence(seconds: number): Buffer {
  const frame = Buffer.alloc(72);
  frame.set([0xff, 0xf3, 0x28, 0xc0]);
  return Buffer.concat(Array.from({ length: Math.ceil(seconds / 0.036) }, () => frame));
}
