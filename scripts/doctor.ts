import { examineCommunity } from './doctor/community.ts';
import { examineContent } from './doctor/content.ts';
import { lineOf } from './doctor/diagnosis.ts';
import { examineHistory } from './doctor/history.ts';
import { examineMachine } from './doctor/machine.ts';
import { examineMembers } from './doctor/members.ts';
import { examineRepository, examineTree } from './doctor/repository.ts';
import { examineSecret } from './doctor/secret.ts';
import { examineSite } from './doctor/site.ts';
import { isFolder } from './lib/folder.ts';
import { readArguments, runMain } from './lib/main.ts';
import { readSettings } from './lib/settings.ts';

const help = `npm run doctor: shows what is installed, what is set, what is wrong and what to do about it

Checks this machine, the secret, the repository and its history, members, src/site.ts, content, and the site at KB_SITE.
Changes nothing.
ok fine   ! could be better   !! wrong   ? could not be checked. Exits with 1 if something is wrong.`;

await runMain(async () => {
  if (!readArguments(help, {})) return;
  const settings = readSettings();
  const diagnoses = [
    ...examineMachine(settings),
    ...examineSecret(settings),
    ...examineRepository(isFolder(settings.content) ? settings.content : settings.root),
    ...(await examineTree(settings)),
    ...(await examineHistory(settings)),
    ...(await examineMembers(settings)),
    ...examineCommunity(),
    await examineContent(settings),
    ...(await examineSite(settings)),
  ];
  console.log(diagnoses.map(lineOf).join('\n'));
  if (diagnoses.some(({ level }) => level === 'error')) process.exitCode = 1;
});
