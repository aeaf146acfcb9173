/** The controls of the player that the lock screen, headphones and a car can use. */
export interface Controls {
  play: () => void;
  pause: () => void;
  /** Skips by seconds; negative goes back. */
  skip: (by: number) => void;
  seek: (to: number) => void;
  /** Goes one chapter back or forward. */
  chapter: (by: 1 | -1) => void;
}

/** Seconds of the skip buttons. */
export const SKIP = 15;

/** Offers the controls of a recording to the system (Media Session API), if the browser supports it. */
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
      // This browser does not know the action.
    }
  }
}

/** Tells the system the position and state of the recording. */
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
