import { posix } from 'node:path';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { ElementContent } from 'hast';
import { LOWEST_TIER, type Audience } from '../model/audience.ts';
import type { Form } from '../model/form.ts';
import type { DataOf } from '../model/schemas.ts';
import type { Body, PartTemplate } from './body.ts';
import { digestOf } from './cache.ts';
import type { Folder } from './folder.ts';
import { countCharacters } from './han.ts';
import { resolveLink } from './links.ts';
import type { Block, Entry, Part, PersonReference, Picture, Sound } from './load.ts';
import type { MediaKind, MediaStore, Prepared } from './media.ts';
import type { Report, Site, Source } from './site.ts';
import { fill, type Slot } from './slots.ts';
import { kindOfAddress } from './url.ts';
import { distance } from './validate.ts';

/** Fills the gaps of one source from the rest of the folder, and reports what refers to nothing. */
export async function resolveEntry(
  source: Source,
  site: Site,
  folder: Folder,
  media: MediaStore,
  report: Report,
): Promise<Entry | undefined> {
  const { compiled } = source;
  const resolver = new Resolver(source, site, folder, media, report);
  const assets = await resolver.assets();
  resolver.references();
  resolver.tier();
  resolver.teaser();
  const body = compiled.body && (await resolver.body(compiled.body));
  const preview = compiled.preview && (await resolver.silently().body(compiled.preview.body));
  const { data } = compiled;
  if (!data || !body || source.state !== 'live') return undefined;
  const text = body.text;
  const person = source.form === 'people' ? (data as DataOf<'people'>) : undefined;
  const dated = data as DataOf<'notes'>;
  const entry = {
    id: source.id,
    form: source.form,
    name: source.name,
    slug: source.slug,
    address: source.address,
    file: folder.shown(source.path),
    data,
    title: person?.name ?? dated.title,
    date: person?.joined ?? dated.date,
    // Above a line with nothing below it, all is public.
    access: compiled.preview?.more === false ? 'public' : circleOf(data),
    html: body.html,
    parts: body.parts,
    ...(preview ? { publicHtml: preview.html } : {}),
    headings: body.headings,
    quotes: body.quotes,
    lines: body.lines,
    ...assets,
    mentions: [...resolver.mentions],
    links: [...resolver.links],
    text,
    characters: countCharacters(text),
  };
  return { ...entry, digest: digestOf(JSON.stringify(entry)).slice(0, 32) } as Entry;
}

/** The widest circle that may read what has this front matter. */
function circleOf({ access, tier = LOWEST_TIER }: DataOf<Form>): Audience {
  return access === 'public' ? access : tier;
}

class Resolver {
  readonly mentions = new Set<string>();
  readonly links = new Set<string>();
  readonly #source: Source;
  readonly #site: Site;
  readonly #folder: Folder;
  readonly #media: MediaStore;
  readonly #report: Report;

  constructor(source: Source, site: Site, folder: Folder, media: MediaStore, report: Report) {
    this.#source = source;
    this.#site = site;
    this.#folder = folder;
    this.#media = media;
    this.#report = report;
  }

  /** The same for a text that is looked at a second time. */
  silently(): Resolver {
    return new Resolver(this.#source, this.#site, this.#folder, this.#media, () => undefined);
  }

  /** What the front matter names of the entry's own files. */
  async assets(): Promise<{ cover?: Picture; audio?: Sound }> {
    const data = this.#source.compiled.data as Partial<DataOf<'talks'> & DataOf<'breakdowns'>> | undefined;
    const at = (path: string) => this.#placeOf(path);
    const cover = data?.work?.cover;
    const audio = data?.audio;
    const picture = cover === undefined ? undefined : await this.#prepare('image', cover, at('work.cover'));
    const sound = audio === undefined ? undefined : await this.#prepare('audio', audio, at('audio'));
    return {
      ...(picture && 'picture' in picture ? { cover: picture.picture } : {}),
      ...(sound && 'sound' in sound ? { audio: sound.sound } : {}),
    };
  }

  /** The tier that the front matter names. */
  tier(): void {
    const { access, tier } = this.#source.compiled.data ?? {};
    if (tier === undefined) return;
    const [line, column] = this.#source.compiled.places.tier ?? [1, 1];
    const refuse = (rule: string, message: string, fix: string) =>
      this.#report({ rule, line, column, message, fix });
    if (access === 'public') {
      refuse(
        'tier-in-public',
        '这篇写了 access: public，所有人可读，tier 不起作用',
        '删掉 tier，或删掉 access',
      );
    } else if (!this.#site.tiers.includes(tier)) {
      refuse(
        'unknown-tier',
        `没有会员等级 ${tier}`,
        `写 ${this.#site.tiers.join('、')}；新的等级先加到 tiers.yaml`,
      );
    }
  }

  /** A teaser is for an entry of which nothing else can be read outside. */
  teaser(): void {
    const { data, preview, places } = this.#source.compiled;
    if (!data || !('teaser' in data) || !data.teaser) return;
    if (data.access !== 'public' && !preview) return;
    const why = preview ? '<Members /> 上面的部分' : '全文';
    this.#report({
      rule: 'teaser-in-public',
      ...spotOf(places.teaser),
      message: `这篇的标题、摘要和${why}本来就所有人可读，teaser 不起作用`,
      fix: `删掉 teaser，或删掉 ${preview ? '<Members />' : 'access: public'}`,
    });
  }

  /** People, topics and series that the front matter names. */
  references(): void {
    const { form, compiled } = this.#source;
    if (!compiled.data || form === 'people') return;
    const data = compiled.data as DataOf<Exclude<Form, 'people'>>;
    for (const [part, ids] of Object.entries(data.people)) {
      ids?.forEach((id, index) => {
        const place = compiled.places[`people.${part}`] ?? compiled.places[`people.${part}.${index}`];
        this.#person(id, spotOf(place));
      });
    }
    if ('speakers' in data) {
      data.speakers.forEach((id, index) => this.#person(id, this.#placeOf(`speakers.${index}`)));
    }
    if ('asked_by' in data) this.#person(data.asked_by, this.#placeOf('asked_by'));
    data.topics.forEach((id, index) => {
      if (this.#site.topics.has(id)) return;
      this.#unknown(
        'unknown-topic',
        `话题 ${id}`,
        'topics.yaml',
        id,
        this.#site.topics,
        this.#placeOf(`topics.${index}`),
      );
    });
    if (data.series !== undefined && !this.#site.series.has(data.series)) {
      this.#unknown(
        'unknown-series',
        `系列 ${data.series}`,
        'series.yaml',
        data.series,
        this.#site.series,
        this.#placeOf('series'),
      );
    }
  }

  async body(body: Body) {
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

  async #fill(slot: Slot): Promise<{ html: string; text: string }> {
    switch (slot.kind) {
      case 'person': {
        const person = this.#person(slot.id, slot);
        const name = person?.name ?? slot.id;
        const { base } = this.#site;
        const element =
          person?.address === undefined
            ? h('span', { className: ['person'] }, name)
            : h('a', { className: ['person'], href: `${base}${person.address}` }, name);
        return { html: toHtml(element), text: name };
      }
      case 'link': {
        const { href, entry } = resolveLink(slot.url, this.#source, this.#site, slot, this.#report);
        if (entry !== undefined && entry !== this.#source.id) {
          this.links.add(entry);
          if (entry.startsWith('people/')) this.mentions.add(entry.slice('people/'.length));
        }
        // Everything in it is ours or percent-encoded but the query, which may hold an ampersand or a quote.
        return { html: href === undefined ? '' : ` href="${escapeAttribute(href)}"`, text: '' };
      }
      case 'image': {
        const prepared = await this.#prepare('image', slot.src, slot);
        const element =
          prepared && 'picture' in prepared ? image(prepared.picture, slot.alt, slot.title) : undefined;
        return { html: element ? toHtml(element) : '', text: slot.alt };
      }
      case 'audio': {
        const prepared = await this.#prepare('audio', slot.src, slot);
        const element =
          prepared && 'sound' in prepared
            ? h('audio', { controls: true, preload: 'none', src: prepared.sound.src, ariaLabel: slot.title })
            : undefined;
        return { html: element ? toHtml(element) : '', text: '' };
      }
      case 'attachment': {
        const prepared = await this.#prepare('attachment', slot.src, slot);
        const element =
          prepared && 'sound' in prepared
            ? h('a', { href: prepared.sound.src }, [
                slot.title,
                ' ',
                h('span', { className: ['attachment-size'] }, sizeText(prepared.sound.bytes)),
              ])
            : undefined;
        return { html: element ? toHtml(element) : '', text: slot.title };
      }
    }
  }

  #person(id: string, spot: Spot): PersonReference | undefined {
    const person = this.#site.people.get(id);
    if (person) this.mentions.add(id);
    else this.#unknown('unknown-person', `人物 ${id}`, `people/${id}.mdx`, id, this.#site.people, spot);
    return person;
  }

  #unknown(
    rule: string,
    what: string,
    where: string,
    id: string,
    known: ReadonlyMap<string, unknown>,
    spot: Spot,
  ): void {
    const close = [...known.keys()].find((candidate) => distance(candidate, id) <= 2);
    this.#report({
      rule,
      line: spot.line,
      column: spot.column,
      message: `没有${what}`,
      fix: close === undefined ? `先写好 ${where}，或改成已有的` : `是不是 ${close}？`,
    });
  }

  /** An own file of the entry, made ready; what is wrong with it is reported at the place that names it. */
  async #prepare(kind: MediaKind, src: string, spot: Spot): Promise<Prepared | undefined> {
    const { path: from, id, name, form } = this.#source;
    const stop = (rule: string, message: string, fix: string) => {
      this.#report({ rule, line: spot.line, column: spot.column, message, fix });
      return undefined;
    };
    if (kindOfAddress(src) !== 'file') {
      stop('file-address', `文件地址不对：${src}`, '写成 ./photo.jpg');
      return;
    }
    let path: string;
    try {
      path = posix.join(posix.dirname(from), decodeURIComponent(src));
    } catch {
      stop('file-address', `文件地址里的百分号编码不对：${src}`, '直接写文件名，不用编码');
      return;
    }
    if (path.startsWith('../') || path.includes('\\') || path.includes('\0')) {
      stop('outside-content', `文件在内容文件夹外面：${src}`, '把文件复制到文章的文件夹里，写成 ./photo.jpg');
      return;
    }
    const own = `${form}/${name}/`;
    if (!path.startsWith(own) || from !== `${own}index.mdx`) {
      const move =
        from === `${own}index.mdx`
          ? '把文件复制到文章的文件夹里，写成 ./photo.jpg'
          : `把文章移到 ${own}index.mdx，文件放在它旁边，写成 ./photo.jpg`;
      stop('not-own-folder', `文件不在文章自己的文件夹里：${src}`, move);
      return;
    }
    if (!this.#folder.files.has(path)) {
      stop('missing-file', `没有这个文件：${src}`, '检查文件名和大小写，把文件放到文章的文件夹里');
      return;
    }
    const prepared = await this.#media.prepare(kind, path, id);
    if ('fault' in prepared) {
      const { rule, message, fix } = prepared.fault;
      stop(rule, `${message}：${src}`, fix);
      return;
    }
    return prepared;
  }

  #placeOf(path: string): Spot {
    return spotOf(this.#source.compiled.places[path]);
  }
}

interface Spot {
  line: number;
  column: number;
}

function spotOf(place: [number, number] | undefined): Spot {
  const [line, column] = place ?? [1, 1];
  return { line, column };
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

/** Text columns are at most 45 rem wide; a phone shows an image as wide as itself. */
const SIZES = '(min-width: 48rem) 45rem, 100vw';

function image(picture: Picture, alt: string, title: string | undefined): ElementContent {
  const { src, srcset, width, height } = picture;
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
  });
}

function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function escapeAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('\u0001', '');
}
