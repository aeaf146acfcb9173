import { answerSealed } from './fetch.ts';
import { shownText } from './text.ts';

/** Offers to load a recording whole, where the browser can't be given it piece by piece. */
export function offerRecording(audio: HTMLAudioElement, path: string, size: number): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet-button button';
  button.dataset.load = '';
  button.append(shownText('load'), ` ${(size / 1024 / 1024).toFixed(1)} MB`);
  button.addEventListener('click', () => {
    button.disabled = true;
    void load(audio, path).then(
      () => button.remove(),
      () => (button.disabled = false),
    );
  });
  audio.before(button);
}

async function load(audio: HTMLAudioElement, path: string): Promise<void> {
  const opened = await answerSealed(path);
  if (!opened) throw new Error('the recording could not be had');
  audio.src = URL.createObjectURL(await opened.blob());
  await audio.play().catch(() => undefined);
}
