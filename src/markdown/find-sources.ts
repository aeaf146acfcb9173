import { AT_TOP, type Fault } from '../model/finding.ts';
import { FORMS, isForm, type Form } from '../model/form.ts';
import { closest } from './closest.ts';
import type { Folder } from './folder.ts';
import { LIST_FILES } from './lists.ts';
import type { ReportIn } from './report.ts';

const NOTES = /^(?:README|LICENSE|CONTRIBUTING)(?:\.\w+)?$/i;

/** Whether a file is for people who look at the folder, not for the site. */
export function isForReaders(path: string): boolean {
  return NOTES.test(path.slice(path.lastIndexOf('/') + 1));
}

/** A file that is an entry by its location. */
export interface Found {
  form: Form;
  name: string;
  path: string;
}

/** Files that `npm run import` can turn into entries. */
const MANUSCRIPT = /\.(?:docx?|html?|txt|srt|vtt)$/i;

/**
 * Names that no entry may have, even if it has another name in its address: with characters that a terminal obeys or
 * nobody sees, and the one that is no key of an object in JavaScript.
 */
const UNUSABLE_NAME = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^__proto__$/u;

/** Finds the files that are entries by their location, and reports all others. */
export function findSources(folder: Folder, reportIn: ReportIn): Found[] {
  const found: Found[] = [];
  // Report each folder only once.
  const reported = new Set<string>();
  for (const path of folder.files) {
    if (isForReaders(path)) continue;
    const [top = '', second = '', ...rest] = path.split('/');
    const find = (form: Form, name: string) => {
      if (UNUSABLE_NAME.test(name)) refuse(UNUSABLE);
      else found.push({ form, name, path });
    };
    const refuse = (fault: Fault) => reportIn(path, { ...AT_TOP, ...fault });
    const refuseOnce = (of: string, fault: Fault) => {
      if (!reported.has(of)) refuse(fault);
      reported.add(of);
    };
    if (second === '') {
      if (!LIST_FILES.includes(top)) refuse(unknownFile(top, unknownTop(top)));
    } else if (!isForm(top)) {
      refuseOnce(top, unknownFolder(top));
    } else if (rest.length === 0) {
      const name = /^(.+)\.mdx$/.exec(second)?.[1];
      if (name !== undefined && name !== 'index') find(top, name);
      else refuse(notAnEntry(top, second));
    } else if (rest.length === 1 && rest[0] === 'index.mdx') {
      find(top, second);
    } else if (rest.at(-1)!.endsWith('.mdx')) {
      refuse(notTheEntry(top, [second, ...rest], folder));
    } else {
      const entry = `${top}/${second}/index.mdx`;
      if (!folder.files.has(entry)) {
        refuseOnce(entry, {
          rule: 'missing-index',
          message: `文件夹 ${top}/${second} 里没有文章`,
          fix: `文章写成 ${entry}`,
        });
      }
    }
  }
  return found;
}

const UNUSABLE: Fault = {
  rule: 'file-name',
  message: '文件名里有看不见的字符，或不能用',
  fix: '文件名只用小写字母、数字和连字符',
};

function unknownFile(name: string, fix: string): Fault {
  return { rule: 'unknown-file', message: `不认识的文件 ${name}`, fix };
}

function unknownFolder(name: string): Fault {
  const meant = closest(name, FORMS);
  return {
    rule: 'unknown-folder',
    message: `不认识的文件夹 ${name}`,
    fix: meant === undefined ? `文章放在 ${FORMS.join('、')} 里` : `是不是 ${meant}？`,
  };
}

/** Explains a file next to the entries of a form. */
function notAnEntry(form: Form, name: string): Fault {
  if (/^index\.mdx?$/i.test(name))
    return unknownFile(
      name,
      `换一个文件名，例如 ${form}/文章名.mdx；有图片的文章写成 ${form}/文章名/index.mdx`,
    );
  if (/\.mdx?$/i.test(name)) return unknownFile(name, `改名成 ${name.replace(/\.mdx?$/i, '.mdx')}`);
  if (/\.mdx\.txt$/i.test(name)) {
    return unknownFile(
      name,
      `文章的文件名以 .mdx 结尾，改名成 ${name.slice(0, -4)}；电脑上看不到 .txt 的话，先让它显示文件扩展名`,
    );
  }
  return {
    rule: 'unknown-file',
    message: `文件 ${name} 没有放进文章的文件夹`,
    fix: `${MANUSCRIPT.test(name) ? '是稿子就用 npm run import 变成文章；是附件就' : ''}放到 ${form}/文章名/ 里，文章写成 ${form}/文章名/index.mdx`,
  };
}

/** Explains an .mdx file in an entry's folder that isn't the entry itself. */
function notTheEntry(form: Form, [entry, ...below]: [string, ...string[]], { files }: Folder): Fault {
  if (below.length === 1 && !files.has(`${form}/${entry}/index.mdx`)) {
    return {
      rule: 'missing-index',
      message: `文件夹 ${form}/${entry} 里没有 index.mdx`,
      fix: `把 ${below[0]!} 改名成 index.mdx`,
    };
  }
  if (below.length > 1 && below.at(-1) === 'index.mdx') {
    return {
      rule: 'unknown-file',
      message: '文章的文件夹放在了别的文件夹里',
      fix: `移到 ${form}/${below.at(-2)!}/index.mdx`,
    };
  }
  return {
    rule: 'unknown-file',
    message: '一个文件夹里只能有一篇文章 index.mdx',
    fix: '另一篇放到自己的文件夹里',
  };
}

function unknownTop(name: string): string {
  if (/\.ya?ml$/.test(name)) return `这里可以放 ${LIST_FILES.join('、')}`;
  return `文章放在 ${FORMS.join('、')} 里`;
}
