import type { GateMessage, GateReply } from '../gate/message.ts';
import { dropPath, dropUnnamed } from './open.ts';
import { pathsOf, reply } from './reply.ts';
import { currentAccess } from './session.ts';

/** Handles a message from a page to the worker: those about offline copies here, and all others as in place. */
export async function replyAsWorker(message: GateMessage, base: URL): Promise<GateReply> {
  if (message.verb === 'drop') await drop(pathsOf(message.addresses, base));
  if (message.verb === 'tidy') await tidy();
  return reply(message, base);
}

async function drop(paths: string[]): Promise<void> {
  const access = await currentAccess();
  if (access) for (const path of paths) await dropPath(access, path);
}

async function tidy(): Promise<void> {
  const access = await currentAccess();
  if (access) await dropUnnamed(access);
}
