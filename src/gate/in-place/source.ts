/**
 * Sets the source of a recording. If playback was requested before, it goes on: a browser that was still looking for a
 * source pauses when it gets a new one.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#media-element-load-algorithm
 */
export function giveSource(audio: HTMLAudioElement, address: string): void {
  const isWanted = !audio.paused;
  audio.src = address;
  if (isWanted) void audio.play().catch(() => undefined);
}
