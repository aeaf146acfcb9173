import { readFileSync } from 'node:fs';
import type { Cache } from '../../src/markdown/cache.ts';
import { parseSource, type Parsed } from '../../src/markdown/compile.ts';
import type { Content } from '../../src/markdown/content.ts';
import type { Finding, LocalFinding } from '../../src/model/finding.ts';
import type { Form } from '../../src/model/form.ts';
import { commentReview } from './comment.ts';
import { reviewCopy } from './copy/copy.ts';
import { findDuplicates } from './duplicates.ts';
import { emptyReview } from './empty.ts';
import { expiryReview } from './expiry.ts';
import { reviewCache, reviewKey } from './kept.ts';
import { reviewMarkup } from './markup.ts';
import { placesIn } from './places.ts';
import { reviewSecrets } from './secrets.ts';
import { slugReview } from './slug.ts';
import { startingTextReview } from './starting-text.ts';
import { transcriptReview } from './transcript.ts';

/**
 * Returns advice about entries for their writers: things to look at before publishing, none of which stops a build.
 *
 * @param today - `YYYY-MM-DD`
 * @param cache - a cache folder, which may be deleted at any time
 * @param isWanted - whether a file's findings are needed; the other files are only compared with those
 */
export function reviewContent(
  { entries, people, media }: Pick<Content, 'entries' | 'people' | 'media'>,
  {
    today,
    cache,
    isWanted = () => true,
  }: { today: string; cache: string; isWanted?: (file: string) => boolean },
): Finding[] {
  const kept = reviewCache(cache);
  const reviews = [
    slugReview([...people.values()].map(({ name }) => name)),
    transcriptReview(media),
    expiryReview(today),
    startingTextReview,
    emptyReview,
  ];
  const wanted = entries.filter(({ file }) => isWanted(file));
  const findings = wanted.flatMap((entry) => {
    // A byte order mark is not text.
    const source = readFileSync(entry.file, 'utf8').replace(/^\ufeff/, '');
    const places = placesIn(source, entry.form);
    return [
      ...reviews.flatMap((review) => review(entry, places)),
      ...reviewText(source, entry.form, kept),
    ].map((finding) => ({ ...finding, file: entry.file }));
  });
  return [...findings, ...findDuplicates(entries).filter(({ file }) => isWanted(file))];
}

/** Runs the reviews that depend on the text alone, and caches their findings. */
export function reviewText(text: string, form: Form, kept: Cache, parse?: () => Parsed): LocalFinding[] {
  const name = reviewKey(text, form);
  const known = kept.readJson(name) as LocalFinding[] | undefined;
  if (known) return known;
  const parsed = parse?.() ?? parseSource(text, form);
  const findings = [
    ...reviewSecrets(text),
    ...commentReview(text),
    ...reviewMarkup(text, form, parsed),
    ...reviewCopy(text, form, parsed),
  ];
  kept.write(name, JSON.stringify(findings));
  return findings;
}
