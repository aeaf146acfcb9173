import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CommandError } from '../lib/main.ts';
import { inOneLine, reasonOf } from '../lib/plainly.ts';
import { Intake, largestListing } from './intake.ts';

/** The most characters kept of a program's error output. */
const longestComplaint = 2 ** 20;

/**
 * Opens one connection that all other ssh processes of this run share, so that not every command starts with a
 * handshake. It ends with this process, even after a crash: its standard input then closes.
 *
 * @param ssh - the words that start ssh
 * @param silence - after how many milliseconds without an answer the machine is given up
 * @returns the words that start ssh over the connection
 * @throws CommandError when there is no connection
 */
export async function connect(ssh: string[], host: string, silence: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [program, ...args] = [...ssh, '-o', `ControlPath=${join(folder, 'ssh')}`];
  const master = spawn(program, [...args, '-o', 'ControlMaster=yes', host, 'echo ready; cat'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const complaint = complaintOf(master.stderr);
  let waiting: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    master.stdout.once('data', () => resolve());
    master.on('error', (cause) => reject(new CommandError(`publish: can't start ${program}`, 1, { cause })));
    master.on('close', () =>
      reject(new CommandError(`publish: ${host}: ${withAdvice(inOneLine(complaint()))}`)),
    );
    waiting = setTimeout(() => {
      reject(new CommandError(`publish: ${host}: accepted the connection but then sent nothing`));
      master.kill();
    }, silence);
  }).finally(() => clearTimeout(waiting));
  master.unref();
  for (const stream of [master.stdin, master.stdout, master.stderr]) (stream as Socket).unref();
  return [program, ...args];
}

/** Adds what to do to a complaint of ssh about something that it would otherwise ask. */
function withAdvice(complaint: string): string {
  if (!/Host key verification failed|Permission denied \(/.test(complaint)) return complaint;
  return `${complaint}; a publish answers no question of ssh: connect once yourself, or put host and key into ~/.ssh/config`;
}

interface Execution {
  input: string;
  /** The machine, for messages. */
  host: string;
  /** Collects the output. */
  intake?: Intake;
  onLine?: (line: string) => void;
}

/** A program has failed: with this exit status, if it ended by itself. */
export class Failed extends CommandError {
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** Collects what a program writes to stderr, up to {@link longestComplaint} characters. */
function complaintOf(stderr: Readable): () => string {
  let complaint = '';
  // Decode as a stream: a chunk may end within a character.
  stderr.setEncoding('utf8').on('data', (chunk: string) => {
    if (complaint.length < longestComplaint) complaint += chunk;
  });
  return () => complaint;
}

/**
 * Runs a program that talks to another machine, and returns its output.
 *
 * @throws Failed when it fails, or sends too much or too slowly
 */
export async function execute(
  program: string,
  args: string[],
  { input, host, intake = new Intake(largestListing), onLine }: Execution,
): Promise<Buffer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const complaint = complaintOf(child.stderr);
  let rest = '';
  let refusal: unknown;
  const isTaken = (look: () => void): boolean => {
    if (refusal !== undefined) return false;
    try {
      look();
      return true;
    } catch (error) {
      refusal = error;
      child.kill();
      // Its child processes may keep these streams open, and `close` would wait for them.
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      return false;
    }
  };
  // If nothing is sent, no data event checks the time.
  const clock = setInterval(() => isTaken(() => intake.assertPace()), 500);
  child.stdout.on('data', (chunk: Buffer) => {
    if (!isTaken(() => intake.add(chunk)) || !onLine) return;
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  // A program that ends early closes its input; its exit code says why it ended.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new CommandError(`publish: can't start ${program}; install it`, 1, { cause })),
    );
    child.on('close', resolve);
  }).finally(() => clearInterval(clock));
  if (refusal !== undefined) throw new Failed(`publish: ${host}: ${reasonOf(refusal)}`, null);
  if (status === 0) return intake.whole();
  const reason = inOneLine(complaint()) || `${program} exited with ${String(status)}`;
  throw new Failed(`publish: ${host}: ${reason}`, status);
}
