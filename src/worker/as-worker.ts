import type { GateMessage, GateReply } from '../gate/message.ts';
import { explain } from './find.ts';
import { dropPath, dropUnnamed } from './open.ts';
import { pathsOf, reply } from './reply.ts';
import { currentAccess } from './session.ts';

/** Handles a message from a page to the worker: here what no page opened in place asks of itself. */
export async function replyAsWorker(message: GateMessage, base: URL): Promise<GateReply> {
  switch (message.verb) {
    case 'explain':
      return explain(pathsOf([message.address], base)[0]!);
    case 'drop':
      await drop(pathsOf(message.addresses, base));
      return { reason: 'open' };
    case 'tidy':
      await tidy();
      return { reason: 'open' };
    default:
      return reply(message, base);
  }
}

async function drop(paths: string[]): Promise<void> {
  const access = await currentAccess();
  if (access) for (const path of paths) await dropPath(access, path);
}

async function tidy(): Promise<void> {
  const access = await currentAccess();
  if (access) await dropUnnamed(access);
}
