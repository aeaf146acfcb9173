import { answerSealed } from './fetch.ts';
import { shownText } from '../shown-text.ts';
import { giveSource } from './source.ts';

/**
 * Offers to load a recording whole, where the browser can't be given it piece by piece: by a button that says its size,
 * and whenever something sets out to play it. A phone's browser lets a recording play that a finger has once started,
 * also when what it plays comes only later.
 */
export function offerRecording(audio: HTMLAudioElement, path: string, size: number): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet-button button';
  button.dataset.load = '';
  // Not ../../bytes.ts: a file of its own for one line, which every page opened in place would fetch.
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
        // What shows the recording says so, as of any that can't be had.
        audio.dispatchEvent(new Event('error'));
      },
    );
  };
  audio.addEventListener('play', start);
  button.addEventListener('click', () => void audio.play().catch(() => undefined));
  audio.before(button);
  // What plays a hit of a search sets out before it is known what there is to load.
  if (!audio.paused) start();
}

async function load(audio: HTMLAudioElement, path: string): Promise<void> {
  const opened = await answerSealed(path);
  if (!opened) throw new Error('the recording could not be had');
  // Who has changed their mind meanwhile is not played to.
  giveSource(audio, URL.createObjectURL(await opened.blob()));
}
