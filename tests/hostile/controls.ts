import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evaluate } from '@mdx-js/mdx';
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Link } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/** Renders attacks like sites that trust their input, to show that they run there, but not here. */

const markdown = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, {
    allowDangerousHtml: true,
    handlers: {
      link: (state, node: Link): ElementContent[] => [
        { type: 'raw', value: `<a href="${node.url}">` },
        ...state.all(node),
        { type: 'raw', value: '</a>' },
      ],
    },
  })
  .freeze();

/** Returns a text as rendered by a site that treats everything as markup: as Markdown, and as HTML. */
export function asMarkup(text: string): string[] {
  const body = text.replace(/^---\n.*?\n---\n/s, '');
  return [toHtml(markdown.runSync(markdown.parse(body)), { allowDangerousHtml: true }), body].map(page);
}

/** Returns a text as rendered by a site that removes escapes and never adds them again. */
export function withoutEscapes(text: string): string[] {
  const decoded = decodedIn(decodedIn(text.replace(/\\(?=[<{"])/g, '')));
  return [decoded, percentDecoded(decoded)].map(page);
}

function page(html: string): string {
  return `<!doctype html><main>${html}</main>`;
}

function decodedIn(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (all, decimal?: string, hex?: string, name?: string) =>
      decimal !== undefined || hex !== undefined
        ? String.fromCodePoint(decimal === undefined ? parseInt(hex!, 16) : Number(decimal))
        : (named[name!] ?? all),
  );
}

function percentDecoded(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
}

/** Runs a body as the module into which other compilers turn MDX. */
export async function runAsModule(body: string): Promise<void> {
  const element = () => null;
  const { default: content } = await evaluate(body, { Fragment: element, jsx: element, jsxs: element });
  content({});
}

/** A page or file as served by a host that guesses types. */
export interface Control {
  /** The name of its case. */
  name: string;
  type: 'text/html' | 'image/svg+xml';
  body: string | Uint8Array;
}

/** How many controls share a page. */
const AT_ONCE = 8;

/** Serves controls in frames of a few pages, and records the cases that ran code: those that requested `/ran/`. */
export async function serveControls(controls: readonly Control[]) {
  const ran = new Set<string>();
  const starts = controls.map((_, index) => index).filter((index) => index % AT_ONCE === 0);
  const pageFrom = (start: number) =>
    controls
      .slice(start, start + AT_ONCE)
      .map((_, index) => `<iframe src="/control/${start + index}"></iframe>`)
      .join('');
  const controlAt = (path: string) => controls[Number(/\/control\/(\d+)$/.exec(path)?.[1] ?? -1)];
  const server: Server = createServer((request, response) => {
    const url = request.url ?? '/';
    const start = /^\/page\/(\d+)$/.exec(url)?.[1];
    const control = controlAt(url);
    if (start !== undefined) {
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end(`<!doctype html>${pageFrom(Number(start))}`);
    } else if (control) {
      response.writeHead(200, { 'Content-Type': `${control.type}; charset=utf-8` }).end(control.body);
    } else {
      const name = url === '/ran/' ? controlAt(request.headers.referer ?? '')?.name : undefined;
      if (name !== undefined) ran.add(name);
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    pages: starts.map((start) => ({
      url: `http://127.0.0.1:${port}/page/${start}`,
      names: controls.slice(start, start + AT_ONCE).map(({ name }) => name),
    })),
    ran,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
