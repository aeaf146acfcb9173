import { answerSealed } from './fetch.ts';
import { shownText } from '../shown-text.ts';
import { giveSource } from './source.ts';

/**
 * Offers to load a recording as a whole, for browsers that can't stream it in segments: by a button that says its size,
 * and whenever something starts to play it. A phone's browser lets an element play that a tap has once started, even
 * when its source arrives only later.
 */
export function offerRecording(audio: HTMLAudioElement, path: string, size: number): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet-button button';
  button.dataset.load = '';
  // Not by ../../text/megabytes.ts, a separate file that every page opened in place would fetch for this one line.
  button.append(shownText('load'), ` ${(size / 1e6).toFixed(1)} MB`);
  const start = () => {
    if (button.disabled) return;
    button.disabled = true;
    load(audio, path).then(
      () => {
        audio.removeEventListener('play', start);
        button.remove();
      },
      () => {
        button.disabled = false;
        audio.pause();
        // The player reports this as it does any failed recording.
        audio.dispatchEvent(new Event('error'));
      },
    );
  };
  audio.addEventListener('play', start);
  button.addEventListener('click', () => void audio.play().catch(() => undefined));
  audio.before(button);
  // Playback of a search hit may have started before this recording was found.
  if (!audio.paused) start();
}

async function load(audio: HTMLAudioElement, path: string): Promise<void> {
  const opened = await answerSealed(path);
  if (!opened) throw new Error('the recording could not be had');
  // A listener who has paused meanwhile stays paused.
  giveSource(audio, URL.createObjectURL(await opened.blob()));
}
