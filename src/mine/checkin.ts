import { dayInShanghai } from '../model/week.ts';
import { copyOrShow } from '../elements/copy.ts';
import { button, create } from '../elements/dom.ts';
import { CHECKIN_DAYS, checkinDays } from './days.ts';
import { LONGEST, type Log } from './log.ts';
import { changeLog, isKept, readLog } from './store.ts';
import { pageTexts } from './page-texts.ts';
import { mineTexts } from './texts.ts';

const texts = pageTexts.checkin;

/** The state that the card shows, without today's line: a reader who is typing it must not lose it to a re-render. */
export function checkinState({ checkin, days }: Log, today: string): string {
  return JSON.stringify([today, days, checkin && { ...checkin, notes: { ...checkin.notes, [today]: '' } }]);
}

/** Creates the fourteen days as squares, with an input for today's line. */
export function checkinCard(log: Log, today: string): HTMLElement[] {
  const { checkin } = log;
  const { parts } = mineTexts.separators;
  if (!checkin) {
    return [create('p', {}, texts.lead), button(texts.begin, 'button', () => begin(today))];
  }
  const days = checkinDays(checkin.start, log.days, today);
  const squares = create('ol', { class: 'days', role: 'list' });
  squares.append(
    ...days.map(({ day, state }, index) => {
      const name = [texts.day(index + 1), texts.states[state], checkin.notes[day]]
        .filter(Boolean)
        .join(parts);
      const square = create('li', { 'data-state': state, title: name }, String(index + 1));
      square.append(create('span', { class: 'visually-hidden' }, `${parts}${texts.states[state]}`));
      return square;
    }),
  );
  const number = days.findIndex(({ day }) => day === today) + 1;
  if (number === 0) {
    const read = days.filter(({ state }) => state === 'read').length;
    return [squares, create('p', {}, texts.done(read)), button(texts.again, 'button', () => begin(today))];
  }
  return [squares, line(log, today, number)];
}

function line(log: Log, today: string, number: number): HTMLElement {
  const input = create('input', {
    type: 'text',
    maxlength: String(LONGEST.line),
    value: log.checkin?.notes[today] ?? '',
    placeholder: texts.noteHint,
    'aria-label': texts.note,
    autocomplete: 'off',
  });
  const said = create('span', { role: 'status', class: 'meta' });
  const form = create('form', {}, input);
  const keep = () => {
    changeLog((now) => {
      if (!now.checkin) return now;
      return {
        ...now,
        checkin: { ...now.checkin, notes: { ...now.checkin.notes, [today]: input.value.trim() } },
      };
    });
  };
  const copy = button(texts.copy, 'button quiet-button', () => {
    const titles = [...readLog().pieces.values()]
      .filter(({ opened }) => opened !== undefined && dayInShanghai(new Date(opened)) === today)
      .map(({ title }) => title);
    const text = texts.text(Math.min(number, CHECKIN_DAYS), titles, input.value.trim());
    void copyOrShow(text, texts.copy).then((isCopied) => {
      if (isCopied) said.textContent = texts.copied;
    });
  });
  form.append(create('button', { type: 'submit', class: 'button' }, texts.save), copy, said);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keep();
    said.textContent = isKept() ? texts.saved : mineTexts.unkept;
  });
  return form;
}

function begin(today: string): void {
  changeLog((log) => ({ ...log, checkin: { start: today, notes: log.checkin?.notes ?? {} } }));
}
