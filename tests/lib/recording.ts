import type { Visitor } from './visitor.ts';

/** Waits until the recording of the page that is open has left its beginning, and gives the second where it is. */
export function playedSecond(visitor: Visitor): Promise<number> {
  return visitor.evaluate(async () => {
    const audio = document.querySelector('audio')!;
    while (audio.currentTime === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    return audio.currentTime;
  }, null);
}
