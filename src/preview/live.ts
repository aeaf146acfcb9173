import { cardOf, listsOf, type Card } from '../library/catalogue.ts';
import { bodiesFolder, renderCache, type Environment } from '../environment.ts';
import { Cache } from '../markdown/cache.ts';
import type { Content, Entry } from '../markdown/content.ts';
import { historiesOf, readHistory } from '../history.ts';
import { loadContent, type Memory } from '../markdown/load.ts';
import type { Finding } from '../model/finding.ts';
import { LAST_DAY } from '../model/week.ts';
import { handOver } from '../library/handover.ts';

/** The effect of a change of the content on the pages. */
export interface Change {
  /** Addresses of changed entries, including removed ones. */
  addresses: string[];
  /** Whether any page may look different, by a change of entries or of lists. */
  isVisible: boolean;
}

/** A content folder that can be read again after each change. An entry with an error stays as it was before. */
export class LiveContent {
  readonly #environment: Environment;
  readonly #memory: Memory = new Map();
  readonly #history: ReturnType<typeof readHistory>;
  #cards = new Map<string, Card>();
  #content: Content | undefined;
  #lists = '';
  #findings: Finding[] = [];
  #changes = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#history = readHistory(environment.content);
  }

  get content(): Content | undefined {
    return this.#content;
  }

  /** The current findings, in the order of files and lines. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** How often the pages have changed so far. */
  get changes(): number {
    return this.#changes;
  }

  /** The files that have an error now and whose entries are shown as they were before it. */
  get kept(): string[] {
    const wrong = new Set(errorsOf(this.#findings).map(({ file }) => file));
    return this.#content?.entries.filter(({ file }) => wrong.has(file)).map(({ file }) => file) ?? [];
  }

  /**
   * Reads the folder and hands it over to the pages.
   *
   * @throws Error when the folder itself can't be read; the pages then don't change
   */
  async reload(): Promise<Change> {
    const { content: root, drafts, base } = this.#environment;
    const content = await loadContent({
      root,
      cache: renderCache(),
      // Who writes for next week wants to see it today.
      date: LAST_DAY,
      drafts,
      base,
      memory: this.#memory,
    });
    this.#findings = content.findings;
    const entries = [...content.entries, ...this.#stillShown(content)];
    const bodies = new Cache(bodiesFolder(this.#environment));
    const cards = new Map(
      entries.map((entry) => {
        const known = this.#cards.get(entry.id);
        return [entry.id, known?.digest === entry.digest ? known : cardOf(entry, bodies)] as const;
      }),
    );
    const before = this.#cards;
    const changed = [...before.values(), ...cards.values()].filter(
      ({ id }) => before.get(id) !== cards.get(id),
    );
    const lists = JSON.stringify(listsOf(content), (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    );
    const isVisible = changed.length > 0 || lists !== this.#lists;
    this.#content = { ...content, entries };
    this.#cards = cards;
    this.#lists = lists;
    if (isVisible) {
      const histories = historiesOf(entries, root, this.#history);
      handOver({ cards: [...cards.values()], lists: listsOf(content), histories });
      this.#changes++;
    }
    return { addresses: [...new Set(changed.map(({ address }) => address))], isVisible };
  }

  /** The entries whose file has an error now and had none before. */
  #stillShown({ entries, findings }: Content): Entry[] {
    const wrong = new Set(errorsOf(findings).map(({ file }) => file));
    const there = new Set<string>(entries.map(({ id }) => id));
    return this.#content?.entries.filter(({ id, file }) => wrong.has(file) && !there.has(id)) ?? [];
  }
}

/** The findings that would stop a build. */
function errorsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ level }) => level === 'error');
}
