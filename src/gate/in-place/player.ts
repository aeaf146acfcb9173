import type { Bytes, MediaHead } from '../../vault/index.ts';
import { Unavailable } from '../../worker/cache.ts';
import { readSegment } from '../../worker/stream.ts';
import { audioStart, byteAt, frameStart, readMp3, secondAt, type Mp3 } from './mp3.ts';
import { giveSource } from './source.ts';

/** Seconds of audio to buffer ahead: while paused, right after a seek, and after playing on for a while. */
const READY = { still: 1, jumped: 8, playing: 60 };
/** Seconds to start before a seek target, because a frame may need data of the frames before it. */
const LEAD = 0.2;
/** Milliseconds before a segment that was unavailable is requested again. */
const RETRY = 3000;

/**
 * Plays an MP3 file segment by segment, from wherever the listener seeks to. `audio.load()` detaches the media source,
 * and a browser opens the URL of a media source only once, so the element gets a new one then.
 *
 * WebKit also detaches the source when playback fails. A new one is then attached only at the next load, because a
 * broken recording would otherwise restart for ever.
 */
export function playSegments(audio: HTMLAudioElement, head: MediaHead): void {
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  const parting = new AbortController();
  source.addEventListener('sourceopen', () => new Pump(audio, source, head, parting.signal), { once: true });
  const renew = () => {
    if (audio.src === address) playSegments(audio, head);
  };
  source.addEventListener(
    'sourceclose',
    () => {
      parting.abort();
      URL.revokeObjectURL(address);
      if (audio.error) audio.addEventListener('loadstart', renew, { once: true });
      else renew();
    },
    { once: true },
  );
  giveSource(audio, address);
}

class Pump {
  readonly #audio: HTMLAudioElement;
  readonly #source: MediaSource;
  readonly #buffer: SourceBuffer;
  readonly #head: MediaHead;
  /** Aborted when the source is detached. */
  readonly #parting: AbortSignal;
  #mp3: Mp3 | undefined;
  /** The next byte to append. */
  #next = 0;
  /** The target of the last seek, in seconds. */
  #jumped = 0;
  #isPumping = false;

  constructor(audio: HTMLAudioElement, source: MediaSource, head: MediaHead, parting: AbortSignal) {
    this.#audio = audio;
    this.#parting = parting;
    this.#source = source;
    this.#head = head;
    this.#buffer = source.addSourceBuffer(head.type);
    for (const sign of ['seeking', 'play', 'timeupdate', 'waiting']) {
      audio.addEventListener(sign, () => void this.#pump(), { signal: parting });
    }
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#isPumping || this.#parting.aborted) return;
    this.#isPumping = true;
    try {
      const mp3 = (this.#mp3 ??= await this.#begin());
      while (this.#wantsMore() && (await this.#step(mp3)));
    } catch (error) {
      if (error instanceof Unavailable) setTimeout(() => void this.#pump(), RETRY);
      else if (this.#source.readyState === 'open') this.#source.endOfStream('decode');
    } finally {
      this.#isPumping = false;
    }
  }

  async #begin(): Promise<Mp3> {
    const offset = audioStart(await readSegment(this.#head, 0));
    const mp3 = readMp3(await this.#read(offset), offset, this.#head.size);
    if (!mp3) throw new Error('no MP3 frames');
    this.#source.duration = mp3.duration;
    this.#next = mp3.start;
    return mp3;
  }

  #wantsMore(): boolean {
    const { currentTime, paused } = this.#audio;
    const end = this.#bufferedEnd();
    if (end === undefined) return true;
    if (end >= this.#source.duration - LEAD) return false;
    const played = Math.max(0, currentTime - this.#jumped);
    const ready = paused ? READY.still : Math.min(READY.jumped + 2 * played, READY.playing);
    return end - currentTime < ready;
  }

  /** Appends one segment, or the rest of it; returns false at the end of the file. */
  async #step(mp3: Mp3): Promise<boolean> {
    const goal = this.#bufferedEnd() ?? this.#audio.currentTime;
    if (Math.abs(goal - this.#buffer.timestampOffset) > 2 * LEAD) await this.#jump(mp3, goal);
    const bytes = await this.#read(this.#next);
    // The listener has jumped elsewhere meanwhile.
    const still = this.#bufferedEnd() ?? this.#audio.currentTime;
    if (Math.abs(still - goal) > LEAD) return true;
    await this.#append(bytes);
    this.#next += bytes.length;
    if (this.#next < this.#head.size) return true;
    this.#source.endOfStream();
    return false;
  }

  /** Continues at another second, at the beginning of a frame. */
  async #jump(mp3: Mp3, second: number): Promise<void> {
    const aim = Math.max(0, second - LEAD);
    const byte = byteAt(mp3, aim);
    const bytes = await this.#read(byte);
    const within = frameStart(bytes, 0, mp3.signature) ?? bytes.length;
    this.#next = byte + within;
    const start = mp3.contents ? aim : secondAt(mp3, this.#next);
    // Setting the offset reopens an ended source; only on an open one can abort() discard a partial frame.
    if (this.#source.readyState === 'ended') this.#buffer.timestampOffset = start;
    this.#buffer.abort();
    this.#buffer.timestampOffset = start;
    this.#jumped = second;
  }

  /** The bytes from `byte` to the end of its segment. */
  async #read(byte: number): Promise<Bytes> {
    if (byte >= this.#head.size) return new Uint8Array();
    const { segmentSize } = this.#head;
    const index = Math.floor(byte / segmentSize);
    return (await readSegment(this.#head, index)).subarray(byte - index * segmentSize);
  }

  async #append(bytes: Bytes): Promise<void> {
    const appended = new Promise((resolve, reject) => {
      this.#buffer.onupdateend = resolve;
      this.#buffer.onerror = () => reject(new Error('the browser refuses these bytes'));
    });
    this.#buffer.appendBuffer(bytes);
    await appended;
  }

  /** The end, in seconds, of the buffered range around the current time; undefined when nothing is buffered there. */
  #bufferedEnd(): number | undefined {
    const { buffered } = this.#buffer;
    const { currentTime } = this.#audio;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + LEAD && currentTime < buffered.end(i)) return buffered.end(i);
    }
    return undefined;
  }
}
