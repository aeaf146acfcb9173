import { patience } from '../visitor.ts';

const interval = 50;

/**
 * Asks again until there is an answer. A question that fails because the page went away meanwhile is asked again too.
 *
 * @param what - named in the error
 * @param ask - gives `{ value }`, or null as long as there is none
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
