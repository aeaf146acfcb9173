import { RUN, type Corpus } from './case.ts';
import { noteOf } from '../lib/tiny.ts';

const svg = (inside: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" ${more}>${inside}</svg>`;
const laughs = Array.from({ length: 9 }, (_, i) =>
  i === 0 ? '<!ENTITY a0 "ha">' : `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`,
).join('');
const attachment = (file: string) => `<Attachment src="./${file}" title="表" />`;
const personOf = (more: string) => `---\nname: 人\nrole: 客人\njoined: 2026-11-01\n${more}---\n\n字\n`;
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** Files that are more than they seem, and deceptive file names. */
export const files: Corpus = {
  'svg-with-script': {
    body: '![图](./a.svg)',
    files: {
      'a.svg': svg(
        `<script>${RUN}</script><rect width="40" height="40" onload="${RUN}"/>`,
        `onload="${RUN}"`,
      ),
    },
    refused: [],
  },
  'svg-with-html': {
    body: '![图](./a.svg)',
    files: {
      'a.svg': svg(
        `<foreignObject width="40" height="40"><img xmlns="http://www.w3.org/1999/xhtml" src="/none" onerror="${RUN}"/></foreignObject>`,
      ),
    },
    refused: [],
  },
  'svg-that-asks-others': {
    body: '![图](./a.svg)',
    files: {
      'a.svg': svg(
        '<style>@import url(http://127.0.0.1:1/ran/);</style><image xlink:href="http://127.0.0.1:1/ran/" width="40" height="40"/><image href="file:///etc/passwd" width="9" height="9"/>',
      ),
    },
    refused: [],
  },
  'svg-that-blows-up': {
    body: '![图](./a.svg)',
    files: { 'a.svg': `<!DOCTYPE svg [${laughs}]>${svg('<text y="20">&a8;</text>')}` },
    refused: ['6 broken-image'],
  },
  'svg-that-reads-a-file': {
    body: '![图](./a.svg)',
    files: {
      'a.svg': `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text y="20">&x;</text>')}`,
    },
    refused: ['6 broken-image'],
  },
  'svg-as-large-as-a-wall': {
    body: '![图](./a.svg)',
    files: { 'a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"/>' },
    refused: ['6 broken-image'],
  },
  'picture-that-is-html': {
    body: '![图](./a.png)',
    files: { 'a.png': `<!doctype html><script>${RUN}</script>` },
    refused: ['6 broken-image'],
  },
  'picture-that-is-a-drawing': {
    body: '![图](./a.png)',
    files: { 'a.png': svg(`<script>${RUN}</script>`) },
    refused: [],
  },
  'picture-with-html-behind': {
    body: '![图](./a.png)',
    files: { 'a.png': Buffer.concat([pixel, Buffer.from(`<script>${RUN}</script>`)]) },
    refused: [],
  },
  'picture-with-words-for-markup': {
    body: '![" onerror="fetch(/ran/)](./a.png "\\" onload=\\"fetch(/ran/)")\n\n<Figure src="./a.png" alt="&quot;&gt;&lt;script&gt;fetch(/ran/)&lt;/script&gt;" caption="&lt;img src=x onerror=fetch(/ran/)&gt;" />',
    files: { 'a.png': pixel },
    refused: [],
  },

  'attachment-svg': {
    body: attachment('a.svg'),
    files: { 'a.svg': svg('') },
    refused: ['6 attachment-type'],
  },
  'attachment-html': {
    body: attachment('a.html'),
    files: { 'a.html': `<script>${RUN}</script>` },
    refused: ['6 attachment-type'],
  },
  'attachment-script': { body: attachment('a.js'), files: { 'a.js': RUN }, refused: ['6 attachment-type'] },
  'attachment-xml': {
    body: attachment('a.xml'),
    files: { 'a.xml': '<?xml-stylesheet href="/ran/"?><a/>' },
    refused: ['6 attachment-type'],
  },
  'attachment-xhtml': {
    body: attachment('a.xhtml'),
    files: { 'a.xhtml': '<html/>' },
    refused: ['6 attachment-type'],
  },
  'attachment-program': {
    body: attachment('a.exe'),
    files: { 'a.exe': 'MZ' },
    refused: ['6 attachment-type'],
  },
  'attachment-page-in-a-text': {
    body: attachment('a.txt'),
    files: { 'a.txt': `\ufeff <!-- x --> <html><script>${RUN}</script>` },
    refused: ['6 attachment-type'],
  },
  'attachment-page-in-wide-letters': {
    body: attachment('a.csv'),
    files: { 'a.csv': Buffer.from(`\ufeff<svg onload="${RUN}">`, 'utf16le') },
    refused: ['6 attachment-type'],
  },
  // A host may send no type with these; a browser then takes them for pages because of how they begin.
  'attachment-page-that-begins-with-a-paragraph': {
    body: attachment('a.md'),
    files: { 'a.md': `\n<p>字<script>${RUN}</script>` },
    refused: ['6 attachment-type'],
  },
  'attachment-page-that-begins-with-a-comment': {
    body: attachment('a.xmind'),
    files: { 'a.xmind': `<!-- --> 字 <script>${RUN}</script>` },
    refused: ['6 attachment-type'],
  },
  // Chromium takes all that begins with `<a` for a page, and so on: it doesn't look where the name of the tag ends.
  'attachment-page-that-begins-with-an-address': {
    body: attachment('a.csv'),
    files: { 'a.csv': `<a@b.example>,<script>${RUN}</script>\n` },
    refused: ['6 attachment-type'],
  },
  'attachment-page-that-begins-with-a-picture': {
    body: attachment('a.md'),
    files: { 'a.md': `<picture><script>${RUN}</script>` },
    refused: ['6 attachment-type'],
  },
  'attachment-that-begins-with-a-name': {
    body: attachment('a.csv'),
    files: { 'a.csv': '<林夏>,<someone@b.example>\n' },
    refused: [],
  },
  'attachment-of-two-endings': {
    body: attachment('a.php.csv'),
    files: { 'a.php.csv': 'a,b' },
    refused: ['6 attachment-name'],
  },
  'attachment-turned-round': {
    body: attachment('%E2%80%AEfdp.csv'),
    files: { '\u202efdp.csv': 'a' },
    refused: ['6 attachment-name'],
  },
  'attachment-of-settings': {
    body: attachment('.htaccess'),
    files: { '.htaccess': 'x' },
    refused: ['6 missing-file'],
  },
  'attachment-with-words-for-markup': {
    body: '<Attachment src="./a.csv" title="&quot;&gt;&lt;img src=x onerror=fetch(/ran/)&gt;" />',
    files: { 'a.csv': '=HYPERLINK("https://evil.example")' },
    refused: [],
  },
  'recording-that-is-html': {
    body: '<Audio src="./a.mp3" />',
    files: { 'a.mp3': `<script>${RUN}</script>` },
    refused: ['6 audio-type'],
  },
  'recording-of-another-host': {
    body: '<Audio src="https://evil.example/a.mp3" />',
    refused: ['6 file-address'],
  },

  'link-to-a-file': {
    links: { '/notes/link.mdx': '/etc/passwd' },
    refused: ['notes/link.mdx:1 symlink'],
  },
  'link-to-a-folder': { links: { '/notes/folder': '/etc' }, refused: ['notes/folder:1 symlink'] },
  'link-to-the-folder-itself': { links: { '/notes/loop': '.' }, refused: ['notes/loop:1 symlink'] },
  'link-for-a-list': { links: { '/topics.yaml': '/etc/passwd' }, refused: ['topics.yaml:1 symlink'] },
  'link-for-a-picture': {
    body: '![图](./a.png)',
    files: { 'b.png': pixel },
    links: { 'a.png': '/etc/hostname' },
    refused: ['notes/link-for-a-picture/a.png:1 symlink', '6 missing-file'],
  },

  'name-of-look-alikes': {
    files: { '/notes/nоte.mdx': noteOf() },
    refused: ['notes/nоte.mdx:1 file-name'],
  },
  'name-of-full-width': { files: { '/notes/ａ.mdx': noteOf() }, refused: ['notes/ａ.mdx:1 file-name'] },
  'name-turned-round': {
    files: { '/notes/a\u202excod.mdx': noteOf() },
    refused: ['notes/a\u202excod.mdx:1 file-name'],
  },
  'name-with-a-line-end': {
    files: { '/notes/a\nb.mdx': noteOf() },
    refused: ['notes/a\nb.mdx:1 unknown-file'],
  },
  'name-of-markup': {
    files: { '/notes/"><script>fetch.mdx': noteOf() },
    refused: ['notes/"><script>fetch.mdx:1 file-name'],
  },
  'name-of-the-prototype': {
    files: { '/notes/__proto__.mdx': noteOf() },
    refused: ['notes/__proto__.mdx:1 file-name'],
  },
  'name-of-an-object': { files: { '/notes/constructor.mdx': noteOf() }, refused: [] },
  'names-that-differ-in-case': {
    files: { '/notes/same.mdx': noteOf(), '/notes/SAME.mdx': noteOf() },
    refused: ['notes/SAME.mdx:1 file-name'],
  },
  'names-that-differ-in-case-with-addresses': {
    files: {
      '/notes/once.mdx': noteOf({ more: 'slug: a\n' }),
      '/notes/ONCE.mdx': noteOf({ more: 'slug: b\n' }),
    },
    refused: ['notes/once.mdx:1 duplicate-entry'],
  },
  'names-that-differ-in-form': {
    files: {
      '/people/jose\u0301/index.mdx': personOf('slug: a\n'),
      '/people/jos\u00e9.mdx': personOf('slug: b\n'),
    },
    refused: ['people/jos\u00e9.mdx:1 duplicate-entry'],
  },
  'name-that-commands-a-terminal': {
    files: { '/notes/a\u001bcb.mdx': noteOf({ more: 'slug: c\n' }) },
    refused: ['notes/a\u001bcb.mdx:1 file-name'],
  },
  'name-with-a-line-end-and-an-address': {
    files: { '/notes/a\n##[error]b/index.mdx': noteOf({ more: 'slug: d\ndraft: true\n' }) },
    refused: ['notes/a\n##[error]b/index.mdx:1 file-name'],
  },
  'name-turned-round-with-an-address': {
    files: { '/notes/a\u202exdm.mdx': noteOf({ more: 'slug: e\n' }) },
    refused: ['notes/a\u202exdm.mdx:1 file-name'],
  },
  'name-of-the-prototype-with-an-address': {
    files: { '/people/__proto__.mdx': personOf('slug: f\n') },
    refused: ['people/__proto__.mdx:1 file-name'],
  },
  'file-of-the-host': { files: { '/_headers': '/*\n  X: y' }, refused: ['_headers:1 unknown-file'] },
  'page-of-the-host': {
    files: { '/index.html': `<script>${RUN}</script>` },
    refused: ['index.html:1 unknown-file'],
  },
  'program-among-notes': { files: { '/notes/a.js': RUN }, refused: ['notes/a.js:1 unknown-file'] },
  'component-among-notes': {
    files: { '/notes/a.astro': '---\n---' },
    refused: ['notes/a.astro:1 unknown-file'],
  },
  'folder-of-no-form': { files: { '/pages/a.mdx': noteOf() }, refused: ['pages/a.mdx:1 unknown-folder'] },

  'topics-of-the-prototype': {
    files: { '/topics.yaml': '__proto__:\n  name: x\n  definition: y\n' },
    refused: ['topics.yaml:1 unknown-field'],
  },
  'topics-of-markup': {
    files: { '/topics.yaml': '"><script>fetch(/ran/)</script>":\n  name: x\n  definition: y\n' },
    refused: ['topics.yaml:1 invalid-field'],
  },
  'suggestion-that-runs': {
    files: {
      '/suggestions.yaml': `- title: x\n  kind: book\n  authors: [y]\n  url: javascript:${RUN}\n  why: z\n  date: 2026-11-02\n`,
    },
    refused: ['suggestions.yaml:4 unknown-field'],
  },
};
