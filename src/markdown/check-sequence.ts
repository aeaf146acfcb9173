import type { Root } from 'mdast';
import type { Form } from '../model/form.ts';
import { isTime, parseTime } from '../model/time.ts';
import { daysOfWeek, isDate } from '../model/week.ts';
import type { Add } from './check-report.ts';
import { TEARDOWN_STEPS } from './components/teardown.ts';
import { valueOf, type JsxFlow } from './jsx.ts';

/**
 * Checks rules about several components together.
 *
 * @param week - the week of a digest, if its front matter has a valid one
 */
export function checkSequence(root: Root, form: Form, week: string | undefined, add: Add): void {
  const elements = root.children.filter((node) => node.type === 'mdxJsxFlowElement');
  const named = (name: string) => elements.filter((element) => element.name === name);
  for (const extra of named('Members').slice(1)) {
    add(extra, 'members-twice', '<Members /> 写了两次', '只留一条预览线');
  }
  if (form === 'talks') checkTimes(named('Line'), add);
  if (form === 'teardowns') checkSteps(root, add);
  if (week !== undefined) checkDays(named('Day'), daysOfWeek(week), add);
}

function checkDays(sections: JsxFlow[], week: string[], add: Add): void {
  let last = '';
  for (const section of sections) {
    const date = valueOf(section, 'date');
    if (date === undefined || !isDate(date)) continue;
    if (!week.includes(date)) {
      add(
        section,
        'day-outside-week',
        `${date} 不在这一周里`,
        `改成 ${week[0]!} 到 ${week[6]!} 里的一天，或者改正 week`,
      );
      continue;
    }
    // Often a copied section that still has the date of the first one.
    if (date === last) {
      add(section, 'day-order', `${date} 写了两次`, '改正 date；真是同一天就合并成一个 <Day>', 'warning');
    } else if (date < last) {
      add(section, 'day-order', `${date} 写在了 ${last} 的后面`, '按先后排列，或改正 date', 'warning');
    }
    if (date > last) last = date;
  }
}

function checkTimes(lines: JsxFlow[], add: Add): void {
  let last = 0;
  for (const line of lines) {
    const t = valueOf(line, 't');
    if (t === undefined || !isTime(t)) continue;
    if (parseTime(t) < last) {
      add(line, 'line-order', `这一段的时间 ${t} 比上一段早`, '按录音里的先后排列，改正时间');
    }
    last = Math.max(last, parseTime(t));
  }
}

const steps: readonly string[] = TEARDOWN_STEPS.map(({ name }) => name);
const tagsOf = (names: readonly string[]) => names.map((name) => `<${name}>`).join(' ');

/**
 * Reports the steps that a teardown misses.
 *
 * @param names - its components
 */
export function checkMissingSteps(
  names: ReadonlySet<string>,
  add: (...fault: [string, string, string]) => void,
): void {
  const missing = TEARDOWN_STEPS.filter(({ name, required }) => required && !names.has(name));
  if (missing.length === 0) return;
  const tags = tagsOf(missing.map(({ name }) => name));
  add('step-missing', `缺少 ${tags}`, `按这个顺序写：${tagsOf(steps)}，其中 <Numbers> 可以不写`);
}

function checkSteps({ children }: Root, add: Add): void {
  const seen = new Set<string>();
  let furthest = -1;
  for (const element of children) {
    const name = element.type === 'mdxJsxFlowElement' ? (element.name ?? '') : '';
    const index = steps.indexOf(name);
    if (index === -1) continue;
    if (seen.has(name)) add(element, 'step-twice', `<${name}> 写了两次`, '合并成一段');
    else if (index < furthest)
      add(element, 'step-order', `<${name}> 的顺序不对`, `按这个顺序写：${tagsOf(steps)}`);
    seen.add(name);
    furthest = Math.max(furthest, index);
  }
  const last = children.at(-1);
  // What an audience gets of a teardown ends at the line. That a writer's own text does is checked in its folder.
  const isCut = last?.type === 'mdxJsxFlowElement' && last.name === 'Members';
  if (!isCut) checkMissingSteps(seen, (...fault) => add({}, ...fault));
}
