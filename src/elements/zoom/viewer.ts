// Loaded only when somebody opens a picture.
import PhotoSwipe from 'photoswipe';
import styles from 'photoswipe/style.css?url';

/** A picture as PhotoSwipe takes it: `msrc` is the smaller one that stands in the text, in `element`. */
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
 * Shows a picture over the page, to pinch and to move.
 * @throws where the viewer's styles can't be had
 */
export async function view(picture: Picture, texts: { close: string; failed: string }): Promise<void> {
  styled ??= addStyles();
  try {
    await styled;
  } catch (error) {
    styled = undefined;
    throw error;
  }
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  new PhotoSwipe({
    dataSource: [picture],
    index: 0,
    bgOpacity: 0.92,
    counter: false,
    zoom: false,
    showHideAnimationType: isStill ? 'none' : 'zoom',
    closeTitle: texts.close,
    errorMsg: texts.failed,
  }).init();
}

/** The site's one style sheet carries nothing that most readers of a page never see. */
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
