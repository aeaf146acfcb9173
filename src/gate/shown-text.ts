/** What an opened page may have to say of its files; each stands in a template of <gate-account>. */
export function shownText(name: 'load' | 'save-elsewhere'): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>(`gate-account [data-text=${name}]`)!;
  return template.content.cloneNode(true) as DocumentFragment;
}
