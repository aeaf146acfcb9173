/** Creates an element; a string child becomes text, never markup. */
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

/** Creates a button that calls `act` when it is clicked. */
export function button(text: string, className: string, act: () => void): HTMLButtonElement {
  const element = create('button', { type: 'button', class: className }, text);
  element.addEventListener('click', act);
  return element;
}

/** The live region of {@link announce}. */
let said: HTMLElement | undefined;

/** Announces a text to screen readers, for changes that no visible text states. */
export function announce(text: string): void {
  said ??= document.body.appendChild(create('p', { role: 'status', class: 'visually-hidden' }));
  said.textContent = '';
  // Screen readers announce changes only of a region that they already know, and don't repeat an unchanged text.
  setTimeout(() => (said!.textContent = text), 100);
}

/** Focuses a place in the page without scrolling, because the element that had the focus is removed. */
export function focusOn(place: HTMLElement | null | undefined): void {
  if (place && place.tabIndex < 0) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

/**
 * Replaces an element's children and keeps the focus: on the control with the same `data-key`, else on the one at the
 * same position, else on `rest`.
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

/** Calls back once when an element comes near the viewport. */
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
 * Calls back when an input has not changed for a moment (a debounce of 160 ms). While an input method is composing, the
 * text is not final yet, so nothing is called until the composition ends.
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
