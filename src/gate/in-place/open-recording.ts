import { find, isOpened } from '../../worker/find.ts';
import { playSegments } from './player.ts';
import { offerRecording } from './recording.ts';
import { giveSource } from './source.ts';

/**
 * Opens a sealed recording for an audio element: in segments while it plays if the browser can, otherwise as a whole
 * when the member asks for it. A recording that is not sealed is left to the host.
 */
export async function openRecording(audio: HTMLAudioElement, address: string, path: string): Promise<void> {
  const found = await find(path);
  if (!isOpened(found) || !('head' in found)) giveSource(audio, address);
  else if (found.head.type === 'audio/mpeg' && canStream()) playSegments(audio, found.head);
  else offerRecording(audio, path, found.head.size);
}

function canStream(): boolean {
  return 'MediaSource' in window && MediaSource.isTypeSupported('audio/mpeg');
}
