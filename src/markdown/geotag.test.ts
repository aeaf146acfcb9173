import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { isGeotagged } from './geotag.ts';

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
  expect(await isGeotagged(file)).toBe(expected);
});

test('takes tags that can’t be read for a place, and a file that is no picture for none', async () => {
  const folder = temporaryFolder();
  const whole = await photo().withExif({ IFD3: gps }).jpeg().toBuffer();
  const at = whole.indexOf('Exif\0\0');
  // The byte order is the first thing in the tags.
  whole.write('XX', at + 6, 'latin1');
  writeFileSync(join(folder, 'broken.jpg'), whole);
  writeFileSync(join(folder, 'text.jpg'), 'no picture');
  expect(await isGeotagged(join(folder, 'broken.jpg'))).toBe(true);
  expect(await isGeotagged(join(folder, 'text.jpg'))).toBe(false);
});
