// A second implementation of FORMAT.md, for the audit and the test vectors. It shares no line and no state with
// src/vault, so that it doesn't repeat a mistake made there. As it holds the secret, it also recomputes what readers
// must take on trust.
export type { Published } from './envelope.ts';
export { openMedia, openObject, openTable, pathIdsOf, type Decoded, type DecodedEntry } from './files.ts';
export { openKeyRecord, openKeyStore, type DecodedRecord } from './key-store.ts';
export { epochFrom, keyIdFrom, printToken, siteTagFrom, tierFrom, tokenFrom, type Tier } from './keys.ts';
export { openLedger } from './ledger.ts';
export { remindersFrom } from './reminders.ts';
export { readRoot, verifyRoot, type DecodedRoot } from './root.ts';
