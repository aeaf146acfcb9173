import { posix } from 'node:path';
import type { Fault } from '../model/finding.ts';
import { filesIn } from '../model/schemas.ts';
import { closest } from './closest.ts';
import type { Folder } from './folder.ts';
import type { FileLink, Picture } from './content.ts';
import type { MediaKind, MediaStore, Prepared } from './media.ts';
import { reportAt, type Report, type ReportHere } from './report.ts';
import type { Source } from './site.ts';
import { spotOf } from './spot.ts';
import { kindOfAddress } from './url.ts';

/** The files in an entry's own folder. An entry can't use any others. */
export class OwnFiles {
  readonly #source: Source;
  readonly #folder: Folder;
  readonly #media: MediaStore;

  constructor(source: Source, folder: Folder, media: MediaStore) {
    this.#source = source;
    this.#folder = folder;
    this.#media = media;
  }

  /** Prepares the files named in the front matter: a breakdown's cover, a talk's recording. */
  async named(report: Report): Promise<{ cover?: Picture; audio?: FileLink }> {
    const { data, places } = this.#source.compiled;
    const { cover, audio } = data ? filesIn(data) : {};
    const prepare = async (kind: MediaKind, src: string | undefined, field: string) =>
      src === undefined ? undefined : this.prepare(kind, src, reportAt(spotOf(places[field]), report));
    const picture = await prepare('image', cover, 'work.cover');
    const recording = await prepare('audio', audio, 'audio');
    return {
      ...(picture && 'picture' in picture ? { cover: picture.picture } : {}),
      ...(recording && 'link' in recording ? { audio: recording.link } : {}),
    };
  }

  /** Prepares a file for publishing, or reports why it can't be used. */
  async prepare(kind: MediaKind, src: string, report: ReportHere): Promise<Prepared | undefined> {
    const place = this.#find(src);
    const prepared = 'fault' in place ? place : await this.#media.prepare(kind, place.path, this.#source.id);
    if (!('fault' in prepared)) return prepared;
    const { rule, message, fix } = prepared.fault;
    report({ rule, message: `${message}：${src}`, fix });
    return undefined;
  }

  /** Returns the path of an own file within the content folder, or the problem with its address. */
  #find(src: string): { path: string } | { fault: Fault } {
    const { path: from, name, form } = this.#source;
    if (kindOfAddress(src) !== 'file') return fault('file-address', '文件地址不对', '写成 ./photo.jpg');
    let path: string;
    try {
      path = posix.join(posix.dirname(from), decodeURIComponent(src));
    } catch {
      return fault('file-address', '文件地址里的百分号编码不对', '直接写文件名，不用编码');
    }
    const own = `./${posix.basename(path)}`;
    const copy = `把文件复制到文章的文件夹里，写成 ${own}`;
    if (path.startsWith('../') || path.includes('\\') || path.includes('\0')) {
      return fault('outside-content', '文件在内容文件夹外面', copy);
    }
    const home = `${form}/${name}/`;
    const hasFolder = from === `${home}index.mdx`;
    if (!hasFolder || !path.startsWith(home)) {
      const move = `把文章移到 ${home}index.mdx，文件放在它旁边，写成 ${own}`;
      return fault('not-own-folder', '文件不在文章自己的文件夹里', hasFolder ? copy : move);
    }
    if (!this.#folder.files.has(path)) {
      const meant = this.#nearest(path, home);
      const check = '检查文件名和大小写，把文件放到文章的文件夹里';
      return fault(
        'missing-file',
        '没有这个文件',
        meant === undefined ? check : `是不是 ./${meant.replaceAll(' ', '%20')}？`,
      );
    }
    return { path };
  }

  /** Returns the name of the file in the entry's folder that a wrong one was probably meant to be. */
  #nearest(path: string, home: string): string | undefined {
    const names = [...this.#folder.files]
      .filter((file) => file.startsWith(home) && !file.endsWith('.mdx'))
      .map((file) => file.slice(home.length));
    const wanted = path.slice(home.length);
    const plain = (name: string) => name.toLowerCase().replace(/\.jpeg$/, '.jpg');
    return names.find((name) => plain(name) === plain(wanted)) ?? closest(wanted, names);
  }
}

function fault(rule: string, message: string, fix: string): { fault: Fault } {
  return { fault: { rule, message, fix } };
}
