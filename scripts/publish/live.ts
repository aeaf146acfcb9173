import { parseRoot, type Bytes } from '../../src/vault/index.ts';
import type { ShownBefore } from '../lib/changes.ts';
import { CommandError } from '../lib/main.ts';
import { reasonOf } from '../lib/plainly.ts';
import { SealedSite } from '../verify/sealed-site.ts';
import { readRecord, type Publication, type PublishRecord } from './record.ts';
import type { Target } from './target.ts';

/** The site that a target currently serves. */
export interface Live {
  /** Null when there is none, or another secret sealed it. */
  site: SealedSite | null;
  /** The number of its build, whoever sealed it; 0 when there is none. */
  build: number;
  record: PublishRecord | null;
  /** The record's line for the site, if it has one. */
  publication: Publication | undefined;
  shown: ShownBefore;
}

/**
 * Reads what a target currently serves.
 *
 * @throws CommandError when it holds files that no publish of ours wrote, or its root or record is damaged
 */
export async function readLive(target: Target, secret: Bytes): Promise<Live> {
  const record = await readRecord(target, secret);
  const { site, build } = await readSite(target, secret, record !== null);
  return {
    site,
    build,
    record,
    publication: record?.publications.find((candidate) => candidate.build === build),
    shown: record?.shown ?? (build > 0 ? 'unknown' : null),
  };
}

/** @param isOurs - whether the target has a record, so that a publish of ours wrote to it */
async function readSite(
  target: Target,
  secret: Bytes,
  isOurs: boolean,
): Promise<Pick<Live, 'site' | 'build'>> {
  const root = await target.read('root');
  if (!root) {
    if (!isOurs && [...(await target.list('')).keys()].some((file) => !file.startsWith('publish/'))) {
      throw new CommandError(
        `publish: ${target.name} has files that no publish wrote; empty it or choose another target`,
      );
    }
    return { site: null, build: 0 };
  }
  try {
    const { build } = parseRoot(root);
    return { site: await SealedSite.ofOperator(secret, root, (path) => target.read(path)), build };
  } catch (cause) {
    throw new CommandError(
      `publish: ${target.name} has a root file that no publish wrote, or that is damaged: ${reasonOf(cause)}`,
      1,
      { cause },
    );
  }
}
