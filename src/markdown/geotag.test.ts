import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { isGeotaggedFilm, isGeotaggedPhoto } from './geotag.ts';

const photo = () => sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
const gps = { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 49/1' };
const xmp = (attribute: string) =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" ${attribute}/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

test.each<[string, Sharp, boolean]>([
  ['a JPEG with GPS coordinates', photo().withExif({ IFD3: gps }).jpeg(), true],
  ['a PNG with GPS coordinates', photo().withExif({ IFD3: gps }).png(), true],
  ['a WebP with GPS coordinates', photo().withExif({ IFD3: gps }).webp(), true],
  ['a JPEG with coordinates in XMP', photo().withXmp(xmp('exif:GPSLatitude="31,13.8N"')).jpeg(), true],
  [
    'a photo with other tags',
    photo()
      .withExif({ IFD0: { Make: 'Camera' } })
      .jpeg(),
    false,
  ],
  ['a photo without tags', photo().jpeg(), false],
])('%s: geotagged is %s', async (_, picture, expected) => {
  const file = join(temporaryFolder(), 'photo');
  writeFileSync(file, await picture.toBuffer());
  expect(await isGeotaggedPhoto(file)).toBe(expected);
});

test('takes tags that can’t be read for a place, and a file that is no picture for none', async () => {
  const folder = temporaryFolder();
  const whole = await photo().withExif({ IFD3: gps }).jpeg().toBuffer();
  const at = whole.indexOf('Exif\0\0');
  // The byte order is the first thing in the tags.
  whole.write('XX', at + 6, 'latin1');
  writeFileSync(join(folder, 'broken.jpg'), whole);
  writeFileSync(join(folder, 'text.jpg'), 'no picture');
  expect(await isGeotaggedPhoto(join(folder, 'broken.jpg'))).toBe(true);
  expect(await isGeotaggedPhoto(join(folder, 'text.jpg'))).toBe(false);
});

/** A box of ISO base media (ISO/IEC 14496-12): its size, its type, its contents. */
function box(type: string, ...contents: (Buffer | string)[]): Buffer {
  const inside = Buffer.concat(contents.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + inside.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, inside]);
}

/** The same with its size in 64 bits. */
function longBox(type: string, contents: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1);
  head.write(type, 4, 'latin1');
  head.writeBigUInt64BE(BigInt(16 + contents.length), 8);
  return Buffer.concat([head, contents]);
}

const start = box('ftyp', 'isommp42');
const place = box('©xyz', '\0\x12\x15\xc7+31.2304+121.4737/');
const keys = box('meta', '\0\0\0\0', box('keys', box('mdta', 'com.apple.quicktime.location.ISO6709')));

test.each<[string, boolean, Buffer[]]>([
  ['a film of a phone with Android', true, [box('moov', box('mvhd'), box('udta', place))]],
  ['a film of an iPhone', true, [box('mdat', '\0\0'), box('moov', box('mvhd'), keys)]],
  ['a film whose keys are among the user data', true, [box('moov', box('udta', keys))]],
  ['a film with 3GPP’s place', true, [box('moov', box('udta', box('loci', '\0\0')))]],
  [
    'a film whose pictures are large',
    true,
    [longBox('mdat', Buffer.alloc(9)), box('moov', box('udta', place))],
  ],
  ['a film with other tags', false, [box('moov', box('udta', box('©nam', 'velocity ©xyz')))]],
  ['a film with the name of a place in its pictures', false, [box('mdat', place), box('moov', box('mvhd'))]],
  ['a film that is cut off', false, [box('moov', box('udta', place)).subarray(0, 12)]],
  ['a box that is smaller than its own size', false, [Buffer.from('\0\0\0\x03moov')]],
  ['millions of empty boxes', false, [Buffer.alloc(8 * 1024 * 1024, box('free'))]],
  ['nothing', false, []],
])('%s: geotagged is %s', async (_, expected, boxes) => {
  const file = join(temporaryFolder(), 'film.mp4');
  writeFileSync(file, Buffer.concat([start, ...boxes]));
  expect(await isGeotaggedFilm(file)).toBe(expected);
});
