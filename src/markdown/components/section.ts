import { h } from 'hastscript';
import type { BlockName } from '../content.ts';
import type { Form } from '../../model/form.ts';
import { HEADINGS } from '../../text/headings.ts';
import type { Component } from './component.ts';

/**
 * Makes a component that is a section with its own heading and no attributes.
 *
 * @param inside - Markdown for the example of the component
 */
export function section(
  name: BlockName & keyof typeof HEADINGS,
  form: Form,
  what: string,
  inside: string,
  holds: Component['holds'] = 'blocks',
): Component {
  const className = name.toLowerCase();
  return {
    name,
    what,
    example: `<${name}>\n${inside.replace(/^(?=.)/gm, '  ')}\n</${name}>`,
    forms: [form],
    place: 'top',
    holds,
    attributes: {},
    block: name,
    id: (_, ids) => ids.claim(className),
    render: ({ children, id }) =>
      h('section', { className: ['section', `section-${className}`], id }, [
        h('h2', HEADINGS[name]),
        ...children,
      ]),
  };
}
