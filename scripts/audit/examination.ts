import { reasonOf } from '../lib/plainly.ts';
import type { Published } from './decoder/index.ts';
import type { Staged } from './staged.ts';

/** Records which files of a staged site an audit has read so far, and its findings. */
export class Examination {
  /** One sentence each. */
  readonly findings: string[] = [];
  readonly #staged: Staged;
  readonly #looked = new Set<string>();

  constructor(staged: Staged) {
    this.#staged = staged;
  }

  /** Runs one comparison. If it fails or throws, that is a finding about `subject`. */
  examine(subject: string, compare: () => boolean | undefined): void {
    try {
      if (!compare()) this.findings.push(`${subject}: does not match what was rendered`);
    } catch (error) {
      this.findings.push(`${subject}: ${reasonOf(error)}`);
    }
  }

  /** @throws Error when there is no such file */
  read(path: string): Buffer {
    this.#looked.add(path);
    return this.#staged.read(path);
  }

  /** @throws Error when no sealed file is published under this name */
  sealed(name: string): Published {
    return { name, bytes: this.read(addressOf(name)) };
  }

  /** @throws Error when no sealed file is published under this name */
  digestOf(name: string): string {
    const path = addressOf(name);
    this.#looked.add(path);
    return this.#staged.digestOf(path);
  }

  /** Returns the files that nothing has referred to. */
  passedOver(): string[] {
    return this.#staged.files.filter((path) => !this.#looked.has(path));
  }
}

/**
 * Returns the path of a sealed file. It is implemented again here, so that the audit shares nothing with the sealer.
 */
function addressOf(name: string): string {
  if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('the name of a sealed file must be 32 hex digits');
  return `o/${name.slice(0, 2)}/${name}`;
}
