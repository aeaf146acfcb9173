import type { Visitor } from './visitor.ts';

/** Waits until the recording of the page that is open has left its beginning, and gives the second where it is. */
export function playedSecond(visitor: Visitor): Promise<number> {
  return visitor.evaluate(async () => {
    const audio = document.querySelector('audio')!;
    // A browser may have begun when it is told where: for no more than a moment.
    while (audio.currentTime < 0.5) await new Promise((resolve) => setTimeout(resolve, 50));
    return audio.currentTime;
  }, null);
}
