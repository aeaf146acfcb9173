import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { ElementContent } from 'hast';
import { megabytes } from '../text/megabytes.ts';
import { LOWEST_TIER, type Audience } from '../model/audience.ts';
import type { Form } from '../model/form.ts';
import { isPerson, type DataOf } from '../model/schemas.ts';
import { measureText } from '../model/text-length.ts';
import type { Body, PartTemplate } from './body.ts';
import { digestOf } from './cache.ts';
import type { Folder } from './folder.ts';
import { resolveLink } from './links.ts';
import type { Block, Entry, FileLink, Part, Picture } from './content.ts';
import type { MediaStore } from './media.ts';
import { OwnFiles } from './own-files.ts';
import { checkReferences, findPerson } from './references.ts';
import { reportAt, type Report, type ReportHere } from './report.ts';
import type { Site, Source } from './site.ts';
import { fill, type Slot } from './slots.ts';

/** What the gaps of a source are filled from. */
interface Around {
  site: Site;
  folder: Folder;
  media: MediaStore;
}

/** Fills the gaps of one source from the rest of the folder, and reports references to things that don't exist. */
export async function resolveEntry(
  source: Source,
  { site, folder, media }: Around,
  report: Report,
): Promise<Entry | undefined> {
  const { compiled } = source;
  const files = new OwnFiles(source, folder, media);
  const assets = await files.named(report);
  const filler = new Filler(source, site, files, report);
  const named = checkReferences(source, site, report);
  const body = compiled.body && (await filler.fillBody(compiled.body));
  // The preview repeats the beginning of the body, whose problems have been reported.
  const silent = new Filler(source, site, files, () => undefined);
  const preview = compiled.preview && (await silent.fillBody(compiled.preview.body));
  const { data } = compiled;
  if (!data || !body || source.state !== 'live') return undefined;
  const text = body.text;
  const [title, date] = isPerson(data) ? [data.name, data.joined] : [data.title, data.date];
  const entry = {
    id: source.id,
    form: source.form,
    name: source.name,
    slug: source.slug,
    address: source.address,
    file: folder.shown(source.path),
    data,
    title,
    date,
    // If nothing is below the `<Members />` line, everything is public.
    access: compiled.preview?.more === false ? 'public' : circleOf(data),
    html: body.html,
    parts: body.parts,
    ...(preview ? { publicHtml: preview.html } : {}),
    headings: body.headings,
    quotes: body.quotes,
    lines: body.lines,
    ...assets,
    mentions: [...new Set([...named, ...filler.mentions])],
    links: [...filler.links],
    text,
    length: measureText(text),
  };
  // The digest must not depend on the folder: a rollback puts the same source into another one.
  const digest = digestOf(JSON.stringify({ ...entry, file: source.path })).slice(0, 32);
  return { ...entry, digest } as Entry;
}

/** Returns the widest audience that may read an entry with this front matter. */
function circleOf({ access, tier = LOWEST_TIER }: DataOf<Form>): Audience {
  return access === 'public' ? access : tier;
}

/** Fills the gaps of a source's bodies, and records the people and entries that they refer to. */
class Filler {
  /** Ids of people, each once. */
  readonly mentions = new Set<string>();
  /** Ids of entries linked to, each once. */
  readonly links = new Set<string>();
  readonly #source: Source;
  readonly #site: Site;
  readonly #files: OwnFiles;
  readonly #report: Report;

  constructor(source: Source, site: Site, files: OwnFiles, report: Report) {
    this.#source = source;
    this.#site = site;
    this.#files = files;
    this.#report = report;
  }

  async fillBody(body: Body) {
    const html: string[] = [];
    const text: string[] = [];
    for (const slot of body.slots) {
      const filling = await this.#fill(slot);
      html.push(filling.html);
      text.push(filling.text);
    }
    const whole = fill(body.html, html);
    return {
      html: whole,
      parts:
        body.parts?.map((part) => filled(part, html, text)) ??
        ([{ component: 'prose', html: whole }] satisfies Part[]),
      headings: body.headings.map((heading) => ({ ...heading, text: fill(heading.text, text).trim() })),
      quotes: body.quotes.map((quote) => ({
        ...quote,
        text: fill(quote.text, text),
        html: fill(quote.html, html),
      })),
      lines: body.lines.map((line) => ({ ...line, text: fill(line.text, text) })),
      text: fill(body.text, text),
    };
  }

  async #fill(slot: Slot): Promise<Filling> {
    const report = reportAt(slot, this.#report);
    switch (slot.kind) {
      case 'person':
        return this.#person(slot.id, report);
      case 'link':
        return this.#link(slot.url, report);
      case 'image': {
        const prepared = await this.#files.prepare('image', slot.src, report);
        const element = prepared && 'picture' in prepared ? image(prepared.picture, slot) : undefined;
        return filling(element, slot.alt);
      }
      case 'audio': {
        const prepared = await this.#files.prepare('audio', slot.src, report);
        return filling(prepared && 'link' in prepared ? player(prepared.link, slot.title) : undefined, '');
      }
      case 'attachment': {
        const prepared = await this.#files.prepare('attachment', slot.src, report);
        const element = prepared && 'link' in prepared ? download(prepared.link, slot.title) : undefined;
        return filling(element, slot.title);
      }
    }
  }

  #person(id: string, report: ReportHere): Filling {
    const person = findPerson(id, this.#site, report);
    if (person) this.mentions.add(id);
    const name = person?.name ?? id;
    const element =
      person?.address === undefined
        ? h('span', { className: ['person'] }, name)
        : h('a', { className: ['person'], href: `${this.#site.base}${person.address}` }, name);
    return filling(element, name);
  }

  #link(url: string, report: ReportHere): Filling {
    const { href, entry } = resolveLink({ url, from: this.#source, report }, this.#site);
    if (entry !== undefined && entry !== this.#source.id) {
      this.links.add(entry);
      if (entry.startsWith('people/')) this.mentions.add(entry.slice('people/'.length));
    }
    // Everything in it is generated or percent-encoded except for the query, which may contain an ampersand or quote.
    return { html: href === undefined ? '' : ` href="${escapeAttribute(href)}"`, text: '' };
  }
}

/** What stands in a gap: in the page, and in the plain text. */
interface Filling {
  html: string;
  text: string;
}

function filling(element: ElementContent | undefined, text: string): Filling {
  return { html: element ? toHtml(element) : '', text };
}

function filled(part: PartTemplate, html: string[], text: string[]): Part {
  if (part.component === 'prose') return { component: 'prose', html: fill(part.html, html) };
  const { blocks, ...block } = part;
  return {
    ...block,
    html: fill(part.html, html),
    text: fill(part.text, text),
    ...(blocks ? { blocks: blocks.map((inner) => filled(inner, html, text) as Block) } : {}),
  };
}

/** Text columns are at most 45 rem wide; on a phone, images are as wide as the screen. */
const SIZES = '(min-width: 48rem) 45rem, 100vw';

/** The greatest height in pixels of a picture, such as an icon, that stands in a line of text. */
const LINE = 48;
/** A picture that is higher than this many times its width would be too small to read on one sheet of paper. */
const SHEET = 3;

function image(picture: Picture, { alt, title, isInText }: Extract<Slot, { kind: 'image' }>): ElementContent {
  const { src, srcset, width, height, 'data-alpha': dataAlpha } = picture;
  return h('img', {
    src,
    srcSet: srcset,
    sizes: SIZES,
    width,
    height,
    alt,
    title,
    loading: 'lazy',
    decoding: 'async',
    dataAlpha,
    dataInLine: isInText && height <= LINE,
    dataTall: height > SHEET * width,
  });
}

function player({ src }: FileLink, title: string | undefined): ElementContent {
  return h('audio', { controls: true, preload: 'none', src, ariaLabel: title });
}

function download({ src, bytes }: FileLink, title: string): ElementContent {
  return h('a', { href: src }, [title, ' ', h('span', { className: ['attachment-size'] }, sizeText(bytes))]);
}

function sizeText(bytes: number): string {
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : megabytes(bytes, 1);
}

function escapeAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('\u0001', '');
}
