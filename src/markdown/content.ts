import type { Audience } from '../model/audience.ts';
import type { Finding } from '../model/finding.ts';
import type { Form } from '../model/form.ts';
import type { DataOf } from '../model/schemas.ts';
import type { Series } from '../model/series.ts';
import type { Start } from '../model/start.ts';
import type { Suggestion } from '../model/suggestions.ts';
import type { TextLength } from '../model/text-length.ts';
import type { Tier } from '../model/tiers.ts';
import type { Topic } from '../model/topics.ts';

/** Everything that pages, check, index and build need from a content folder. */
export interface Content {
  /** By date, newest first, then by id. */
  entries: Entry[];
  /** The people that entries may refer to, by id. */
  people: Map<string, PersonReference>;
  topics: Map<string, Topic>;
  series: Map<string, Series>;
  start: Start;
  suggestions: Suggestion[];
  synonyms: string[][];
  /** The tiers above `members`, lowest first. */
  tiers: Tier[];
  media: MediaFile[];
  /** What people who aren't members see on doors; only in the part that was extracted for the public. */
  teasers: Teaser[];
  /** Names of the tiers whose part below `<Members />` was cut off, by entry id; only in an extracted part. */
  cutFor: Map<string, string>;
  findings: Finding[];
}

/** What an entry with `teaser: true` shows to people who can't open it. */
export interface Teaser {
  form: Exclude<Form, 'people'>;
  slug: string;
  title: string;
  summary?: string | undefined;
  cover?: Picture;
}

export interface PersonReference {
  id: string;
  name: string;
  /** Without base; missing if this person has no page in this folder. */
  address?: string;
}

/** An entry; `Entry<'talks'>` has the data of a talk. */
export type Entry<F extends Form = Form> = F extends Form ? EntryOf<F> : never;

interface EntryOf<F extends Form> {
  id: `${F}/${string}`;
  form: F;
  name: string;
  slug: string;
  /** `/talks/slug/`, without base. */
  address: string;
  /** Path of the source, as shown in findings. */
  file: string;
  data: DataOf<F>;
  /** For a person, the name. */
  title: string;
  /** For a person, the day they joined. */
  date: string;
  /** The widest audience that may read it. */
  access: Audience;
  /** The body; links and media addresses carry the base. */
  html: string;
  /** The same body as a list of parts, for pages that lay it out themselves. */
  parts: Part[];
  /** The body above `<Members />`; missing if there is no such line. */
  publicHtml?: string;
  headings: Heading[];
  quotes: Quote[];
  /** The transcript, in order of time. */
  lines: Line[];
  /** A breakdown's cover. */
  cover?: Picture;
  /** A talk's recording. */
  audio?: FileLink;
  /** Ids of people named in front matter or body, each once. */
  mentions: string[];
  /** Ids of entries linked to, each once. */
  links: string[];
  /** Plain text of the body. */
  text: string;
  length: TextLength;
  /** Changes when anything that this entry shows changes. */
  digest: string;
}

/** A top-level part of a body: running text, or one component. */
export type Part = { component: 'prose'; html: string } | Block;

export interface Block {
  component: BlockName;
  /** Id of the element in the page. */
  id: string;
  title?: string;
  who?: string;
  /** A day of a digest. */
  date?: string;
  /** HTML inside the component, without its frame and title. */
  html: string;
  text: string;
  /** The picks of a day. */
  blocks?: Block[];
}

export type BlockName =
  | 'Takeaways'
  | 'Framework'
  | 'Chapter'
  | 'Idea'
  | 'Apply'
  | 'Viewpoint'
  | 'Agreement'
  | 'Disagreement'
  | 'Open'
  | 'Try'
  | 'Background'
  | 'Goal'
  | 'Insight'
  | 'Mechanism'
  | 'Numbers'
  | 'Logic'
  | 'Copy'
  | 'Avoid'
  | 'Day'
  | 'Pick';

export interface Heading {
  depth: number;
  id: string;
  text: string;
}

export interface Quote {
  id: string;
  who?: string;
  /** Seconds. */
  from?: number;
  /** Seconds. */
  to?: number;
  source?: string;
  text: string;
  html: string;
}

export interface Line {
  id: string;
  who: string;
  /** Seconds. */
  t: number;
  text: string;
}

/** An image at several widths, as the attributes of its element; addresses carry the base. */
export interface Picture {
  src: string;
  srcset: string;
  width: number;
  height: number;
  /** Present if the page can show through it. */
  'data-alpha'?: true;
}

/** A recording or an attachment, published as it is. */
export interface FileLink {
  /** Address, with base. */
  src: string;
  bytes: number;
}

export interface MediaFile {
  /** Logical path, `/media/<digest>[-<width>].<extension>`. */
  path: string;
  /** Absolute path of the bytes to publish. */
  file: string;
  /** Media type. */
  type: string;
  /** Ids of the entries that use it, which decide its audience. */
  entries: string[];
}
