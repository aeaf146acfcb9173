import { expect, test, vi } from 'vitest';
import type { GateMessage } from '../message.ts';

const askGate = vi.hoisted(() => vi.fn<(message: GateMessage) => Promise<object>>());
const stored = vi.hoisted(() => vi.fn<(name: string, value: unknown) => boolean>());
vi.mock('../bridge.ts', () => ({ askGate }));
vi.mock('../../storage.ts', () => ({ readLocal: () => null, writeLocal: stored }));
const page = new EventTarget();
vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
vi.stubGlobal('location', { href: 'https://kb.example/' });
vi.stubGlobal('fetch', () => Promise.resolve(new Response('<p>')));
vi.stubGlobal(
  'DOMParser',
  class {
    parseFromString = () => ({ querySelectorAll: () => [] });
  },
);
const { keepUp } = await import('./keep-up.ts');

test('says that it has kept up with a build only if nothing was cleared meanwhile', async () => {
  askGate.mockResolvedValue({ reason: 'open', unkept: 0, since: 1 });
  await keepUp('/', 3);
  expect(stored.mock.calls).toEqual([['kept-up', 3]]);

  stored.mockClear();
  askGate.mockImplementation(({ verb }) => {
    if (verb === 'tidy') page.dispatchEvent(new Event('gate:cleared'));
    return Promise.resolve({ reason: 'open', unkept: 0, since: 1 });
  });
  await expect(keepUp('/', 4)).rejects.toThrow('aborted');
  expect(stored).not.toHaveBeenCalled();
});
