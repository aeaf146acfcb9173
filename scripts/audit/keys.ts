import { issueToken, type Bytes } from '../../src/vault/index.ts';
import type { Membership } from '../lib/membership.ts';
import { spellingsOf } from '../lib/secret.ts';

/** A token as links spell it, with or without its dashes. */
const token = /kb_(?:[0-9a-z]-?){32}/gi;

/**
 * Finds keys in readable text: the site's secret, and tokens that open this very site. A writer may paste their own
 * link into a piece by mistake, and every reader of the piece could then enter under that writer's name.
 */
export class KeySearch {
  readonly #secret: Bytes;
  /** The spellings of the secret. */
  readonly #spellings: string[];
  /** Token without dashes → the files that contain it. */
  readonly #tokens = new Map<string, Set<string>>();
  readonly #findings: string[] = [];

  constructor(secret: Bytes) {
    const [hex = '', ...others] = spellingsOf(secret);
    this.#secret = secret;
    this.#spellings = [hex, hex.toUpperCase(), ...others];
  }

  addFile(file: string, bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#spellings.some((text) => buffer.includes(text))) {
      this.#findings.push(`${file}: contains the site’s secret`);
    }
    if (!buffer.includes('kb_') && !buffer.includes('KB_')) return;
    for (const [found] of buffer.toString('latin1').matchAll(token)) {
      const text = plain(found);
      this.#tokens.set(text, (this.#tokens.get(text) ?? new Set()).add(file));
    }
  }

  /** @returns one sentence for each file and key; none of them repeats the key */
  async findings({ tokens }: Pick<Membership, 'tokens'>): Promise<string[]> {
    const findings = [...this.#findings];
    if (this.#tokens.size === 0) return findings;
    for (const { id, serial, state } of tokens) {
      if (state !== 'active') continue;
      const files = this.#tokens.get(plain(await issueToken(this.#secret, id, serial))) ?? [];
      for (const file of files) {
        findings.push(
          `${file}: contains the link of “${id}”; remove it there, and give them a new one: npm run members -- reissue ${id}`,
        );
      }
    }
    return findings;
  }
}

const plain = (text: string) => text.replaceAll('-', '').toLowerCase();
