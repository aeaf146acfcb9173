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
  const { host, folder, ssh } = readAddress(url);
  const silence = longWork * patience;
  const refuseLinks = publishersOwn
    .map(
      (path) => `[ ! -L ${quoted(`${folder}/${path}`)} ] || { echo '${path} ${linkInstead}' >&2; exit 1; }`,
    )
    .join('\n');
  let connection: Promise<string[]> | undefined;
  /** The words that start ssh, over one connection for all commands. */
  const connected = () => (connection ??= connect(ssh, host, silence));
  const shell = async (script: string, input = '', intake = new Intake(largestListing, silence)) => {
    const [program = '', ...args] = await connected();
    return execute(program, [...args, host, script], { input, host, intake });
  };
  return {
    name: url,
    list: async (prefix) => {
      // File names at the target come from anyone who may write there. Another publisher may remove its claim while
      // digests are computed: a file without one counts as changed.
      const below = quoted(`${folder}/${prefix}`);
      const output = await shell(
        `${refuseLinks}
         [ -d ${below} ] || exit 0; cd ${below} || exit 1
         find . -type f -printf '%s %P\\0'; printf '\\0'
         find . -path ./o -prune -o -type f -exec sh -c 'md5sum -z "$@" || :' sh {} +`,
      );
      const [sizes = '', digests = ''] = output.toString().split('\0\0');
      return readListing(prefix, sizes, digests);
    },
    times: async (prefix) => {
      const below = quoted(`${folder}/${prefix}`);
      const output = await shell(
        `${refuseLinks}
         [ -d ${below} ] || exit 0; cd ${below} || exit 1; find . -type f -printf '%T@ %P\\0'`,
      );
      return new Map(
        split(output.toString()).map((line) => {
          const space = line.indexOf(' ');
          // `find` prints seconds with a fraction.
          return [prefix + line.slice(space + 1), Number(line.slice(0, space)) * 1000];
        }),
      );
    },
    read: async (path) => {
      const file = quoted(`${folder}/${path}`);
      const intake = new Intake(largestFile, patience);
      const bytes = await shell(`[ -f ${file} ] || exit ${absent}; cat ${file}`, '', intake).catch(
        (error: unknown) => {
          if (error instanceof Failed && error.status === absent) return null;
          throw error;
        },
      );
      return bytes && new Uint8Array(bytes);
    },
    write: async (from, paths, arrived) => {
      if (paths.length === 0) return;
      const rsh = await connected();
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
        `--timeout=${Math.ceil(silence / 1000)}`,
        `--rsync-path=mkdir -p ${folder}/${incoming} && rsync`,
        `--rsh=${rsh.join(' ')}`,
      ];
      await execute('rsync', [...options, `${from}/`, `${host}:${folder}/`], {
        input: paths.map((path) => `${path}\0`).join(''),
        host,
        onLine: (line) => {
          // Lines of files start with `<f` (`<f+++++++++ o/ab/ab…`); those of directories don't.
          if (line.startsWith('<f')) arrived?.();
        },
      });
    },
    remove: async (paths) => {
      if (paths.length === 0) return;
      await shell(
        `[ ! -d ${folder} ] || { cd ${folder} && xargs -0 rm -f -- && find . -mindepth 1 -type d -empty -delete; }`,
        paths.map((path) => `${path}\0`).join(''),
      );
    },
  };
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

function readListing(prefix: string, sizes: string, digests: string): Map<string, Stored> {
  // Each line is 32 hex digits, two spaces, `./` and the path.
  const md5s = new Map(split(digests).map((line) => [line.slice(36), line.slice(0, 32)]));
  return new Map(
    split(sizes).map((line) => {
      const space = line.indexOf(' ');
      const path = line.slice(space + 1);
      const md5 = md5s.get(path);
      return [prefix + path, { size: Number(line.slice(0, space)), ...(md5 && { md5 }) }];
    }),
  );
}

function split(text: string): string[] {
  return text.split('\0').filter(Boolean);
}
