import { patience } from '../visitor.ts';

const interval = 50;

/**
 * Calls `ask` until it returns a value. If it fails because the page went away, it is called again too.
 *
 * @param what - named in the error
 * @param ask - returns `{ value }`, or null while there is none
 * @throws Error after half a minute, with the last failure as its cause
 */
export async function until<Value>(
  what: string,
  ask: () => Promise<{ value: Value } | null>,
): Promise<Value> {
  const end = performance.now() + patience;
  let cause: unknown;
  while (performance.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer.value;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
  throw new Error(`waited ${patience / 1000} s in vain for ${what}`, { cause });
}
