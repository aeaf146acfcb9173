import { deriveTierKeys, openObject, sealObject, type Bytes } from '../../src/vault/index.ts';
import { CommandError } from '../lib/main.ts';
import type { Shown } from '../report/changes.ts';
import type { Target } from './target.ts';
import { writeBytes } from './bytes.ts';

/** One site that was, or was about to be, live. */
export interface Publication {
  build: number;
  /** The day on which it was published, YYYY-MM-DD. */
  published: string;
  /** The day that decided which entries were due. */
  date: string;
  /** The build whose content this one brought back. */
  of?: number;
  /** The revision of the content, where it lay in git and was committed. */
  commit?: string;
}

/** What a publish leaves for the next one, wherever that runs. */
export interface PublishRecord {
  /** Newest first. */
  publications: Publication[];
  /** Every file that we wrote, apart from sealed ones: nothing else is ever removed. */
  files: string[];
  /** Day → files that no site needs any more from that day on, but that visitors of the site before may ask for. */
  retired: Record<string, string[]>;
  /** What was sent and not yet looked at from outside: the run that sent it was stopped, or is at work. */
  unseen?: string[];
  /** What the newest publication shows, for the report of the next; missing where an older version published it. */
  shown?: Shown;
}

const address = 'publish/record';
const path = `/${address}`;
const textEncoder = new TextEncoder();

/**
 * The record at a target, sealed for the operator alone: its list of files is a list of addresses.
 *
 * @returns null when there is none, or another secret sealed it
 * @throws CommandError when it is damaged
 */
export async function readRecord(target: Target, secret: Bytes): Promise<PublishRecord | null> {
  const file = await target.read(address);
  if (!file) return null;
  try {
    const name = new TextDecoder().decode(file.subarray(0, 32));
    const { reader } = await operatorKeys(secret);
    const opened = await openObject(reader, path, { name, bytes: file.slice(32) });
    return opened && (JSON.parse(new TextDecoder().decode(opened.bytes)) as PublishRecord);
  } catch (cause) {
    throw new CommandError(
      `publish: ${target.name}/${address} is damaged. Remove it there and publish again: files of removed pages then stay until you remove them.`,
      1,
      { cause },
    );
  }
}

/** Puts the record in place of the one before. */
export async function writeRecord(target: Target, secret: Bytes, record: PublishRecord): Promise<void> {
  const bytes = textEncoder.encode(JSON.stringify(record));
  const sealed = await sealObject(await operatorKeys(secret), path, { type: 'application/json', bytes });
  await writeBytes(target, address, Buffer.concat([textEncoder.encode(sealed.name), sealed.bytes]));
}

/** Keys of a tier that no member can be of (a tier's name has no space), the same in every epoch. */
function operatorKeys(secret: Bytes) {
  return deriveTierKeys(secret, 'publish record', '0'.repeat(32));
}
