/** Makes an element; a child that is a string becomes text, never markup. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A button that does something. */
export function button(text: string, className: string, act: () => void): HTMLButtonElement {
  const element = create('button', { type: 'button', class: className }, text);
  element.addEventListener('click', act);
  return element;
}

/** Where {@link announce} says what is not seen with the eyes. */
let said: HTMLElement | undefined;

/** Says what has been done to who listens to the page, where nothing that one sees says so. */
export function announce(text: string): void {
  said ??= document.body.appendChild(create('p', { role: 'status', class: 'visually-hidden' }));
  said.textContent = '';
  // A screen reader tells of a change only in a place that it knows, and of the same words only once.
  setTimeout(() => (said!.textContent = text), 100);
}

/** Gives the focus to a place of the page, where what had it goes; nothing moves. */
export function focusOn(place: HTMLElement | null | undefined): void {
  if (place && place.tabIndex < 0) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

/**
 * Puts others in the place of an element's children, and keeps the focus where it was: on what leads to or does the same
 * as before, else on what has come to its place, else on `rest`.
 */
export function refill(parent: Element, children: readonly Node[], rest: HTMLElement | null): void {
  const stops = () => [...parent.querySelectorAll<HTMLElement>('a, button, input, summary')];
  const before = stops();
  const at = before.findIndex((stop) => stop === document.activeElement);
  parent.replaceChildren(...children);
  if (at === -1) return;
  const after = stops();
  const { key } = before[at]!.dataset;
  const same = key === undefined ? undefined : after.find(({ dataset }) => dataset.key === key);
  (same ?? after[Math.min(at, after.length - 1)] ?? rest)?.focus();
}

/** Calls back once when an element comes near the visible part of the page. */
export function whenSeen(element: Element, seen: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      seen();
    },
    { rootMargin: '400px' },
  );
  observer.observe(element);
}

/**
 * Calls back a moment after the last change of an input. While an input method is composing, what stands in the box is
 * not yet what is meant: nothing is called until it is done.
 */
export function onTyping(input: HTMLInputElement, typed: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(typed, 160);
  };
  input.addEventListener('input', (event) => {
    clearTimeout(timer);
    if (!(event instanceof InputEvent) || !event.isComposing) later();
  });
  input.addEventListener('compositionend', later);
}
