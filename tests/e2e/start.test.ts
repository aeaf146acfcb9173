import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { start, testSite, withContent } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { newVisitor } from '../lib/visitor.ts';

describe('npm start', () => {
  const site = withContent(testSite('start', { PORT: '' }), {
    'notes/a.mdx': noteOf({ title: '唯一的一则' }),
  });
  let child: ReturnType<typeof start> | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  /** Starts the command and waits for its last line. */
  async function ready(env: Record<string, string> = {}): Promise<{ output: string; address: string }> {
    const started = start({ ...site, env: { ...site.env, ...env } }, 'start');
    child = started;
    let output = '';
    return new Promise((resolve, reject) => {
      started.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const address = /^READY (\S+)$/m.exec(output)?.[1];
        if (address) resolve({ output, address });
      });
      started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      // Not `exit`, which may come before the last of the output.
      started.on('close', () => reject(new Error(output)));
    });
  }

  async function stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => child?.on('exit', resolve));
    child?.kill('SIGINT');
    return ended;
  }

  test('prints a link that opens the site, ends with 0, and builds again only when something changed', async () => {
    const first = await ready();
    expect(first.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=kb_/);
    const visitor = await newVisitor();
    await visitor.open(first.address);
    await visitor.see('html[data-access="open"]');
    expect(await visitor.text('main')).toContain('唯一的一则');
    await visitor.close();
    expect(await stop()).toBe(0);

    expect((await ready()).output).toContain('nothing changed');
    expect(await stop()).toBe(0);
  });

  test('prints no link in CI', async () => {
    const { output } = await ready({ CI: 'true' });
    expect(output).not.toContain('kb_');
    expect(await stop()).toBe(0);
  });

  test('stops if the members file is gone, and keeps the build that they can open', async () => {
    writeFileSync(site.members, '- id: anna\n');
    await ready();
    expect(await stop()).toBe(0);
    const root = readFileSync(join(site.out, 'root'), 'utf8');
    rmSync(site.members);
    await expect(ready()).rejects.toThrow(
      `${site.members} is missing or empty, but the last build had members`,
    );
    expect(readFileSync(join(site.out, 'root'), 'utf8')).toBe(root);
  });
});
