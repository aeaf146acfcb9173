import { afterEach, expect, test, vi } from 'vitest';
import { newVisitor } from '../lib/visitor.ts';
import { RUN } from './case.ts';
import { asMarkup, runAsModule, serveControls, withoutEscapes, type Control } from './controls.ts';
import { corpus, filesOf } from './corpus.ts';

afterEach(() => vi.unstubAllGlobals());

/** Harmless in any browser: these would run in a template engine, a module or an old script. */
const elsewhere = ['title-of-a-template', 'escaped-expression', 'title-of-line-separators'];

test('a careless site would run the harmless cases and those that are refused here', async () => {
  const controls = Object.entries(corpus).flatMap(([name, hostile]): Control[] => {
    if (hostile.refused.length > 0 && hostile.runs !== 'html') return [];
    const careless = (text: string) =>
      hostile.refused.length > 0 ? asMarkup(text) : [...asMarkup(text), ...withoutEscapes(text)];
    return Object.entries(filesOf(name, hostile)).flatMap(([file, content]): Control[] => {
      if (/\.(?:mdx|yaml)$/.test(file) && typeof content === 'string')
        return [...new Set(careless(content))].map((body) => ({ name, type: 'text/html', body }));
      const isDrawing = typeof content === 'string' && content.includes('<svg');
      return [{ name, type: isDrawing ? 'image/svg+xml' : 'text/html', body: content }];
    });
  });
  const expected = Object.entries(corpus)
    .filter(([name, hostile]) => {
      if (hostile.refused.length > 0) return hostile.runs === 'html';
      const isPayload = Object.values(filesOf(name, hostile)).some((text) => Buffer.from(text).includes(RUN));
      return isPayload && !elsewhere.includes(name);
    })
    .map(([name]) => name);
  const served = await serveControls(controls);
  const visitor = await newVisitor();
  const missing = () => expected.filter((name) => !served.ran.has(name));
  const isWaitedFor = (names: readonly string[]) => names.some((name) => missing().includes(name));
  // A navigation may happen before the clicked code has run; then the page is opened again.
  for (let round = 0; round < 5 && missing().length > 0; round++) {
    for (const { url, names } of served.pages) {
      if (!isWaitedFor(names)) continue;
      await visitor.open(url);
      await visitor.evaluate(touchAll, null);
    }
  }
  expect(missing()).toEqual([]);
  expect(expected.length).toBeGreaterThan(60);
  await visitor.close();
  served.close();
});

test('bodies that are refused here would run in the build as modules', async () => {
  const modules = Object.entries(corpus).filter(([, { runs }]) => runs === 'mdx');
  for (const [name, { body = '' }] of modules) {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    await runAsModule(body);
    expect([name, fetched.mock.calls.length]).toEqual([name, 1]);
  }
  expect(modules.length).toBeGreaterThan(5);
});

/** Clicks, because some wait for user interaction. */
async function touchAll() {
  for (const { contentDocument } of document.querySelectorAll('iframe')) {
    for (const element of contentDocument?.querySelectorAll<HTMLElement>('main *') ?? []) {
      element.dispatchEvent(new MouseEvent('mouseover'));
      if (element.matches('a, button')) element.click();
    }
  }
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
