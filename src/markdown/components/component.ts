import type { Element, ElementContent, Text } from 'hast';
import type { BlockName } from '../content.ts';
import type { Form } from '../../model/form.ts';
import type { Ids } from '../ids.ts';
import type { JsxFlow } from '../parse.ts';

export type AttributeKind = 'text' | 'time' | 'date' | 'person' | 'image' | 'audio' | 'attachment';

export interface Attribute {
  kind: AttributeKind;
  required: boolean;
  /** The only values allowed, where the list is closed. */
  choices?: readonly string[];
  /** 给写作者的一句话。 */
  what: string;
}

/** A component that writers may use: what it may carry, where it may stand, what becomes of it. */
export interface Component {
  name: string;
  /** 给写作者的一句话。 */
  what: string;
  /** How it is written: Markdown that passes the check as it stands, shown with what becomes of it in the preview. */
  example: string;
  forms: readonly Form[] | 'all';
  /** At the top level of the body, anywhere that blocks stand, or only within the components named. */
  place: 'top' | 'any' | readonly string[];
  /** Nothing, Markdown without components, or Markdown with components whose place allows it. */
  holds: 'nothing' | 'text' | 'blocks';
  attributes: Readonly<Record<string, Attribute>>;
  /** What its writer must change in what stands inside, where not any Markdown will do. */
  complaint?: (node: JsxFlow) => string | undefined;
  /** Set where pages lay this component out themselves. */
  block?: BlockName;
  /** The id of the element in the page, where it has one. */
  id?: (use: Use, ids: Ids) => string;
  render: (use: Use) => Element;
}

/** One use of a component in a body. */
export interface Use {
  attributes: Readonly<Record<string, string>>;
  children: ElementContent[];
  /** Plain text of the children. */
  text: string;
  id: string;
  slots: SlotMaker;
}

/** Leaves a gap for what is known only when all entries are read. */
export interface SlotMaker {
  /** The person's name, linked where the person has a page. */
  person: (attribute: string) => Text;
  image: (attribute: string, alt: string) => Text;
  audio: (attribute: string, title: string | undefined) => Text;
  attachment: (attribute: string, title: string) => Text;
}

export const text = (what: string): Attribute => ({ kind: 'text', required: false, what });
export const time = (what: string): Attribute => ({ kind: 'time', required: false, what });
export const person = (what: string): Attribute => ({ kind: 'person', required: false, what });
export const required = (attribute: Attribute): Attribute => ({ ...attribute, required: true });
