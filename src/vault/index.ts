// The sealed format of FORMAT.md: runs in Node, in pages and in the worker, so WebCrypto is all it asks for.

export type Bytes = Uint8Array<ArrayBuffer>;

/** A file as it is published: its name (32 hex digits, see objectAddress) and all of its bytes. */
export interface SealedFile {
  name: string;
  bytes: Bytes;
}
export interface Plain {
  type: string;
  bytes: Bytes;
}
export interface Token {
  siteTag: number;
  bits: Bytes;
  text: string;
}
/** What a browser keeps of a token; the key is non-extractable. */
export interface TokenKey {
  siteTag: number;
  key: CryptoKey;
}
/** What a member of a tier holds, as raw bytes (out of the key store). */
export interface TierKeys {
  tier: string;
  epoch: string;
  content: Bytes;
  name: Bytes;
  table: Bytes;
}
/** The same, non-extractable and storable in IndexedDB. */
export interface ReaderKeys {
  tier: string;
  epoch: string;
  /** 16 hex digits; the key of `Root.tables`. */
  keyId: string;
  content: CryptoKey;
  name: CryptoKey;
  table: CryptoKey;
  lookup: CryptoKey;
  root: CryptoKey;
}
/** What the build holds of a tier; `reader` opens what this seals. */
export interface TierSecrets extends TierKeys {
  reader: ReaderKeys;
  salt: CryptoKey;
  media: CryptoKey;
  mediaSalt: CryptoKey;
}
export interface MediaHead {
  path: string;
  type: string;
  size: number;
  segmentSize: number;
  segments: string[];
  salt: Bytes;
  key: CryptoKey;
}
export interface TableEntry {
  name: string;
  kind: 'object' | 'media';
}
export interface TableShard {
  entries: Bytes;
}
export type KeyStoreMember =
  | { id: string; serial: number; tier: string }
  | { id: string; serial: number; notice: 'removed' | 'expired'; date: string };
export interface KeyStoreInput {
  secret: Bytes;
  epoch: string;
  /** Lowest first; a member of a tier gets its keys and those of all tiers before it. */
  tiers: TierKeys[];
  members: KeyStoreMember[];
}
export type KeyRecord = { keys: TierKeys[] } | { notice: 'removed' | 'expired'; date: string };
export interface LedgerEntry {
  id: string;
  serial: number;
  tier: string;
}
export interface Root {
  format: 1;
  /** Oldest worker protocol allowed. */
  worker: number;
  build: number;
  date: string;
  epoch: string;
  siteTag: number;
  keystore: string[];
  tables: Record<string, { shards: string[]; mac: string }>;
  ledger?: string;
}
export interface UnsignedRoot extends Omit<Root, 'tables'> {
  tables: Record<string, { shards: string[] }>;
}

const later = (): never => {
  throw new Error('not written yet');
};
type Soon<T> = Promise<T>;

export const parseSecret: (text: string) => Bytes = later;
export const siteTagOf: (secret: Bytes) => Soon<number> = later;
export const issueToken: (secret: Bytes, id: string, serial: number) => Soon<string> = later;
/** null = mistyped */
export const parseToken: (text: string) => Token | null = later;
export const importToken: (token: Token) => Soon<TokenKey> = later;
export const epochOf: (secret: Bytes, revoked: LedgerEntry[]) => Soon<string> = later;
export const deriveTierKeys: (secret: Bytes, tier: string, epoch: string) => Soon<TierSecrets> = later;
export const importTierKeys: (keys: TierKeys) => Soon<ReaderKeys> = later;
export const sealObject: (keys: TierSecrets, path: string, plain: Plain) => Soon<SealedFile> = later;
/**
 * The name is checked too: it pins this very version, so a host cannot answer with an older one of the same epoch.
 * null = not this key; throws when malformed, tampered with, or not the file of that name
 */
export const openObject: (keys: ReaderKeys, path: string, file: SealedFile) => Soon<Plain | null> = later;
export const sealMedia: (
  keys: TierSecrets,
  path: string,
  plain: Plain,
) => Soon<{ head: SealedFile; segments: SealedFile[] }> = later;
export const openMediaHead: (keys: ReaderKeys, path: string, file: SealedFile) => Soon<MediaHead | null> =
  later;
export const openSegment: (head: MediaHead, index: number, bytes: Bytes) => Soon<Bytes> = later;
export const sealTable: (keys: TierSecrets, entries: Map<string, TableEntry>) => Soon<SealedFile[]> = later;
export const tableShardOf: (keys: ReaderKeys, path: string, count: number) => Soon<number> = later;
export const openTableShard: (
  keys: ReaderKeys,
  index: number,
  count: number,
  file: SealedFile,
) => Soon<TableShard | null> = later;
export const lookup: (keys: ReaderKeys, shard: TableShard, path: string) => Soon<TableEntry | undefined> =
  later;
export const sealKeyStore: (input: KeyStoreInput) => Soon<SealedFile[]> = later;
export const keyStoreShardOf: (token: TokenKey, epoch: string, count: number) => Soon<number> = later;
/** null = the token is not in this store */
export const openRecord: (token: TokenKey, epoch: string, shard: Bytes) => Soon<KeyRecord | null> = later;
export const sealLedger: (secret: Bytes, entries: LedgerEntry[]) => Soon<SealedFile> = later;
export const openLedger: (secret: Bytes, file: SealedFile) => Soon<LedgerEntry[] | null> = later;
export const encodeRoot: (root: Root) => Bytes = later;
/** throws on anything but the exact output of encodeRoot */
export const parseRoot: (bytes: Bytes) => Root = later;
export const signRoot: (root: UnsignedRoot, tiers: TierSecrets[]) => Soon<Root> = later;
export const verifyRoot: (root: Root, keys: ReaderKeys) => Soon<boolean> = later;
export const objectAddress: (name: string) => string = later;
