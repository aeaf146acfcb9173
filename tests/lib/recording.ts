import type { Visitor } from './visitor.ts';

/** Waits until the recording of the open page is at its starting position, and returns that second. */
export function standingSecond(visitor: Visitor): Promise<number> {
  return visitor.evaluate(async () => {
    const audio = document.querySelector('audio')!;
    while (audio.readyState === 0 || audio.seeking) await new Promise((resolve) => setTimeout(resolve, 50));
    return audio.currentTime;
  }, null);
}

/**
 * Waits until the recording of the open page plays, and returns the current second.
 *
 * @param tapped - what to tap first, in the page: once the driver has tapped it, the recording may soon be far beyond
 */
export function heardSecond(visitor: Visitor, tapped: string | null = null): Promise<number> {
  return visitor.evaluate(async (selector) => {
    if (selector !== null) document.querySelector<HTMLElement>(selector)!.click();
    const audio = document.querySelector('audio')!;
    const { HAVE_FUTURE_DATA } = HTMLMediaElement;
    const sounds = () => !audio.paused && !audio.seeking && audio.readyState >= HAVE_FUTURE_DATA;
    while (!sounds()) await new Promise((resolve) => setTimeout(resolve, 10));
    return audio.currentTime;
  }, tapped);
}
