import { expect, test } from 'vitest';
import { deriveTierKeys, sealMedia, sealObject, sealTable } from '../../src/vault/index.ts';
import { nodePrimitives } from './primitives.ts';

test('the primitives of Node seal the same bytes as WebCrypto', async () => {
  const secret = new Uint8Array(32).fill(3);
  const seal = async (keys: Awaited<ReturnType<typeof deriveTierKeys>>) => [
    await sealObject(keys, '/a/', { type: 'text/html', bytes: new TextEncoder().encode('精华'.repeat(900)) }),
    await sealObject(keys, '/b', { type: 'image/webp', bytes: new Uint8Array(3000).fill(5) }),
    await sealMedia(keys, '/c.mp3', { type: 'audio/mpeg', bytes: new Uint8Array(140_000).fill(6) }),
    await sealTable(keys, new Map([['/a/', { kind: 'object', name: '0'.repeat(32) }]])),
  ];
  const ours = await seal(await deriveTierKeys(secret, 'members', '1'.repeat(32), nodePrimitives));
  expect(ours).toEqual(await seal(await deriveTierKeys(secret, 'members', '1'.repeat(32))));
});
