/** A copy of a message about an opened page's files, from a template of `<gate-account>`. */
export function shownText(name: 'load' | 'save-elsewhere'): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>(`gate-account [data-text=${name}]`)!;
  return template.content.cloneNode(true) as DocumentFragment;
}
