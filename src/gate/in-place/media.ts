import { logicalPath } from '../../worker/address.ts';
import { answerFormer, answerSealed } from './fetch.ts';
import { giveSource } from './source.ts';

/** Opens images and recordings of this document when they come near the viewport. */
export function showMedia(base: URL): void {
  const pathOf = (address: string) => logicalPath(new URL(address, location.href), base)!;
  const sight = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        sight.unobserve(target);
        if (target instanceof HTMLImageElement) void showImage(target, pathOf);
        else if (target instanceof HTMLAudioElement) void openAudio(target, pathOf);
      }
    },
    { rootMargin: '100%' },
  );
  // The parser adds nested nodes in several steps, so an element can be reported more than once.
  const seen = new WeakSet<HTMLElement>();
  new MutationObserver((mutations) => {
    for (const node of mutations.flatMap(({ addedNodes }) => Array.from(addedNodes))) {
      if (!(node instanceof HTMLElement)) continue;
      for (const element of [node, ...node.querySelectorAll<HTMLElement>('[data-sealed]')]) {
        if (element.dataset.sealed === undefined || seen.has(element)) continue;
        seen.add(element);
        // An audio element without native controls has no box that could intersect.
        if (element instanceof HTMLAudioElement && !element.controls) void openAudio(element, pathOf);
        else sight.observe(element);
      }
    }
  }).observe(document, { childList: true, subtree: true });
}

async function showImage(image: HTMLImageElement, pathOf: (address: string) => string): Promise<void> {
  const address = choose(image);
  const path = pathOf(address);
  const show = async (opened: Response) => (image.src = URL.createObjectURL(await opened.blob()));
  const opened = await answerSealed(path).catch(() => null);
  if (opened) {
    await show(opened);
    return;
  }
  const showFormer = async () => {
    const former = await answerFormer(path).catch(() => null);
    if (former) await show(former);
  };
  image.addEventListener('error', () => void showFormer(), { once: true });
  // The host has images that are not sealed; one that can't be fetched shows as broken, as any image does.
  image.src = address;
}

/** The address of the smallest image that is sharp at the displayed width, as a browser chooses from a `srcset`. */
function choose({ dataset, clientWidth }: HTMLImageElement): string {
  const choices = (dataset.sealedSet ?? '')
    .split(', ')
    .map((choice) => /^(\S+) (\d+)w$/.exec(choice))
    .flatMap((match) => (match ? [{ address: match[1]!, width: Number(match[2]) }] : []))
    .sort((a, b) => a.width - b.width);
  const needed = (clientWidth || innerWidth) * devicePixelRatio;
  return (choices.find(({ width }) => width >= needed) ?? choices.at(-1))?.address ?? dataset.sealed!;
}

/** Most pages have no recording, so what opens one is loaded for those that do. */
async function openAudio(audio: HTMLAudioElement, pathOf: (address: string) => string): Promise<void> {
  const address = audio.dataset.sealed!;
  try {
    const { openRecording } = await import('./open-recording.ts');
    await openRecording(audio, address, pathOf(address));
  } catch {
    // The player says that it can't be reached.
    giveSource(audio, address);
  }
}
