import './banner.css';
import { LEVELS, type Finding } from '../model/finding.ts';

/** The findings in the content, as the preview's server reports them. */
interface Report {
  findings: Finding[];
  /** Files that have an error now and are shown as they were before it. */
  kept: string[];
  /** How often the pages have changed so far. */
  changes: number;
}

/** The number of such files to name: all are also in the list of errors, which must not be pushed out of sight. */
const NAMED = 3;

const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
/** How often the pages had changed when this one was asked for. */
const shown = visit?.serverTiming.find(({ name }) => name === 'changes')?.description;

/**
 * `<preview-banner>`, only in the preview: lists on every page the errors in the content with file and line (a click
 * opens the editor), and links to the authoring page.
 */
class PreviewBanner extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const response = await fetch(`${import.meta.env.BASE_URL}__preview/findings.json`, { cache: 'no-store' });
    const report = (await response.json()) as Report;
    // A change between this page's own answer and its connection was told to nobody.
    if (shown !== undefined && shown !== String(report.changes)) location.reload();
    this.#show(report);
  }

  #show({ findings, kept }: Report): void {
    const errors = findings.filter(({ level }) => level === 'error');
    const warnings = findings.filter(({ level }) => level !== 'error');
    this.className = errors.length > 0 ? 'wrong' : findings.length > 0 ? 'remarked' : '';
    const guide = document.createElement('a');
    guide.href = `${import.meta.env.BASE_URL}authoring/`;
    guide.textContent = '写的时候能用什么';
    if (findings.length === 0) {
      this.replaceChildren(guide);
      return;
    }
    const box = document.createElement('details');
    box.open = errors.length > 0;
    const summary = document.createElement('summary');
    const counts = [
      [errors.length, '处错误'],
      [warnings.length, '处提醒'],
    ] as const;
    summary.textContent = counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}`)
      .join('，');
    box.append(summary);
    if (kept.length > 0) {
      const note = document.createElement('p');
      const named = kept.toSorted().slice(0, NAMED).join('、');
      const rest = kept.length > NAMED ? ` 等 ${kept.length} 篇` : '';
      note.textContent = `改好以前，页面上是出错之前的样子：${named}${rest}`;
      box.append(note);
    }
    const list = document.createElement('ol');
    list.append(...[...errors, ...warnings].map(item));
    const more = document.createElement('p');
    more.textContent = '标点、空格、没有生效的写法，要运行 npm run check 才看得到';
    box.append(list, more);
    this.replaceChildren(box, guide);
  }
}

function item({ file, line, column, level, message, fix }: Finding): HTMLLIElement {
  const entry = document.createElement('li');
  const place = document.createElement('button');
  place.type = 'button';
  place.textContent = `${file}:${line}:${column}`;
  place.title = '在编辑器里打开';
  const where = encodeURIComponent(`${file}:${line}:${column}`);
  place.addEventListener('click', () => {
    void fetch(`${import.meta.env.BASE_URL}__open-in-editor?file=${where}`);
  });
  const rank = document.createElement('strong');
  rank.textContent = LEVELS[level];
  const remedy = document.createElement('span');
  remedy.textContent = `→ ${fix}`;
  entry.className = level;
  entry.append(place, ' ', rank, ` ${message} `, remedy);
  return entry;
}

customElements.define('preview-banner', PreviewBanner);
const banner = new PreviewBanner();
banner.setAttribute('role', 'status');
document.body.append(banner);
// Also once the page is connected: nobody has told it of a change before.
for (const event of ['jinghua:findings', 'vite:ws:connect'] as const)
  import.meta.hot?.on(event, () => void banner.connectedCallback());
