import { hash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { counted } from '../../src/i18n/counted.ts';
import { isRunning } from '../lib/lock.ts';
import { CommandError } from '../lib/main.ts';
import { writeBytes } from './bytes.ts';
import { incoming, type Target } from './target.ts';

const folder = 'publish/claims/';
/** A publisher renews its claim this often (milliseconds). A claim that was not renewed within `lease` is ignored. */
const renewal = 60_000;
const lease = 10 * renewal;

interface Claim {
  /** A digest of the host name, as anyone can read the file. */
  machine: string;
  process: number;
  /** Milliseconds since 1970. */
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
 * plain storage doesn't have. The claim of a killed process is removed: immediately on the same machine, elsewhere when
 * it was not renewed for ten minutes.
 *
 * @throws CommandError when another publisher is at work
 */
export async function withClaim<T>(target: Target, job: (held: Held) => Promise<T>): Promise<T> {
  const mine = folder + randomBytes(8).toString('hex');
  const renew = () => writeBytes(target, mine, Buffer.from(JSON.stringify(newClaim())));
  const assert = async () => {
    const claims = [...(await target.list(folder)).keys()];
    if (!claims.includes(mine)) throw new CommandError(`publish: another publisher took over ${target.name}`);
    const others = await Promise.all(
      claims
        .filter((path) => path !== mine)
        .map(async (path) => ({ path, claim: await readClaim(target, path) })),
    );
    const live = others.find(({ claim }) => claim && isLive(claim));
    if (live?.claim) {
      const minutes = Math.ceil((live.claim.renewed + lease - Date.now()) / 60_000);
      throw new CommandError(
        `publish: another publisher is working on ${target.name}; if it was killed, try again in ${counted(minutes, 'minute')}`,
      );
    }
    await target.remove(others.map(({ path }) => path));
  };

  await renew();
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
  return { machine: machineDigest(), process: process.pid, renewed: Date.now() };
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

function isLive({ machine, process: pid, renewed }: Claim): boolean {
  if (Date.now() - renewed > lease) return false;
  return machine !== machineDigest() || isRunning(pid);
}

function machineDigest(): string {
  return hash('sha256', hostname()).slice(0, 16);
}
