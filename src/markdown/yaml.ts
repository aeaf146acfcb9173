import {
  LineCounter,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  visit,
  type Document,
  type Node,
} from 'yaml';
import type { LocalFinding } from '../model/finding.ts';
import { faultOf, lineAt } from './yaml-faults.ts';
import { forbiddenCharacter } from './characters.ts';
import type { Spot } from './spot.ts';

/** A YAML text as plain data, with the position of each value and key. */
export interface ReadYaml {
  value: unknown;
  findings: LocalFinding[];
  /** Returns the position of the value at a path, or of the closest value above it. */
  placeOf(path: readonly PropertyKey[]): Spot;
  /** Returns the line of the value at a path, as written. */
  lineOf(path: readonly PropertyKey[]): string;
  /** Returns the position of a key in the map at a path. */
  placeOfKey(path: readonly PropertyKey[], key: string): Spot;
  /** Returns the position of each scalar by its path: `people.guest.0` ⇒ [line, column]. */
  places(): Record<string, [number, number]>;
}

/**
 * Reads YAML 1.2 as data: no anchors or aliases (which expand small files into large ones), and no custom tags.
 * @param firstLine - the line of the file on which the text begins
 */
export function readYaml(text: string, firstLine: number): ReadYaml {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const place = (offset: number): Spot => {
    const { line, col } = counter.linePos(offset);
    // For an empty text the parser returns line 0.
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  const nodeAt = (path: readonly PropertyKey[]): Node | undefined => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    return (node ?? undefined) as Node | undefined;
  };
  const findings = syntaxFindings(document, text, place);
  return {
    value: findings.length === 0 ? document.toJS({ maxAliasCount: 0 }) : undefined,
    findings,
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = nodeAt(path.slice(0, length))?.range?.[0];
        if (offset !== undefined) return place(offset);
      }
      return { line: Math.max(firstLine - 1, 1), column: 1 };
    },
    lineOf(path) {
      return lineAt(text, nodeAt(path)?.range?.[0] ?? 0);
    },
    placeOfKey(path, key) {
      const map = nodeAt(path);
      const pair = isMap(map)
        ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
      return offset === undefined ? this.placeOf(path) : place(offset);
    },
    places() {
      const found: Record<string, [number, number]> = {};
      const walk = (node: unknown, path: string) => {
        if (isMap(node)) {
          for (const pair of node.items)
            walk(pair.value, join(path, isScalar(pair.key) ? String(pair.key.value) : ''));
        } else if (isSeq(node)) {
          node.items.forEach((item, index) => walk(item, join(path, String(index))));
        } else if (isScalar(node) && node.range) {
          const { line, column } = place(node.range[0]);
          found[path] = [line, column];
        }
      };
      walk(document.contents, '');
      return found;
    },
  };
}

/** Finds forbidden characters written as YAML escapes, `"\\u202e"`, which a check of the source can't see. */
export function escapedCharacters(read: ReadYaml): LocalFinding[] {
  return Object.entries(read.places()).flatMap(([path, [line, column]]) => {
    const value = path
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], read.value);
    const found = typeof value === 'string' ? forbiddenCharacter(value) : undefined;
    if (!found) return [];
    const { message, fix } = found;
    return [
      {
        rule: 'control-character',
        level: 'error' as const,
        line,
        column,
        message: `${path} ${message}`,
        fix,
      },
    ];
  });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function syntaxFindings(document: Document, text: string, place: (offset: number) => Spot): LocalFinding[] {
  const fault = faultOf(document, text);
  if (fault) {
    const { offset, why, fix } = fault;
    return [
      { rule: 'yaml-syntax', level: 'error', ...place(offset), message: `不是正确的 YAML：${why}`, fix },
    ];
  }
  const findings: LocalFinding[] = [];
  const refuse = (rule: string, node: Node, message: string, fix: string) => {
    findings.push({ rule, level: 'error', ...place(node.range?.[0] ?? 0), message, fix });
  };
  visit(document, {
    Alias(_, node) {
      refuse('yaml-alias', node, '用了 YAML 别名（*）', '把内容直接写出来；值本身以 * 开头时加引号');
    },
    Node(_, node) {
      if (node.anchor !== undefined)
        refuse('yaml-alias', node, '用了 YAML 锚点（&）', '把内容直接写出来；值本身以 & 开头时加引号');
      if (node.tag !== undefined)
        refuse(
          'yaml-tag',
          node,
          `用了 YAML 标签 ${node.tag}`,
          '只写普通的文字、数字和列表，不写以 ! 开头的标签',
        );
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === '__proto__') {
        refuse('unknown-field', pair.key, '不认识的字段 “__proto__”', '删掉这一行');
      }
    },
  });
  return findings;
}

/** Writes a value on one line, with quotes where YAML would read something else without them. */
export function inYaml(value: unknown): string {
  const style = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;
  return stringify(value, style).trimEnd();
}
