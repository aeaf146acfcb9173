/**
 * Gives a recording its address. What has set out to play before it had one plays on: a browser that is still looking for
 * a source takes a new one for a reason to stop.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#media-element-load-algorithm
 */
export function giveSource(audio: HTMLAudioElement, address: string): void {
  const isWanted = !audio.paused;
  audio.src = address;
  if (isWanted) void audio.play().catch(() => undefined);
}
