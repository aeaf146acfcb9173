import { extname } from 'node:path';

/** File extensions of pictures that may be attached. */
export const PHOTOS = new Set(['png', 'jpg', 'jpeg', 'webp', 'gif']);

/** File extensions of MP4 files, with or without a picture. */
export const FILMS = new Set(['m4a', 'mp4']);

/**
 * File extensions that may be attached. An allow-list: a host maps more extensions to XML, HTML or programs than anyone
 * can list, and what it serves as such runs in the same origin as the pages.
 */
const ATTACHMENTS = new Set([
  ...['pdf', 'txt', 'csv', 'tsv', 'md', 'rtf', 'epub'],
  ...['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'ods', 'odp', 'xmind'],
  ...PHOTOS,
  'mp3',
  ...FILMS,
  ...['zip', '7z', 'rar'],
]);

/**
 * Only one dot, because some hosts execute `x.php.csv`; no invisible characters, which could show `fdp.exe` reversed.
 */
const PLAIN_NAME = /^[\p{L}\p{N}][\p{L}\p{N} _()（）·、，&+-]*\.[A-Za-z0-9]+$/u;

/** Whether a file of this name may be attached. Its name is the last part of its address. */
export function isAttachmentName(name: string): boolean {
  return PLAIN_NAME.test(name) && isAttachable(extname(name).slice(1).toLowerCase());
}

/** Whether files with this extension (lower case, without the dot) may be attached. */
export function isAttachable(extension: string): boolean {
  return ATTACHMENTS.has(extension);
}
