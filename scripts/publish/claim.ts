import { hash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { counted } from '../../src/i18n/counted.ts';
import { isRunning } from '../lib/lock.ts';
import { CommandError } from '../lib/main.ts';
import { writeBytes } from './bytes.ts';
import { claims, incoming, type Target } from './target.ts';

const folder = `${claims}/`;
/** A publisher renews its claim this often (milliseconds). A claim that was not renewed within `lease` is ignored. */
const renewal = 60_000;
const lease = 10 * renewal;

interface Claim {
  /** A digest of what tells machines apart, as anyone can read the file. */
  machine: string;
  /** A digest that changes when the machine is restarted; missing in the claims of earlier versions. */
  boot?: string;
  process: number;
  /** Milliseconds since 1970, by the publisher's clock. Only earlier versions of this program go by it. */
  renewed: number;
}

/** Held while one publisher works on a target. */
export interface Held {
  /** @throws CommandError when another publisher has taken over, as it may while this machine sleeps */
  assert: () => Promise<void>;
}

/**
 * Runs `job` while no other publisher works on the target. Each publisher writes a claim of its own and then looks for
 * others: if two start at the same time, at least one sees the other and gives up. So the target needs nothing that
 * plain storage doesn't have. The claim of a killed process is removed: immediately on the same machine, even after a
 * restart, and elsewhere when it was not renewed for ten minutes. The age of a claim is how much later our own was
 * written, by the target's clock: those of two publishers may differ by days.
 *
 * @throws CommandError when another publisher is at work
 */
export async function withClaim<T>(target: Target, job: (held: Held) => Promise<T>): Promise<T> {
  const mine = folder + randomBytes(8).toString('hex');
  const write = () => writeBytes(target, mine, Buffer.from(JSON.stringify(newClaim())));
  const renew = async () => {
    // One that another publisher has removed stays removed, so that this one notices before the switch.
    if (await target.read(mine)) await write();
  };
  const assert = async () => {
    const times = await target.times(folder);
    const own = times.get(mine);
    if (own === undefined) throw new CommandError(`publish: another publisher took over ${target.name}`);
    const others = await Promise.all(
      [...times]
        .filter(([path]) => path !== mine)
        .map(async ([path, time]) => ({ path, age: own - time, claim: await readClaim(target, path) })),
    );
    const live = others.find(({ claim, age }) => claim && age <= lease && isLive(claim));
    if (live) {
      const minutes = Math.ceil((lease - Math.max(live.age, 0)) / 60_000);
      throw new CommandError(
        `publish: another publisher is working on ${target.name}; if it was killed, try again in ${counted(minutes, 'minute')}`,
      );
    }
    await target.remove(others.map(({ path }) => path));
  };

  await write();
  const renewals = new Set<Promise<void>>();
  const timer = setInterval(() => {
    // A failed renewal doesn't stop the job: before the switch, the claim is checked again.
    const renewing = renew()
      .catch(() => undefined)
      .finally(() => renewals.delete(renewing));
    renewals.add(renewing);
  }, renewal);
  const release = async () => {
    clearInterval(timer);
    // Otherwise a late renewal could arrive after the removal.
    await Promise.all(renewals);
    await target.remove([mine]);
  };
  try {
    await assert();
    await target.remove([...(await target.list(`${incoming}/`)).keys()]);
    const result = await job({ assert });
    await release();
    return result;
  } catch (error) {
    // The error of the job is what matters; the claim expires by itself.
    await release().catch(() => undefined);
    throw error;
  }
}

function newClaim(): Claim {
  return { machine: machineDigest(), boot: bootDigest(), process: process.pid, renewed: Date.now() };
}

/** @returns null when the claim has just been removed, or is malformed */
async function readClaim(target: Target, path: string): Promise<Claim | null> {
  const bytes = await target.read(path);
  try {
    return bytes && (JSON.parse(Buffer.from(bytes).toString()) as Claim);
  } catch {
    return null;
  }
}

function isLive({ machine, boot = bootDigest(), process: pid }: Claim): boolean {
  if (machine !== machineDigest()) return true;
  return boot === bootDigest() && isRunning(pid);
}

/**
 * Identifies the machine on which a process id means something. Two machines may have one name, and containers of one
 * machine have process ids of their own; Linux tells them apart. A machine without an id counts as another after a
 * restart. Should two be alike all the same, the one that loses its claim stops before the switch.
 */
function machineDigest(): string {
  // In images of systems it is empty or says `uninitialized` (machine-id(5)).
  const [id = bootId()] =
    /^[0-9a-f]{32}$/m.exec(ofLinux(() => readFileSync('/etc/machine-id', 'utf8'))) ?? [];
  const processes = ofLinux(() => readlinkSync('/proc/self/ns/pid'));
  return digestOf(hostname(), id, processes);
}

function bootDigest(): string {
  return digestOf(bootId());
}

function bootId(): string {
  return ofLinux(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
}

function digestOf(...parts: string[]): string {
  return hash('sha256', parts.join('\n')).slice(0, 16);
}

function ofLinux(read: () => string): string {
  try {
    return read();
  } catch {
    // Other systems have no such file.
    return '';
  }
}
