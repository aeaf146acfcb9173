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
