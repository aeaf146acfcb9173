import { readArguments, runMain, CommandError } from './lib/main.ts';
import { isSite, recover } from './lib/output.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { readSettings } from './lib/settings.ts';

const help = `npm run preview: serves dist/ on 127.0.0.1 as a plain static host would, without building

Environment: KB_OUT KB_SITE (its path is the base) PORT`;

await runMain(async () => {
  if (!readArguments(help, {})) return;
  const { out, base, port } = readSettings();
  await recover(out);
  if (!isSite(out)) throw new CommandError(`${out} has no site yet; to build one: npm run build`);
  await serveUntilStopped({ folder: out, base, port }, (url) => console.log(`READY ${url}`));
});
