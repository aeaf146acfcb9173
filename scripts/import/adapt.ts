import { basename, extname } from 'node:path';
import type { Heading, Root, RootContent, Yaml } from 'mdast';
import { visit } from 'unist-util-visit';
import { nodeText } from '../../src/markdown/node-text.ts';
import type { Form } from '../../src/model/form.ts';
import { clip } from '../../src/text/shorten.ts';
import type { Values } from '../entry/values.ts';
import { titleOf } from '../entry/write.ts';
import { calloutOf, notionProperties, titleOfFile } from './dialects.ts';
import type { Document } from './document.ts';
import { fieldsIn } from './front-matter.ts';
import type { Imported } from './imported.ts';
import { component } from './mdx.ts';
import { OwnFiles } from './own-files.ts';
import { Replacer } from './replacer.ts';
import { inOneLine } from './text.ts';

/** Adapts a document to an entry of a form; `file` is the path that it was read from. */
export async function adaptDocument(document: Document, form: Form, file: string): Promise<Imported> {
  const { root } = document;
  const name = basename(file, extname(file));
  const own = new OwnFiles(file, document.pictures);
  const replacer = new Replacer(document, own);
  replacer.visit(root);
  replacer.withoutPictures(root, await own.withoutBroken());

  const values: Values = {};
  const yaml = root.children.find((node): node is Yaml => node.type === 'yaml');
  if (yaml) Object.assign(values, fieldsIn(yaml.value, form, replacer.lost));
  root.children = boxed(root.children.filter((node) => node.type !== 'yaml'));
  const title = takeTitle(root.children) ?? document.title;
  values[titleOf(form)] ??= title === undefined ? titleOfFile(name) : inOneLine(title);
  takeProperties(root.children, name, replacer.lost);
  lowerHeadings(root);
  while (root.children.at(-1)?.type === 'thematicBreak') root.children.pop();
  return { values, body: root.children, files: own.files, lost: [...new Set(replacer.lost)] };
}

/** Takes the title: a heading of level 1 that comes first and is the only one of its level. */
function takeTitle(children: RootContent[]): string | undefined {
  const tops = children.filter((node) => node.type === 'heading' && node.depth === 1);
  const [first] = children;
  if (tops.length !== 1 || first === undefined || first !== tops[0]) return undefined;
  children.shift();
  return nodeText(first).trim() || undefined;
}

function takeProperties(children: RootContent[], name: string, lost: string[]): void {
  const [first] = children;
  const properties = first?.type === 'paragraph' ? notionProperties(nodeText(first), name) : undefined;
  if (!properties) return;
  children.shift();
  lost.push(...properties.map(([key, value]) => `属性 ${key}: ${clip(value, 60)} 没有带过来`));
}

/** Wraps what is between the tags of a box in a callout. */
function boxed(children: RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  let open: { type: string; inside: RootContent[] } | undefined;
  const close = () => {
    if (open && open.inside.length > 0) out.push(component('Callout', { type: open.type }, open.inside));
    open = undefined;
  };
  for (const node of children) {
    const type = node.type === 'html' ? calloutOf(node.value) : undefined;
    if (type !== undefined) {
      close();
      open = { type, inside: [] };
    } else if (node.type === 'html') {
      close();
    } else if (open && node.type === 'heading') {
      // A box without an end tag ends at the next heading.
      close();
      out.push(node);
    } else {
      (open?.inside ?? out).push(node);
    }
  }
  close();
  return out;
}

/** Shifts headings so that the highest is of level 2, as in any entry; those in quotations count too. */
function lowerHeadings(root: Root): void {
  const headings: Heading[] = [];
  visit(root, 'heading', (heading) => void headings.push(heading));
  const top = Math.min(...headings.map(({ depth }) => depth));
  for (const heading of headings) {
    heading.depth = Math.min(6, heading.depth + 2 - top) as Heading['depth'];
  }
}
