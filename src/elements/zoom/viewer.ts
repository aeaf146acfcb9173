// Loaded on demand.
import PhotoSwipe from 'photoswipe';
import styles from 'photoswipe/style.css?url';

/** A picture as PhotoSwipe expects it: `msrc` is the smaller one in the text, whose element is `element`. */
export interface Picture {
  src: string;
  msrc: string;
  alt: string;
  width: number;
  height: number;
  element: HTMLElement;
}

let styled: Promise<unknown> | undefined;

/**
 * Shows a picture over the page, to zoom and to move.
 * @param isWanted - whether the reader still waits for it once the viewer's styles are loaded
 * @throws when the viewer's styles can't be loaded
 */
export async function view(
  picture: Picture,
  texts: { close: string; failed: string },
  isWanted: () => boolean,
): Promise<void> {
  styled ??= addStyles();
  try {
    await styled;
  } catch (error) {
    styled = undefined;
    throw error;
  }
  if (!isWanted()) return;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const viewer = new PhotoSwipe({
    dataSource: [picture],
    index: 0,
    bgOpacity: 0.92,
    counter: false,
    zoom: false,
    showHideAnimationType: isStill ? 'none' : 'zoom',
    closeTitle: texts.close,
    errorMsg: texts.failed,
  });
  viewer.init();
  // PhotoSwipe names its buttons, but not its dialog.
  viewer.element!.ariaLabel = picture.alt;
}

/** Loads the viewer's styles, which are not in the site's style sheet because most readers never need them. */
function addStyles(): Promise<unknown> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = styles;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error('no styles'));
    });
  });
}
