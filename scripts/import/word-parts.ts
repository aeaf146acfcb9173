import { DOMParser } from '@xmldom/xmldom';
import JSZip from 'jszip';
import { shorten } from '../../src/text/shorten.ts';

/** Headers and footers of pages, by the names that people know. */
const EDGES: [part: RegExp, name: string][] = [
  [/^word\/header\d*\.xml$/, '页眉'],
  [/^word\/footer\d*\.xml$/, '页脚'],
];

/** Elements that the converter ignores or accepts silently, with the message about each. */
const UNSAID: [tag: string, says: (count: number) => string, isMeant?: (element: Element) => boolean][] = [
  ['w:ins', (count) => `${count} 处修订里加上的文字当作已经接受，留下了`, hasText],
  ['w:del', (count) => `${count} 处修订里删掉的文字当作已经接受，没有带过来`, hasText],
  ['w:moveFrom', (count) => `${count} 处修订里移动的文字当作已经接受，放在了新的地方`, hasText],
  ['w:vanish', (count) => `${count} 处隐藏的文字也带过来了，不要的就删掉`, isOn],
  ['w:u', () => 'Word 的下划线没有带过来，文字留下了', isOn],
  ['w:highlight', () => 'Word 的突出显示没有带过来，文字留下了', isOn],
  ['c:chart', (count) => `${count} 个图表没有带过来 → 在 Word 里另存为图片，放到文章的文件夹里`],
  ['dgm:relIds', (count) => `${count} 个 SmartArt 图形没有带过来 → 在 Word 里另存为图片，放到文章的文件夹里`],
];

/**
 * Reports what a Word file contains that its converter doesn't read: a sentence for each.
 *
 * @throws Error when it is not a zip of XML files
 */
export async function wordParts(bytes: Buffer): Promise<string[]> {
  const zip = await JSZip.loadAsync(bytes);
  const read = async (path: string) => parsed(await zip.file(path)!.async('string'));
  const lost: string[] = [];
  for (const [part, name] of EDGES) {
    const edges = await Promise.all(zip.file(part).map(({ name: path }) => read(path)));
    // A page number alone is not worth reporting.
    const said = new Set(edges.map(textIn).filter((text) => /\p{L}/u.test(text)));
    lost.push(...Array.from(said, (text) => `${name} “${shorten(text, 40)}” 没有带过来`));
    const hasPicture = ['a:blip', 'v:imagedata'].some((tag) =>
      edges.some((edge) => edge.getElementsByTagName(tag).length > 0),
    );
    if (hasPicture) lost.push(`${name}里的图片没有带过来`);
  }
  if (!zip.file('word/document.xml')) return lost;
  const document = await read('word/document.xml');
  for (const [tag, says, isMeant = () => true] of UNSAID) {
    const count = Array.from(document.getElementsByTagName(tag)).filter(isMeant).length;
    if (count > 0) lost.push(says(count));
  }
  // Newer programs write a text box twice, for themselves and for older ones; the converter reads the second.
  const boxes = Array.from(document.getElementsByTagName('w:txbxContent')).filter(hasText);
  const isRead = (box: Element) => holderOf(box, 'w:pict') !== undefined;
  const kept = boxes.filter(isRead);
  if (kept.length > 0) lost.push(`${kept.length} 个文本框里的文字放进了正文，请核对位置`);
  const texts = new Set(kept.map(textIn));
  for (const box of boxes) {
    if (!texts.has(textIn(box))) lost.push(`文本框 “${shorten(textIn(box), 40)}” 没有带过来`);
  }
  return lost;
}

/** Parses XML. Like Word, it tolerates everything but fatal errors. */
function parsed(xml: string): Document {
  const errorHandler = (level: string, message: string) => {
    if (level === 'fatalError') throw new Error(message);
  };
  return new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml');
}

function textIn(node: Document | Element): string {
  const texts = ['w:t', 'w:delText'].flatMap((tag) => Array.from(node.getElementsByTagName(tag)));
  return texts
    .map(({ textContent }) => textContent)
    .join('')
    .trim();
}

function hasText(element: Element): boolean {
  return textIn(element) !== '';
}

/** Whether a style is on: `<w:u w:val="none"/>` turns off an inherited one. */
function isOn(element: Element): boolean {
  return !['none', 'false', '0'].includes(element.getAttribute('w:val') ?? '');
}

function holderOf(element: Element, tag: string): Element | undefined {
  for (let node = element.parentNode; node; node = node.parentNode) {
    if (node.nodeName === tag) return node as Element;
  }
  return undefined;
}
