import type { Nodes, Root } from 'mdast';
import { AT_TOP, type LocalFinding } from '../model/finding.ts';
import { FORMS, type Form } from '../model/form.ts';
import { fieldsOf } from '../model/form-fields.ts';
import { components } from './components/all.ts';
import type { FrontMatter } from './frontmatter.ts';

/** What only entries of one form have: names of fields as written, of components in angle brackets. */
type Signs = Map<Form, Set<string>>;

/**
 * Returns the form that an entry was written for, if that can't be the one of its folder: it has nothing that only its
 * own form has, but two things of one other form, of which one is a component or a required field. A single one is more
 * likely a mistake in the entry itself.
 */
export function formMeant(
  { data, raw }: Pick<FrontMatter<unknown>, 'data' | 'raw'>,
  body: Root | LocalFinding,
  own: Form,
): { form: Form; signs: string[] } | undefined {
  const { signs, uses } = componentsIn(body);
  // Without an error in the front matter, it has no field of another form.
  if (signs.has(own) || (data !== undefined && signs.size === 0)) return undefined;
  let isSure = uses > 0;
  const written = Object.keys(Object(raw) as object);
  for (const [form, { all, required }] of ownFields()) {
    for (const key of written.filter((name) => all.has(name))) {
      addTo(signs, form, key);
      isSure ||= required.has(key);
    }
  }
  const [first, ...others] = signs;
  if (!first || others.length > 0 || first[0] === own || !isSure) return undefined;
  const [form, names] = first;
  return Math.max(names.size, uses) > 1 ? { form, signs: [...names] } : undefined;
}

/** Says that an entry is in the folder of another form. */
export function misplaced({ form, signs }: { form: Form; signs: string[] }, own: Form): LocalFinding {
  const named = signs.slice(0, 3).join('、');
  return {
    ...AT_TOP,
    rule: 'wrong-folder',
    message: `文章在 ${own} 里，写的却是 ${form}（有 ${named}${signs.length > 3 ? ' 等' : ''}）`,
    fix: `连同它的图片和录音移到 ${form} 文件夹；要是没放错，就去掉这些`,
  };
}

/** Finds the components that only one form may use, and counts their uses. */
function componentsIn(root: Root | LocalFinding): { signs: Signs; uses: number } {
  const signs: Signs = new Map();
  let uses = 0;
  const waiting: Nodes[] = 'children' in root ? [root] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'mdxJsxFlowElement') {
      const forms = components.get(node.name ?? '')?.forms ?? 'all';
      if (forms !== 'all' && forms.length === 1) {
        addTo(signs, forms[0]!, `<${node.name!}>`);
        uses += 1;
      }
    }
    if ('children' in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
  return { signs, uses };
}

function addTo(signs: Signs, form: Form, name: string): void {
  signs.set(form, (signs.get(form) ?? new Set()).add(name));
}

interface OwnFields {
  all: Set<string>;
  required: Set<string>;
}

let known: Map<Form, OwnFields> | undefined;

/** Returns the top-level fields that only one form has. Described on demand, because few entries are misplaced. */
function ownFields(): Map<Form, OwnFields> {
  if (known) return known;
  const fields = FORMS.map((form) => {
    const tops = fieldsOf(form).map(({ path, required }) => ({ name: path.split('.')[0]!, required }));
    return { form, tops };
  });
  const isOwn = (form: Form, name: string) =>
    fields.every((other) => other.form === form || !other.tops.some((field) => field.name === name));
  known = new Map(
    fields.map(({ form, tops }) => {
      const own = tops.filter(({ name }) => isOwn(form, name));
      const names = (of: typeof own) => new Set(of.map(({ name }) => name));
      return [form, { all: names(own), required: names(own.filter(({ required }) => required)) }];
    }),
  );
  return known;
}
