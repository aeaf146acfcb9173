import { tokenFrom } from './keys.ts';
import { hkdf, powerOfTwoFrom, u32 } from './primitives.ts';

/** Derives the list of the memberships that end soon, each with its last day, on the day of a build. */
export function remindersFrom(
  secret: Uint8Array,
  date: string,
  endings: { id: string; serial: number; lastDay: string }[],
): Buffer {
  const marks = endings.map(({ id, serial, lastDay }) =>
    hkdf(tokenFrom(secret, id, serial), 16, ['jinghua v1 reminder', date, lastDay]),
  );
  const count = powerOfTwoFrom(Math.max(32, endings.length));
  for (let i = 0; marks.length < count; i++) {
    marks.push(hkdf(secret, 16, ['jinghua v1 reminder decoy', date, u32(i)]));
  }
  const sorted = marks.map((mark) => mark.toString('hex')).sort();
  return Buffer.concat([Buffer.from(date), Buffer.from(sorted.join(''), 'hex')]);
}
