import { spawn } from 'node:child_process';
import { CommandError } from '../lib/main.ts';
import { incoming, type Stored, type Target } from './target.ts';

const absent = 44;

/**
 * A folder of another machine: files go there by rsync, all else is a few words of shell over ssh. How ssh is started
 * can be set as for rsync itself, in `RSYNC_RSH`.
 *
 * @param url - `ssh://[USER@]HOST[:PORT]/FOLDER`
 * @throws CommandError when the address makes no sense
 */
export function openRemote(url: string): Target {
  const { host, folder, ssh } = readAddress(url);
  const shell = (script: string, input = '') =>
    execute(ssh, [...ssh.slice(1), host, script], { input, host });
  const here = `cd ${folder}`;
  return {
    name: url,
    list: async (prefix) => {
      const below = `${folder}/${prefix}`;
      const sizes = await shell(`[ ! -d ${below} ] || find ${below} -type f -printf '%s %P\\0'`);
      const digests = await shell(
        `[ ! -d ${below} ] || { cd ${below} && find . -path ./o -prune -o -type f -exec md5sum -z {} +; }`,
      );
      return readListing(prefix, sizes.toString(), digests.toString());
    },
    read: async (path) => {
      const file = `${folder}/${path}`;
      const bytes = await shell(`[ -f ${file} ] || exit ${absent}; cat ${file}`).catch((error: unknown) => {
        if (error instanceof Failed && error.status === absent) return null;
        throw error;
      });
      return bytes && new Uint8Array(bytes);
    },
    write: async (from, paths, arrived) => {
      if (paths.length === 0) return;
      await shell(`mkdir -p ${folder}/${incoming}`);
      const options = [
        '--files-from=-',
        '--from0',
        '--times',
        // We have decided what to send; size and time say nothing about the content.
        '--ignore-times',
        '--chmod=D755,F644',
        `--temp-dir=${incoming}`,
        '--out-format=%i %n',
        `--rsh=${ssh.join(' ')}`,
      ];
      await execute(['rsync'], [...options, `${from}/`, `${host}:${folder}/`], {
        input: paths.map((path) => `${path}\0`).join(''),
        host,
        onLine: (line) => {
          // Lines of directories and of files: `<f+++++++++ o/ab/ab…`.
          if (line.startsWith('<f')) arrived?.();
        },
      });
    },
    remove: async (paths) => {
      if (paths.length === 0) return;
      await shell(
        `[ ! -d ${folder} ] || { ${here} && xargs -0 rm -f -- && find . -mindepth 1 -type d -empty -delete; }`,
        paths.map((path) => `${path}\0`).join(''),
      );
    },
  };
}

function readAddress(text: string): { host: string; folder: string; ssh: string[] } {
  const match = /^ssh:\/\/((?:[\w.-]+@)?[\w.-]+)(?::(\d+))?(\/[\w./~-]*[\w~-])\/?$/.exec(text);
  if (!match) throw new CommandError(`publish: "${text}" is not like ssh://USER@HOST:PORT/FOLDER`, 2);
  const [, host = '', port, folder = ''] = match;
  const ssh = (process.env.RSYNC_RSH ?? 'ssh').split(/\s+/).filter(Boolean);
  // Never a question: a publisher that waits for a password looks like one that hangs.
  return { host, folder, ssh: [...ssh, '-o', 'BatchMode=yes', ...(port ? ['-p', port] : [])] };
}

function readListing(prefix: string, sizes: string, digests: string): Map<string, Stored> {
  // Each is 32 hex digits, two spaces, `./` and the path.
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

interface Execution {
  input: string;
  host: string;
  onLine?: (line: string) => void;
}

class Failed extends CommandError {
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** Runs a program and gives what it printed. */
async function execute(
  [program = '']: string[],
  args: string[],
  { input, host, onLine }: Execution,
): Promise<Buffer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  let complaint = '';
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output.push(chunk);
    if (!onLine) return;
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  // A program that ends early does not read to the end; its exit code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new CommandError(`publish: ${program} can't be started; install it`, 1, { cause })),
    );
    child.on('close', resolve);
  });
  if (status === 0) return Buffer.concat(output);
  const reason = complaint.trim() || `${program} ended with ${String(status)}`;
  throw new Failed(`publish: ${host}: ${reason}`, status);
}
