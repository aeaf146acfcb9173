import { start, type TestSite } from './site.ts';

export interface Preview {
  url: string;
  /** Returns what the command has printed until now. */
  printed: () => string;
  stop: () => void;
}

/** Starts `npm run dev` and returns its address once it serves. */
export async function startPreview(site: TestSite, args: string[] = []): Promise<Preview> {
  const child = start(site, 'dev', args);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const address = /(?:READY|Local) +(http:\/\/127\.0\.0\.1:\d+\/)/.exec(output)?.[1];
        if (address) resolve(address);
      });
    }
    // Not `exit`, which may come before the last of the output.
    child.on('close', () => reject(new Error(output)));
  });
  return { url, printed: () => output, stop: () => void child.kill('SIGINT') };
}
