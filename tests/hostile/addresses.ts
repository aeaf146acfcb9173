import { RUN, type Corpus } from './case.ts';

/** An extra file, so that the note gets its own folder. */
const beside = { 'README.md': 'x' };

/** Links and pictures whose address runs code, hides where it leads, or points out of the content folder. */
export const addresses: Corpus = {
  'url-script': { body: `[字](javascript:${RUN})`, refused: ['6 unsafe-url'], runs: 'html' },
  'url-script-in-capitals': { body: `[字](JaVaScRiPt:${RUN})`, refused: ['6 unsafe-url'], runs: 'html' },
  'url-script-by-references': {
    body: `[字](&#106;avascript&colon;${RUN})`,
    refused: ['6 unsafe-url'],
    runs: 'html',
  },
  'url-script-with-a-tab': {
    body: `[字](<java&Tab;script:${RUN}>)`,
    refused: ['6 unsafe-url'],
    runs: 'html',
  },
  'url-script-after-control': { body: `[字](<&#1;javascript:${RUN}>)`, refused: ['6 unsafe-url'] },
  'url-script-after-a-blank': {
    body: `[字](<&#32;javascript:${RUN}>)`,
    refused: ['6 unsafe-url'],
    runs: 'html',
  },
  'url-script-by-reference': {
    body: `[字][r]\n\n[r]: javascript:${RUN}`,
    refused: ['8 unsafe-url'],
    runs: 'html',
  },
  'url-script-as-autolink': { body: `<javascript:${RUN}>`, refused: ['6 mdx-syntax'], runs: 'html' },
  'url-script-around-a-picture': {
    body: `[![字](./a.png)](javascript:${RUN})`,
    refused: ['6 unsafe-url'],
    runs: 'html',
  },
  'url-vbscript': { body: '[字](vbscript:msgbox(1))', refused: ['6 unsafe-url'] },
  'url-data': {
    body: '[字](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    refused: ['6 unsafe-url'],
  },
  'url-blob': { body: '[字](blob:https://a.example/1)', refused: ['6 unsafe-url'] },
  'url-file': { body: '[字](file:///etc/passwd)', refused: ['6 unsafe-url'] },
  'url-view-source': { body: '[字](view-source:https://a.example/)', refused: ['6 unsafe-url'] },
  'url-app': { body: '[字](weixin://dl/business/?t=x)', refused: ['6 unsafe-url'] },
  'url-without-scheme': { body: '[字](//evil.example/x)', refused: ['6 unsafe-url'] },
  'url-with-backslashes': { body: '[字](<\\\\\\\\evil.example/x>)', refused: ['6 unsafe-url'] },
  'url-that-is-none': { body: '[字](http://[::1)', refused: ['6 unsafe-url'] },
  'url-with-a-quote': { body: '[字](https://a.example/"onclick="fetch(/ran/))', refused: [] },
  'url-with-a-title': {
    body: '[字](https://a.example/ "\\"><script>fetch(/ran/)</script>")',
    refused: [],
  },
  'url-of-the-gate': { body: '[字](/sw.js)', refused: ['6 broken-link'] },
  'url-mail': { body: '[字](mailto:a@b.example?subject=%3Cscript%3Efetch(/ran/)%3C/script%3E)', refused: [] },
  'url-of-a-page-with-a-query': {
    body: '[字](/search/?q=%22%3E%3Cscript%3Efetch(/ran/)%3C/script%3E)',
    refused: [],
  },

  'picture-script': { body: `![字](javascript:${RUN})`, refused: ['6 unsafe-url'] },
  'picture-data': { body: '![字](data:image/svg+xml,<svg/>)', refused: ['6 unsafe-url'] },
  'picture-of-another-host': { body: '![字](https://evil.example/a.png)', refused: ['6 remote-image'] },
  'picture-without-scheme': { body: '![字](//evil.example/a.png)', refused: ['6 remote-image'] },
  'picture-of-the-site': { body: '![字](/ran/)', refused: ['6 image-address'], runs: 'html' },
  'picture-by-reference': { body: '![字][r]\n\n[r]: /ran/', refused: ['6 image-reference'], runs: 'html' },

  'path-above': { files: beside, body: '![字](../../../../etc/passwd)', refused: ['6 outside-content'] },
  'path-above-encoded': {
    files: beside,
    body: '![字](%2e%2e/%2e%2e/%2e%2e/etc/passwd)',
    refused: ['6 outside-content'],
  },
  'path-above-twice-encoded': {
    files: beside,
    body: '![字](%252e%252e/%252e%252e/%252e%252e/etc/passwd)',
    refused: ['6 missing-file'],
  },
  'path-absolute': { files: beside, body: '![字](/etc/passwd)', refused: ['6 image-address'] },
  'path-with-a-zero': { files: beside, body: '![字](./a.png%00.svg)', refused: ['6 outside-content'] },
  'path-of-another-entry': { files: beside, body: '![字](../h/a.png)', refused: ['6 not-own-folder'] },
  'path-of-the-secret': {
    files: beside,
    body: '<Attachment src="../../../.kb-secret" title="字" />',
    refused: ['6 outside-content'],
  },
  'path-of-a-link': { body: '[字](../../package.json)', refused: ['6 outside-content'] },
  'path-encoded-badly': { body: '[字](%E0%A4%A.mdx)', refused: ['6 broken-link'] },
};
