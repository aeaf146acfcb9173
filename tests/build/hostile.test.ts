import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isSite } from '../../scripts/lib/output.ts';
import { run, testSite, withContent, writeFiles } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';

interface Case {
  files: Record<string, string | Uint8Array>;
  /** The expected output after `content/`: file, line, and a word of the reason. */
  says: RegExp;
}

const broken = (text: string) => ({ 'notes/x.mdx': text });

const cases: Record<string, Case> = {
  'front matter that is no YAML': {
    files: broken('---\ntitle: "a\ndate: 2026-11-01\n---\n'),
    says: /notes\/x\.mdx:\d+/,
  },
  'front matter in JavaScript': {
    // The words that it would print if it ran, which appear nowhere in the source.
    files: broken('---js\n{ title: console.log(["it", "has", "run"].join(" ")) }\n---\n'),
    says: /notes\/x\.mdx:1.*YAML/,
  },
  'an unknown field': { files: broken(noteOf({ more: 'titel: x\n' })), says: /notes\/x\.mdx:4.*titel/ },
  'no title': { files: broken('---\ndate: 2026-11-01\n---\n\n正文\n'), says: /notes\/x\.mdx:\d+.*title/ },
  'two entries with one slug in a form': {
    files: {
      'notes/a.mdx': noteOf({ more: 'slug: same\n' }),
      'notes/b.mdx': noteOf({ more: 'slug: same\n' }),
    },
    says: /notes\/[ab]\.mdx:\d+.*same/,
  },
  'an unclosed component': {
    files: broken(noteOf({ body: '<Callout type="tip">\n\n没关' })),
    says: /notes\/x\.mdx:\d+/,
  },
  'an import': {
    files: broken(noteOf({ body: "import fs from 'node:fs'" })),
    says: /notes\/x\.mdx:5.*import/,
  },
  'an expression': { files: broken(noteOf({ body: '{process.env.KB_SECRET}' })), says: /notes\/x\.mdx:5/ },
  'a script': {
    files: broken(noteOf({ body: '<script>alert(1)</script>' })),
    says: /notes\/x\.mdx:5.*script/,
  },
  'an event handler': {
    files: broken(noteOf({ body: '<Callout type="tip" onclick="x()">好</Callout>' })),
    says: /notes\/x\.mdx:5.*onclick/,
  },
  'a javascript: link': {
    files: broken(noteOf({ body: '[点我](javascript:alert(1))' })),
    says: /notes\/x\.mdx:5/,
  },
  'a remote image': {
    files: broken(noteOf({ body: '![图](https://example.com/a.png)' })),
    says: /notes\/x\.mdx:5/,
  },
  'an image outside the content folder': {
    files: { 'notes/x/index.mdx': noteOf({ body: '![图](../../../secret.png)' }) },
    says: /notes\/x\/index\.mdx:5/,
  },
  'an attachment that a host may serve as XML': {
    files: {
      'notes/x/index.mdx': noteOf({
        more: 'access: public\n',
        body: '<Attachment src="./x.xsd" title="表" />',
      }),
      'notes/x/x.xsd': '<xs:schema/>',
    },
    says: /notes\/x\/index\.mdx:6/,
  },
  'an attachment that a host may run': {
    files: {
      'notes/x/index.mdx': noteOf({
        more: 'access: public\n',
        body: '<Attachment src="./x.php.csv" title="表" />',
      }),
      'notes/x/x.php.csv': 'a,b',
    },
    says: /notes\/x\/index\.mdx:6/,
  },
  'a title that turns its direction by an escape': {
    files: broken('---\ntitle: "a\\u202eb"\ndate: 2026-11-01\n---\n\n正文\n'),
    says: /notes\/x\.mdx:2.*U\+202E/,
  },
  'front matter that ends in more than three dashes': {
    files: broken('---\ntitle: a\ndate: 2026-11-01\n----\n\n正文\n---\n'),
    says: /notes\/x\.mdx:1/,
  },
  'a tier that does not exist': {
    files: broken(noteOf({ more: 'tier: gold\n' })),
    says: /notes\/x\.mdx:4.*gold/,
  },
  'a file that is not UTF-8': {
    files: {
      'notes/x.mdx': Buffer.concat([
        Buffer.from('---\ntitle: a\ndate: 2026-11-01\n---\n'),
        Buffer.from([0xd6, 0xd0]),
      ]),
    },
    says: /notes\/x\.mdx:\d+.*UTF-8/,
  },
  'an MDX file of 50 MB': {
    files: broken(noteOf({ body: '长'.repeat(17_500_000) })),
    says: /notes\/x\.mdx:\d+/,
  },
};

describe('a build of hostile content stops with file and line and publishes nothing', () => {
  test.each(Object.entries(cases))('%s', async (name, { files, says }) => {
    const site = withContent(testSite(`hostile-${name.replace(/\W+/g, '-')}`), files);
    const { code, output } = await run(site, 'build');
    expect(output).toMatch(says);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain('it has run');
    expect(code).toBe(1);
    expect(isSite(site.out)).toBe(false);
  });

  test('a link to a file outside', async () => {
    const site = withContent(testSite('hostile-symlink'), { 'notes/a.mdx': noteOf() });
    writeFiles(site.folder, { 'outside.mdx': noteOf({ title: '外面的文件' }) });
    symlinkSync(join(site.folder, 'outside.mdx'), join(site.folder, 'content/notes/b.mdx'));
    const { code, output } = await run(site, 'build');
    expect(output).toMatch(/notes\/b\.mdx:1/);
    expect(code).toBe(1);
    expect(isSite(site.out)).toBe(false);
  });

  test('a folder in KB_OUT that no build of ours wrote', async () => {
    const site = withContent(testSite('hostile-out'), { 'notes/a.mdx': noteOf() });
    mkdirSync(site.out);
    writeFileSync(join(site.out, 'thesis.txt'), 'mine');
    const { code, output } = await run(site, 'build');
    expect(output).toContain('choose another KB_OUT');
    expect(code).toBe(1);
  });

  test('a KB_OUT that holds the content', async () => {
    const site = withContent(testSite('hostile-overlap'), { 'notes/a.mdx': noteOf() });
    const { code, output } = await run({ ...site, env: { ...site.env, KB_OUT: site.folder } }, 'build');
    expect(output).toContain('overlap; a build replaces everything in KB_OUT');
    expect(code).toBe(2);
  });

  test('a content folder that is not there', async () => {
    const site = testSite('hostile-nowhere');
    const env = { ...site.env, KB_CONTENT: join(site.folder, 'nowhere') };
    const { code, output } = await run({ ...site, env }, 'build');
    expect(output).toMatch(/^KB_CONTENT: .*nowhere$/m);
    expect(code).toBe(1);
  });

  test('CI without a secret', async () => {
    const site = withContent(testSite('hostile-ci', { CI: 'true', KB_SECRET: '' }), {
      'notes/a.mdx': noteOf(),
    });
    const { code, output } = await run(site, 'build');
    expect(output).toContain('KB_SECRET');
    expect(code).toBe(1);
  });
});
