/** What the lock screen, headphones and a car may ask of the player. */
export interface Controls {
  play: () => void;
  pause: () => void;
  /** Seconds, back where negative. */
  skip: (by: number) => void;
  seek: (to: number) => void;
  /** One chapter back or on. */
  chapter: (by: 1 | -1) => void;
}

/** Seconds of the skip buttons. */
export const SKIP = 15;

/** Offers the controls of a recording to the system (Media Session). Does nothing where the browser has no such thing. */
export function offerControls(metadata: MediaMetadataInit, controls: Controls): void {
  if (!('mediaSession' in navigator)) return;
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata(metadata);
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => controls.play()],
    ['pause', () => controls.pause()],
    ['seekbackward', ({ seekOffset }) => controls.skip(-(seekOffset ?? SKIP))],
    ['seekforward', ({ seekOffset }) => controls.skip(seekOffset ?? SKIP)],
    ['seekto', ({ seekTime }) => controls.seek(seekTime ?? 0)],
    ['previoustrack', () => controls.chapter(-1)],
    ['nexttrack', () => controls.chapter(1)],
  ];
  for (const [action, handler] of handlers) {
    try {
      mediaSession.setActionHandler(action, handler);
    } catch {
      // An action that this browser does not know.
    }
  }
}

/** Tells the system where the recording stands. */
export function tellPosition({ currentTime, duration, playbackRate, paused }: HTMLAudioElement): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.playbackState = paused ? 'paused' : 'playing';
  if (!Number.isFinite(duration) || duration <= 0) return;
  navigator.mediaSession.setPositionState({
    duration,
    playbackRate,
    position: Math.min(currentTime, duration),
  });
}
