import type { Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import { quoted } from '../lib/shell.ts';
import { largestFile } from '../verify/ask.ts';
import { Intake, largestListing, longWork } from './intake.ts';
import { connect, execute, Failed } from './ssh.ts';
import { incoming, linkInstead, publishersOwn, type Stored, type Target } from './target.ts';

/** Never prompt, never wait for ever: a publisher that waits for a password or a dead host would look hung. */
const unattended = ['BatchMode=yes', 'ConnectTimeout=30', 'ServerAliveInterval=15'].flatMap((option) => [
  '-o',
  option,
]);

/** The exit status by which our scripts report a missing file. */
const absent = 44;

/**
 * Opens a folder of another machine: files are sent by rsync, everything else is a short shell script over ssh. As for
 * rsync itself, `RSYNC_RSH` sets the command that starts ssh.
 *
 * @param url - `ssh://[USER@]HOST[:PORT]/FOLDER`
 * @param patience - how many milliseconds a file may take before its transfer rate counts
 * @throws CommandError when the address is malformed
 */
export function openRemote(url: string, patience = 30_000): Target {
  return new RemoteFolder(url, patience);
}

class RemoteFolder implements Target {
  readonly name: string;
  readonly #host: string;
  readonly #folder: string;
  readonly #ssh: string[];
  readonly #patience: number;
  readonly #silence: number;
  #connection: Promise<string[]> | undefined;

  constructor(url: string, patience: number) {
    const { host, folder, ssh } = readAddress(url);
    this.name = url;
    this.#host = host;
    this.#folder = folder;
    this.#ssh = ssh;
    this.#patience = patience;
    this.#silence = longWork * patience;
  }

  async list(prefix: string): Promise<Map<string, Stored>> {
    // Another publisher may remove its claim while digests are computed: a file without one counts as changed.
    const output = await this.#shellIn(
      prefix,
      `find . -type f -printf '%s %P\\0'; printf '\\0'
       find . -path ./o -prune -o -type f -exec sh -c 'md5sum -z "$@" || :' sh {} +`,
    );
    const [sizes = '', digests = ''] = output.split('\0\0');
    return readListing(prefix, sizes, digests);
  }

  async times(prefix: string): Promise<Map<string, number>> {
    const output = await this.#shellIn(prefix, `find . -type f -printf '%T@ %P\\0'`);
    // `find` prints seconds with a fraction.
    return new Map(fieldsOf(output).map(([seconds, path]) => [prefix + path, Number(seconds) * 1000]));
  }

  async read(path: string): Promise<Bytes | null> {
    const file = quoted(`${this.#folder}/${path}`);
    const intake = new Intake(largestFile, this.#patience);
    try {
      return new Uint8Array(await this.#shell(`[ -f ${file} ] || exit ${absent}; cat ${file}`, { intake }));
    } catch (error) {
      if (error instanceof Failed && error.status === absent) return null;
      throw error;
    }
  }

  async write(from: string, paths: string[], arrived?: () => void): Promise<void> {
    if (paths.length === 0) return;
    const rsh = await this.#connected();
    const options = [
      '--files-from=-',
      '--from0',
      // The plan has decided what to send; equal size and time don't mean equal content. Files get the time at which
      // they arrive, by the other machine's clock: claims are compared by it.
      '--ignore-times',
      '--chmod=D755,F644',
      `--temp-dir=${incoming}`,
      '--out-format=%i %n',
      // rsync prints a large file only once it has arrived, so let it notice itself that no bytes move.
      `--timeout=${Math.ceil(this.#silence / 1000)}`,
      `--rsync-path=mkdir -p ${this.#folder}/${incoming} && rsync`,
      `--rsh=${rsh.join(' ')}`,
    ];
    await execute('rsync', [...options, `${from}/`, `${this.#host}:${this.#folder}/`], {
      input: nulTerminated(paths),
      host: this.#host,
      onLine: (line) => {
        // Lines of files start with `<f` (`<f+++++++++ o/ab/ab…`); those of directories don't.
        if (line.startsWith('<f')) arrived?.();
      },
    });
  }

  async remove(paths: string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.#shell(
      `[ ! -d ${this.#folder} ] || { cd ${this.#folder} && xargs -0 rm -f -- && find . -mindepth 1 -type d -empty -delete; }`,
      { input: nulTerminated(paths) },
    );
  }

  /** Runs a script in a folder below this one, and returns what it printed; nothing if there is no such folder. */
  async #shellIn(prefix: string, script: string): Promise<string> {
    // File names at the target come from anyone who may write there.
    const below = quoted(`${this.#folder}/${prefix}`);
    const output = await this.#shell(
      `${refusingLinks(this.#folder)}
       [ -d ${below} ] || exit 0; cd ${below} || exit 1
       ${script}`,
    );
    return output.toString();
  }

  /** Runs a script on the other machine, and returns what it printed. */
  async #shell(
    script: string,
    { input = '', intake = new Intake(largestListing, this.#silence) } = {},
  ): Promise<Buffer> {
    const [program = '', ...args] = await this.#connected();
    return execute(program, [...args, this.#host, script], { input, host: this.#host, intake });
  }

  /** Returns the words that start ssh, over one connection for all commands. */
  #connected(): Promise<string[]> {
    return (this.#connection ??= connect(this.#ssh, this.#host, this.#silence));
  }
}

function readAddress(text: string): { host: string; folder: string; ssh: string[] } {
  const match = /^ssh:\/\/((?:[\w.-]+@)?[\w.-]+)(?::(\d+))?(\/[\w./~-]*[\w~-])\/?$/.exec(text);
  if (!match)
    throw new CommandError(
      `publish: "${text}" is not an address like ssh://USER@HOST:PORT/FOLDER; names of folders may have letters, digits and . _ ~ - there, no spaces`,
      2,
    );
  const [, host = '', port, folder = ''] = match;
  const ssh = (process.env.RSYNC_RSH ?? 'ssh').split(/\s+/).filter(Boolean);
  return { host, folder, ssh: [...ssh, ...unattended, ...(port ? ['-p', port] : [])] };
}

/** Returns a script that ends with an error where a publish would remove files elsewhere. */
function refusingLinks(folder: string): string {
  return publishersOwn
    .map(
      (path) => `[ ! -L ${quoted(`${folder}/${path}`)} ] || { echo '${path} ${linkInstead}' >&2; exit 1; }`,
    )
    .join('\n');
}

function readListing(prefix: string, sizes: string, digests: string): Map<string, Stored> {
  // Each line is 32 hex digits, two spaces, `./` and the path.
  const md5s = new Map(split(digests).map((line) => [line.slice(36), line.slice(0, 32)]));
  return new Map(
    fieldsOf(sizes).map(([size, path]) => {
      const md5 = md5s.get(path);
      return [prefix + path, { size: Number(size), ...(md5 && { md5 }) }];
    }),
  );
}

/** Returns what `find` printed about each file: a number, a space, and the path. */
function fieldsOf(output: string): [number: string, path: string][] {
  return split(output).map((line) => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1)];
  });
}

function split(text: string): string[] {
  return text.split('\0').filter(Boolean);
}

/** Names files for rsync’s `--from0` and `xargs -0`. */
function nulTerminated(paths: string[]): string {
  return paths.map((path) => `${path}\0`).join('');
}
