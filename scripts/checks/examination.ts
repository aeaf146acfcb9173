import { reasonOf } from '../lib/plainly.ts';
import type { Published } from './decoder/index.ts';
import type { Staged } from './staged.ts';

/** What an audit has looked at of a staged site so far, and what it has found. */
export class Examination {
  /** One sentence each. */
  readonly findings: string[] = [];
  readonly #staged: Staged;
  readonly #looked = new Set<string>();

  constructor(staged: Staged) {
    this.#staged = staged;
  }

  /** Runs one comparison; what it throws is a finding about `subject`. */
  examine(subject: string, compare: () => boolean | undefined): void {
    try {
      if (!compare()) this.findings.push(`${subject}: is not what was rendered`);
    } catch (error) {
      this.findings.push(`${subject}: ${reasonOf(error)}`);
    }
  }

  /** @throws Error where there is no such file */
  read(path: string): Buffer {
    this.#looked.add(path);
    return this.#staged.read(path);
  }

  /** @throws Error where no sealed file is published under this name */
  sealed(name: string): Published {
    return { name, bytes: this.read(addressOf(name)) };
  }

  /** @throws Error where no sealed file is published under this name */
  digestOf(name: string): string {
    const path = addressOf(name);
    this.#looked.add(path);
    return this.#staged.digestOf(path);
  }

  /** The files that nothing has led to. */
  passedOver(): string[] {
    return this.#staged.files.filter((path) => !this.#looked.has(path));
  }
}

/** Where a sealed file lies; written again here, so that the audit shares nothing with the sealer. */
function addressOf(name: string): string {
  if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('a sealed file has a name of 32 hex digits');
  return `o/${name.slice(0, 2)}/${name}`;
}
