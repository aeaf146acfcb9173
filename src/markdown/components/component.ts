import type { Element, ElementContent, Text } from 'hast';
import type { BlockName } from '../content.ts';
import type { Form } from '../../model/form.ts';
import type { Ids } from '../ids.ts';
import type { JsxFlow } from '../jsx.ts';

export type AttributeKind = 'text' | 'time' | 'date' | 'person' | 'image' | 'audio' | 'attachment';

export interface Attribute {
  kind: AttributeKind;
  required: boolean;
  /** The allowed values, if the list is closed. */
  choices?: readonly string[];
  /** One sentence for writers, in Chinese. */
  what: string;
}

/** A component that writers may use: its attributes, where it is allowed, and how it is rendered. */
export interface Component {
  name: string;
  /** One sentence for writers, in Chinese. */
  what: string;
  /** An example in Markdown that passes the check; the preview shows it next to its rendering. */
  example: string;
  forms: readonly Form[] | 'all';
  /**
   * Where it is allowed: at the top level of the body, anywhere that blocks are, or only within the named components.
   */
  place: 'top' | 'any' | readonly string[];
  /** What it may contain: nothing, Markdown without components, or Markdown with components whose `place` allows it. */
  holds: 'nothing' | 'text' | 'blocks';
  attributes: Readonly<Record<string, Attribute>>;
  /** Returns what the writer must change inside the component, for components that don't accept all Markdown. */
  complaint?: (node: JsxFlow) => string | undefined;
  /** Set if pages lay this component out themselves. */
  block?: BlockName;
  /** Makes the id of the element in the page, if it gets one. */
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

/** Leaves gaps for what is only known once all entries have been read. */
export interface SlotMaker {
  /** The person's name, linked if the person has a page. */
  person: (attribute: string) => Text;
  image: (attribute: string, alt: string) => Text;
  audio: (attribute: string, title: string | undefined) => Text;
  attachment: (attribute: string, title: string) => Text;
}

export const text = (what: string): Attribute => ({ kind: 'text', required: false, what });
export const time = (what: string): Attribute => ({ kind: 'time', required: false, what });
export const person = (what: string): Attribute => ({ kind: 'person', required: false, what });
export const required = (attribute: Attribute): Attribute => ({ ...attribute, required: true });
