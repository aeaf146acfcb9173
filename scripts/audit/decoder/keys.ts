import { hkdf, hmac, lengthPrefixed, u32 } from './primitives.ts';

/** All keys of a tier in an epoch, raw. */
export interface Tier {
  tier: string;
  epoch: string;
  content: Buffer;
  name: Buffer;
  table: Buffer;
  salt: Buffer;
  media: Buffer;
  mediaSalt: Buffer;
}

/** Derives a tier's keys from the site's secret. */
export function tierFrom(secret: Uint8Array, tier: string, epoch: string): Tier {
  return {
    tier,
    epoch,
    content: hkdf(secret, 32, ['jinghua v1 tier content', tier, epoch]),
    name: hkdf(secret, 32, ['jinghua v1 tier name', tier, epoch]),
    table: hkdf(secret, 32, ['jinghua v1 tier table', tier, epoch]),
    salt: hkdf(secret, 32, ['jinghua v1 tier salt', tier, epoch]),
    media: hkdf(secret, 32, ['jinghua v1 media', tier]),
    mediaSalt: hkdf(secret, 32, ['jinghua v1 media salt', tier]),
  };
}

/** Returns the id of a content key: 16 hex digits. */
export function keyIdFrom(content: Uint8Array): string {
  return hkdf(content, 8, ['jinghua v1 key id']).toString('hex');
}

/** Derives the epoch from a set of revoked tokens. */
export function epochFrom(
  secret: Uint8Array,
  revoked: { id: string; serial: number; tier: string }[],
): string {
  const entries = revoked.map(({ id, serial, tier }) =>
    lengthPrefixed([id, u32(serial), tier]).toString('hex'),
  );
  const set = Buffer.from([...new Set(entries)].sort().join(''), 'hex');
  return hmac(hkdf(secret, 32, ['jinghua v1 epoch']), [set])
    .subarray(0, 16)
    .toString('hex');
}

/** Derives a member's token: 16 bytes. */
export function tokenFrom(secret: Uint8Array, id: string, serial: number): Buffer {
  return hkdf(secret, 16, ['jinghua v1 token', id, u32(serial)]);
}

/** Derives the ten bits that distinguish the site's tokens from those of other sites. */
export function siteTagFrom(secret: Uint8Array): number {
  return hkdf(secret, 2, ['jinghua v1 site tag']).readUInt16BE() >> 6;
}

/** Returns the printed form of a token. */
export function printToken(secret: Uint8Array, token: Uint8Array): string {
  const number = BigInt(siteTagFrom(secret)) * 2n ** 128n + BigInt(`0x${Buffer.from(token).toString('hex')}`);
  const bits = number.toString(2).padStart(138, '0') + (number % 4194301n).toString(2).padStart(22, '0');
  const groups = bits
    .match(/.{20}/g)!
    .map((group) =>
      group.replace(/.{5}/g, (five) => '0123456789abcdefghjkmnpqrstvwxyz'.charAt(Number.parseInt(five, 2))),
    );
  return `kb_${groups.join('-')}`;
}
