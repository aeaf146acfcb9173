import { deriveTierKeys, openObject, sealObject, type Bytes } from '../../src/vault/index.ts';
import type { Late } from '../digest/late.ts';
import type { Shown } from '../lib/changes.ts';
import { CommandError } from '../lib/main.ts';
import type { Target } from './target.ts';
import { writeBytes } from './bytes.ts';

/** A site that is, was or was about to be live. */
export interface Publication {
  build: number;
  /** The day on which it was published, YYYY-MM-DD. */
  published: string;
  /** The day that decided which entries were due. */
  date: string;
  /** For a rollback: the build whose content this one restored. */
  of?: number;
  /** The git revision of the content, if it was committed. */
  commit?: string;
  /** A digest of the content; missing if an older version published it. */
  content?: string;
  /** How many entries were due. For the same content, another number means other entries. */
  entries?: number;
}

/** What a publish leaves at the target for the next one, on whichever machine that runs. */
export interface PublishRecord {
  /** Newest first. */
  publications: Publication[];
  /** Every file that we wrote, apart from sealed ones: nothing else is ever removed. */
  files: string[];
  /** Day → files that no site has needed since that day, but that visitors of the previous site may request. */
  retired: Record<string, string[]>;
  /**
   * Files that were uploaded and not yet verified from outside: the run that sent them was stopped, or is still
   * running.
   */
  unseen?: string[];
  /**
   * The entries that the newest publication shows, for the report of the next; missing if an older version published
   * it.
   */
  shown?: Shown;
  /** For the digest of the next publish. */
  late?: Late;
}

const address = 'publish/record';
const path = `/${address}`;
const textEncoder = new TextEncoder();

/**
 * Reads the record at a target. It is sealed for the operator alone, because its file list tells addresses.
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
      `publish: ${target.name}/${address} is damaged. Remove it there and publish again.`,
      1,
      { cause },
    );
  }
}

/** Replaces the record at a target. */
export async function writeRecord(target: Target, secret: Bytes, record: PublishRecord): Promise<void> {
  const bytes = textEncoder.encode(JSON.stringify(record));
  const sealed = await sealObject(await operatorKeys(secret), path, { type: 'application/json', bytes });
  await writeBytes(target, address, Buffer.concat([textEncoder.encode(sealed.name), sealed.bytes]));
}

/** Derives keys for a tier that no member can have (tier names have no spaces). They are the same in every epoch. */
function operatorKeys(secret: Bytes) {
  return deriveTierKeys(secret, 'publish record', '0'.repeat(32));
}
