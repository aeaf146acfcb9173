import JSZip from 'jszip';
import mammoth from 'mammoth';
import { Readable } from 'node:stream';
import { nodeText } from '../../src/markdown/node-text.ts';
import { CommandError } from '../lib/main.ts';
import { readHtml, type Document } from './document.ts';
import { wordParts } from './word-parts.ts';

/** Styles of Word and WPS. A table of contents is dropped, as the page makes its own. */
const STYLES = ["p[style-name='Title'] => h1.title:fresh", "p[style-name^='toc '] => !"];
/**
 * Styles that say nothing, so nothing is lost. They are not mapped to paragraphs: Word's lists have one of them too, and
 * a mapping would win over the one of lists.
 */
const PLAIN = new Set(['Subtitle', 'caption', 'Normal (Web)', 'List Paragraph', 'Body Text']);

/**
 * Reads a Word document. Tracked changes are treated as accepted.
 *
 * @throws CommandError (2) when it is not one
 */
export async function readWord(bytes: Buffer): Promise<Document> {
  const pictures = new Map<string, Uint8Array>();
  const convertImage = mammoth.images.imgElement(async (image) => {
    const extension = image.contentType.split('/')[1]?.replace('jpeg', 'jpg').replace(/\W.*$/s, '') ?? 'png';
    const src = `word-${pictures.size + 1}.${extension}`;
    pictures.set(src, await image.readAsBuffer());
    return { src };
  });
  let comments = 0;
  const transformDocument = <T extends object>(document: T): T => {
    if ('comments' in document && Array.isArray(document.comments)) comments = document.comments.length;
    return document;
  };
  // mammoth below refuses a damaged file.
  if (await isBlownUp(bytes).catch(() => false)) {
    throw new CommandError('这个 .docx 解压出来太大了，不像是文档 → 用 Word 打开，另存为 .docx', 2);
  }
  const { value, messages } = await mammoth
    .convertToHtml({ buffer: bytes }, { convertImage, transformDocument, styleMap: STYLES })
    .catch((cause: unknown) => {
      throw new CommandError('不是 Word 的 .docx 文件，或已经损坏 → 用 Word 打开，另存为 .docx', 2, {
        cause,
      });
    });
  const titled = /<h1 class="title">(.*?)<\/h1>/s.exec(value)?.[0];
  const { root, lost } = readHtml(titled === undefined ? value : value.replace(titled, ''));
  const title = titled === undefined ? undefined : nodeText(readHtml(titled).root).trim();
  return {
    root,
    pictures,
    lost: [
      ...lost,
      ...(comments > 0 ? [`${comments} 处批注没有带过来`] : []),
      ...wordLosses(messages.map(({ message }) => message)),
      ...(await wordParts(bytes)),
    ],
    ...(title && { title }),
  };
}

/** Larger than any part of a real document, including pictures. */
const LARGEST_PART = 100 * 1024 * 1024;

/** Whether a file is a zip bomb. It counts the bytes, because the sizes stated in a zip may be wrong. */
async function isBlownUp(bytes: Buffer): Promise<boolean> {
  const zip = await JSZip.loadAsync(bytes);
  for (const part of Object.values(zip.files)) {
    let size = 0;
    // JSZip's streams are older than `for await`.
    for await (const chunk of new Readable().wrap(part.nodeStream()) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_PART) return true;
    }
  }
  return false;
}

/** Translates mammoth's messages about what it left out. Styles are joined into one, as some programs have a dozen. */
function wordLosses(messages: string[]): Set<string> {
  const style = /Unrecognised (?:paragraph|run) style: '?(.*?)'? \(Style ID/;
  const styles = new Set(messages.flatMap((message) => style.exec(message)?.[1] ?? []));
  const others = messages.filter((message) => !style.test(message)).map(wordLoss);
  const named = [...styles]
    .filter((name) => !PLAIN.has(name))
    .map((name) => `“${name}”`)
    .join('');
  return new Set([...(named === '' ? [] : [`Word 的样式${named}没有带过来，文字留下了`]), ...others]);
}

function wordLoss(message: string): string {
  const undefinedStyle = /style with ID (.*) was referenced but not defined/.exec(message)?.[1];
  const element = /element was ignored: (?:\{[^}]*\}|\w+:)?(\w+)/.exec(message)?.[1];
  if (undefinedStyle !== undefined) return `Word 的样式“${undefinedStyle}”在文件里没有定义，文字留下了`;
  if (element === 'oMath' || element === 'oMathPara') return 'Word 的公式没有带过来';
  if (element === 'OLEObject') return '嵌入的文件没有带过来，最多只有它的图';
  if (element !== undefined) return `Word 的 ${element} 没有带过来`;
  return `Word：${message}`;
}
