import type { Entry, MediaFile } from '../../src/markdown/content.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import { formatTime, parseTime } from '../../src/model/time.ts';
import type { Places } from './places.ts';
import { secondsOf } from './recording.ts';
import { clip } from '../../src/text/shorten.ts';

/** How many seconds a recording's stated length may differ from its real one. */
const SLACK = 3;

/** Reviews talks: quotes have to occur in the transcript, and the transcript has to fit the recording. */
export function transcriptReview(
  media: readonly MediaFile[],
): (entry: Entry, places: Places) => LocalFinding[] {
  return (entry, places) => {
    if (entry.form !== 'talks') return [];
    const file = media.find(
      ({ type, path, entries }) =>
        type === 'audio/mpeg' && entries.includes(entry.id) && entry.audio?.src.endsWith(path),
    );
    return [
      ...strayQuotes(entry, places),
      ...lateLines(entry, places),
      ...(file ? lengths(entry, places, file.file) : []),
    ];
  };
}

/** Reports quotes with a time that don't occur in the transcript. */
function strayQuotes({ lines, quotes }: Entry<'talks'>, { source, placeAt }: Places): LocalFinding[] {
  if (lines.length === 0) return [];
  const said = plain(lines.map((line) => line.text).join(''));
  const tags = [...source.matchAll(/<Quote\b/g)];
  return quotes.flatMap((quote, index): LocalFinding[] => {
    if (quote.from === undefined || said.includes(plain(quote.text))) return [];
    return [
      {
        rule: 'quote-not-said',
        level: 'warning',
        ...placeAt(tags[index]?.index ?? 0),
        message: `逐字稿里没有这句话：“${clip(quote.text, 30)}”`,
        fix: '照逐字稿写，一个字不改；不是录音里的话就去掉 from 和 to',
      },
    ];
  });
}

/** Reports a transcript that goes on after its recording: it belongs to another one, or the length is wrong. */
function lateLines({ data, lines }: Entry<'talks'>, { placeOf }: Places): LocalFinding[] {
  if (data.duration === undefined) return [];
  const end = parseTime(data.duration);
  const late = lines.find(({ t }) => t > end);
  if (!late) return [];
  return [
    {
      rule: 'line-after-end',
      level: 'warning',
      ...placeOf('duration'),
      message: `逐字稿写到 ${formatTime(late.t)}，超过了时长 ${data.duration}`,
      fix: '改正 duration 或逐字稿的时间',
    },
  ];
}

/** Compares the length of the recording itself with what is written. */
function lengths({ data, lines }: Entry<'talks'>, { placeOf }: Places, file: string): LocalFinding[] {
  const seconds = secondsOf(file);
  if (seconds === undefined) return [];
  const remark = (rule: string, field: string, message: string, fix: string): LocalFinding => ({
    rule,
    level: 'warning',
    ...placeOf(field),
    message,
    fix,
  });
  const long = formatTime(Math.round(seconds));
  const findings: LocalFinding[] = [];
  if (data.duration !== undefined && Math.abs(parseTime(data.duration) - seconds) > SLACK) {
    findings.push(
      remark(
        'audio-duration',
        'duration',
        `录音长 ${long}，duration 写的是 ${data.duration}`,
        `写成 '${long}'`,
      ),
    );
  }
  const late = lines.find(({ t }) => t > seconds);
  if (late) {
    findings.push(
      remark(
        'line-after-audio',
        'audio',
        `录音只有 ${long}，逐字稿写到 ${formatTime(late.t)}`,
        '换成完整的录音，或改正逐字稿的时间',
      ),
    );
  }
  return findings;
}

const plain = (text: string) => text.replace(/[\s\p{P}]/gu, '');
