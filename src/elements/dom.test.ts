import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onTyping } from './dom.ts';

/** Stands in for InputEvent, which Node doesn't have. */
class TypingEvent extends Event {
  readonly isComposing: boolean;
  constructor(isComposing: boolean) {
    super('input');
    this.isComposing = isComposing;
  }
}

let input: EventTarget;
const typed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('InputEvent', TypingEvent);
  typed.mockClear();
  input = new EventTarget();
  onTyping(input as HTMLInputElement, typed);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('calls the listener once, a moment after the last of several keystrokes', () => {
  for (let key = 0; key < 5; key++) {
    input.dispatchEvent(new TypingEvent(false));
    vi.advanceTimersByTime(100);
  }
  expect(typed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(typed).toHaveBeenCalledTimes(1);
});

test('does not call the listener while an input method is composing, and calls it once when that ends', () => {
  input.dispatchEvent(new TypingEvent(false));
  for (let key = 0; key < 5; key++) {
    input.dispatchEvent(new TypingEvent(true));
    vi.advanceTimersByTime(1000);
  }
  expect(typed).not.toHaveBeenCalled();
  input.dispatchEvent(new Event('compositionend'));
  vi.advanceTimersByTime(1000);
  expect(typed).toHaveBeenCalledTimes(1);
});
