// The sealed format of FORMAT.md. It runs in Node, in pages and in the worker, and needs only WebCrypto.

export type { Bytes } from './bytes.ts';
export { parseSecret, siteTagOf } from './secret.ts';
export { importToken, issueToken, parseToken, type Token, type TokenKey } from './token.ts';
export { epochOf, type Issued } from './epoch.ts';
export { deriveTierKeys, importTierKeys, type ReaderKeys, type TierKeys, type TierSecrets } from './keys.ts';
export { isObjectAddress, objectAddress, type SealedFile } from './name.ts';
export { openObject, type Plain, sealObject } from './object.ts';
export { type MediaHead, openMediaHead, openSegment, sealMedia } from './media.ts';
export {
  lookup,
  namesIn,
  openTableShard,
  sealTable,
  type TableEntry,
  type TableShard,
  tableShardOf,
} from './table.ts';
export {
  type KeyRecord,
  type KeyStoreInput,
  type KeyStoreMember,
  keyStoreShardOf,
  openRecord,
  sealKeyStore,
} from './keystore.ts';
export type { Primitives } from './primitives.ts';
export { type RecordContext, type RecordMaker, recordMaker } from './records.ts';
export { type LedgerLine, openLedger, sealLedger } from './ledger.ts';
export { encodeReminders, findLastDay, type LastDay, REMINDERS_PATH } from './reminders.ts';
export { encodeRoot, parseRoot, type Root, signRoot, type UnsignedRoot, verifyRoot } from './root.ts';
