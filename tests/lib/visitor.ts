/**
 * The driver interface of the end-to-end tests: a person with their own browser. It only has actions that the
 * automation of every engine supports, so that the suite runs on all of them.
 */
export interface Visitor {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** Presses a key, named as in `KeyboardEvent.key`, once or `times` times. */
  press(key: Key, times?: number): Promise<void>;
  /** Waits until `selector` is in the page and returns its text. */
  text(selector: string): Promise<string>;
  /** Waits until `selector` is in the page and returns an attribute of its first match. */
  attribute(selector: string, name: string): Promise<string | null>;
  /** Waits until `selector` is in the page. */
  see(selector: string): Promise<void>;
  /** Runs a function in the page and awaits its result. */
  evaluate<Result, Argument>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Runs source code in the page, exempt from its policy, as a browser extension does. */
  run(source: string): Promise<void>;
  address(): Promise<string>;
  /** Clicks an element that saves a file, and returns the file's name, bytes and text. */
  save(selector: string): Promise<{ name: string; bytes: Buffer; text: string }>;
  offline(isOffline: boolean): Promise<void>;
  /** Fills the storage quota of the site at this address. */
  fill(url: string): Promise<void>;
  /** Returns what was last copied to the clipboard. */
  copied(): Promise<string>;
  /** Opens another tab in the same browser. */
  newTab(): Promise<Visitor>;
  /** Returns the errors that the browser's console and its policy have reported so far. */
  complaints(): string[];
  screenshot(file: string): Promise<void>;
  /** @throws Error when a page has broken the content security policy */
  close(): Promise<void>;
}

export type Key = 'Tab' | 'Enter' | 'Escape' | 'ArrowRight' | 'ArrowDown' | 's';

export interface VisitorOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  /** Prefers reduced motion. */
  still?: boolean;
  /** Uses forced colours. */
  forced?: boolean;
  /** Has scripts turned off. */
  scriptless?: boolean;
  /**
   * Makes the service worker unavailable: web views have none (`missing`), some settings refuse it, and a slow
   * connection may delay it (`late`).
   */
  worker?: 'missing' | 'refused' | 'late';
  /** A script that removes other abilities of this browser; runs before the scripts of each page. */
  without?: () => void;
}

/** How long, in milliseconds, tests and the engines' drivers wait for something to happen. For `vi.waitFor`. */
export const patience = 30_000;

/** Abilities that the automation of some engines lacks. */
export type Ability =
  | 'complaints'
  | 'early scripts'
  | 'forced colours'
  | 'hints'
  | 'loads before its recording'
  | 'loads on the way back'
  | 'pieces from the worker'
  | 'pieces in place'
  | 'quota'
  | 'scripts off'
  | 'scripts that hang in the worker';

interface Driver {
  /** What this engine can't do here, and why. docs/browsers.md tells the same to readers. */
  lacks: Partial<Record<Ability, string>>;
  start: () => Promise<(options: VisitorOptions) => Promise<Visitor>>;
}

const engines = {
  chromium: { lacks: {}, start: async () => (await import('./engines/chromium.ts')).visitWithChromium },
  firefox: {
    lacks: {
      'forced colours': 'the driver can’t ask Firefox for them',
      'loads before its recording': 'to Firefox no page has loaded whose recording it goes on asking for',
      'loads on the way back': 'Firefox shows the old page again, with the scripts it had',
      'pieces in place': 'Firefox’s media source takes no MP3',
    },
    start: async () => (await import('./engines/firefox.ts')).visitWithFirefox,
  },
  webkit: {
    lacks: {
      complaints: 'WebDriver hands out no console',
      'early scripts': 'WebDriver can’t run a script before those of a page',
      'forced colours': 'WebKit has none',
      'loads on the way back': 'WebKit shows the old page again, with the scripts it had',
      hints: 'WebKit does not tell scripts what the hint in an empty box looks like',
      'pieces from the worker': 'WebKitGTK fetches the whole of a recording as soon as its page is opened',
      'pieces in place': 'WebKitGTK’s web process crashes now and then once a media source has failed',
      quota: 'WebDriver can’t make a device small',
      'scripts off': 'WebDriver can’t look into a page without scripts',
      'scripts that hang in the worker': 'WebDriver looks into a page only once its scripts are there',
    },
    start: async () => (await import('./engines/webkit.ts')).visitWithWebKit,
  },
} satisfies Record<string, Driver>;

type Engine = keyof typeof engines;

/** The engine that this run of the suite uses. */
const engine = (process.env.ENGINE ?? 'chromium') as Engine;

/** Whether this run's engine lacks an ability that a test needs; for `test.skipIf`. */
export function lacks(ability: Ability): boolean {
  return ability in engines[engine].lacks;
}

/** Starts a browser with an empty profile: a new visitor. */
export async function newVisitor(options: VisitorOptions = {}): Promise<Visitor> {
  const start = await engines[engine].start();
  return start(options);
}
