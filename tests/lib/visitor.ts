/**
 * The one thin driver of the end-to-end tests: a person with a browser of their own. It names only what every engine's
 * automation can do, so that the suite can run over others too.
 */
export interface Visitor {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** Presses a key so many times, once if not said, as it is called in `KeyboardEvent.key`. */
  press(key: Key, times?: number): Promise<void>;
  /** Waits until `selector` is in the page and gives its text. */
  text(selector: string): Promise<string>;
  /** Waits until `selector` is in the page and gives the attribute of its first match. */
  attribute(selector: string, name: string): Promise<string | null>;
  /** Waits until `selector` is in the page. */
  see(selector: string): Promise<void>;
  /** Runs in the page; waits for a promise. */
  evaluate<Result, Argument>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Runs a script's source in the page, past its policy, as a browser extension does. */
  run(source: string): Promise<void>;
  address(): Promise<string>;
  /** Clicks what saves a file, and gives the file's name, its bytes and these as text. */
  save(selector: string): Promise<{ name: string; bytes: Buffer; text: string }>;
  offline(isOffline: boolean): Promise<void>;
  /** Leaves the site at this address no more room on the device than it takes already. */
  fill(url: string): Promise<void>;
  /** What was copied last. */
  copied(): Promise<string>;
  /** Another tab of the same browser. */
  newTab(): Promise<Visitor>;
  /** What the browser's console and its policy reported as errors so far. */
  complaints(): string[];
  screenshot(file: string): Promise<void>;
  /** @throws Error when a page has broken the content security policy */
  close(): Promise<void>;
}

export type Key = 'Tab' | 'Enter' | 'Escape' | 'ArrowRight';

export interface VisitorOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  /** Has asked their system for less motion. */
  still?: boolean;
  /** Has asked their system for a few colours of their own choice. */
  forced?: boolean;
  /** Has scripts off. */
  scriptless?: boolean;
  /**
   * What becomes of the service worker: web views have none (`missing`), some settings refuse it, and a bad line may
   * leave it on its way (`late`).
   */
  worker?: 'missing' | 'refused' | 'late';
  /** What else this browser does not have or do: a script that takes it away, run before those of each page. */
  without?: () => void;
}

/** So long (milliseconds) a test waits for what is to come about; each engine's driver waits as long. For `vi.waitFor`. */
export const patience = 30_000;

/** What some engines' automation can't do. */
export type Ability =
  | 'complaints'
  | 'early scripts'
  | 'forced colours'
  | 'hints'
  | 'loads before its recording'
  | 'pieces from the worker'
  | 'pieces in place'
  | 'quota'
  | 'scripts off';

interface Driver {
  /** What this engine can't do here, and why. docs/browsers.md says the same to people. */
  lacks: Partial<Record<Ability, string>>;
  start: () => Promise<(options: VisitorOptions) => Promise<Visitor>>;
}

const engines = {
  chromium: { lacks: {}, start: async () => (await import('./engines/chromium.ts')).visitWithChromium },
  firefox: {
    lacks: {
      'forced colours': 'the driver can’t ask Firefox for them',
      'loads before its recording': 'to Firefox no page has loaded whose recording it goes on asking for',
      'pieces in place': 'Firefox’s media source takes no MP3',
    },
    start: async () => (await import('./engines/firefox.ts')).visitWithFirefox,
  },
  webkit: {
    lacks: {
      complaints: 'WebDriver hands out no console',
      'early scripts': 'WebDriver can’t run a script before those of a page',
      'forced colours': 'WebKit has none',
      hints: 'WebKit does not tell scripts what the hint in an empty box looks like',
      'pieces from the worker': 'WebKitGTK fetches the whole of a recording as soon as its page is opened',
      'pieces in place': 'WebKitGTK’s web process crashes now and then once a media source has failed',
      quota: 'WebDriver can’t make a device small',
      'scripts off': 'WebDriver can’t look into a page without scripts',
    },
    start: async () => (await import('./engines/webkit.ts')).visitWithWebKit,
  },
} satisfies Record<string, Driver>;

export type Engine = keyof typeof engines;

/** The engine that this run of the suite is over. */
export const engine = (process.env.ENGINE ?? 'chromium') as Engine;

/** Whether this run's engine can't do what a test needs: for `test.skipIf`. */
export function lacks(ability: Ability): boolean {
  return ability in engines[engine].lacks;
}

/** Starts a browser with an empty profile: a visitor who has never been here. */
export async function newVisitor(options: VisitorOptions = {}): Promise<Visitor> {
  const start = await engines[engine].start();
  return start(options);
}
