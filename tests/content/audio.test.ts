import { readFile } from 'node:fs/promises';
import { MPEGDecoder } from 'mpg123-decoder';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { parseTime } from '../../src/model/time.ts';
import { sampleContent } from '../lib/sample.ts';

/** Length of one step of the loudness curve in seconds. */
const STEP = 0.01;
/** Minimum length of a pause in seconds; gaps between syllables are shorter. */
const PAUSE = 0.25;
/** Root mean square (full scale is 1) above which someone is speaking; pauses are a thousand times quieter. */
const SPEECH = 0.01;

describe('the recording of the first talk', () => {
  let talk: Entry<'talks'>;
  let bytes: Uint8Array<ArrayBuffer>;
  let seconds: number;
  let onsets: number[];

  beforeAll(async () => {
    const content = await sampleContent('');
    const entry = content.entries.find(({ id }) => id === 'talks/cold-start-first-100');
    if (entry?.form !== 'talks') throw new Error('the talk with a recording is missing');
    talk = entry;
    const sound = content.media.find(
      ({ type, entries }) => type === 'audio/mpeg' && entries.includes(entry.id),
    );
    if (!sound) throw new Error('the recording is not among the media');
    bytes = new Uint8Array(await readFile(sound.file));

    const decoder = new MPEGDecoder();
    await decoder.ready;
    const { channelData, sampleRate, samplesDecoded } = decoder.decode(bytes);
    decoder.free();
    seconds = samplesDecoded / sampleRate;
    onsets = onsetsOf(channelData[0] ?? new Float32Array(), sampleRate);
  });

  test('each line starts within 0.3 s of where speech sets in', () => {
    expect(talk.lines.length).toBeGreaterThanOrEqual(40);
    const late = talk.lines
      .map(({ t, text }) => ({ t, text, off: Math.min(...onsets.map((onset) => Math.abs(onset - t))) }))
      .filter(({ off }) => off > 0.3);
    expect(late).toEqual([]);
  });

  test('is as long as the talk says', () => {
    expect(seconds).toBeGreaterThan(240);
    expect(Math.abs(seconds - parseTime(talk.data.duration ?? '0:00'))).toBeLessThan(1);
  });

  test('carries no tag that could name a place or a person', () => {
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('ID3')).toBe(false);
    expect(text.slice(-128).startsWith('TAG')).toBe(false);
    expect(text).not.toContain('APETAGEX');
  });

  test('says that its voice is synthetic, in the text and aloud', () => {
    expect(talk.lines[0]?.text).toContain('机器合成');
    expect(talk.html).toContain('不是真人在说话');
  });
});

/** Returns the seconds at which speech begins after a pause. */
function onsetsOf(samples: Float32Array, rate: number): number[] {
  const step = Math.round(rate * STEP);
  const loud: boolean[] = [];
  for (let start = 0; start + step <= samples.length; start += step) {
    const energy = samples.subarray(start, start + step).reduce((sum, sample) => sum + sample * sample, 0);
    loud.push(Math.sqrt(energy / step) > SPEECH);
  }
  const quietSteps = Math.ceil((PAUSE * rate) / step);
  const onsets: number[] = [];
  let quiet = quietSteps;
  loud.forEach((speaking, index) => {
    if (speaking && quiet >= quietSteps) onsets.push((index * step) / rate);
    quiet = speaking ? 0 : quiet + 1;
  });
  return onsets;
}
