import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isMap, isSeq, type Document, type YAMLMap } from 'yaml';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { restore } from './lib/folder.ts';
import { memberLink } from './lib/link.ts';
import { memberSchema, memberState, parseMembers, type Member } from './lib/members.ts';
import { readSecret } from './lib/secret.ts';
import { readSettings, type Settings } from './lib/settings.ts';

const help = `npm run members -- add ID [--expires YYYY-MM-DD]   lets ID in from the next build on
npm run members -- list                            everyone and their state
npm run members -- link ID                         prints the link that opens the site for ID
npm run members -- remove ID                       leaves a tombstone; shut out from the next build on

Adding an ID that was removed gives it the next serial: the old link stays dead.
Environment: KB_MEMBERS KB_SECRET KB_SITE KB_DATE`;

const verbs = { add, list, link, remove };

await runMain(async () => {
  const args = readArguments(help, { expires: { type: 'string' } }, 2);
  if (!args) return;
  const [verb = '', id] = args.positionals;
  if (!Object.hasOwn(verbs, verb)) {
    throw new CommandError(
      `members: expected add, list, link or remove, got "${verb}" (--help shows the usage)`,
      2,
    );
  }
  if ((verb === 'list') !== (id === undefined)) {
    throw new CommandError(`members: ${verb} takes ${verb === 'list' ? 'no ID' : 'an ID'}`, 2);
  }
  if (args.values.expires && verb !== 'add') throw new CommandError('members: --expires goes with add', 2);
  const settings = readSettings();
  restore(settings.out);
  await verbs[verb as keyof typeof verbs](settings, id ?? '', args.values.expires);
});

function add(settings: Settings, id: string, expires: string | undefined): void {
  const file = openFile(settings.members);
  const line = { id, ...(expires && { expires }) };
  const checked = memberSchema.safeParse(line);
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    throw new CommandError(`members: ${issue.path.join('.')}: ${issue.message}`, 2);
  }

  const known = file.members.find((member) => member.id === id);
  if (!known) {
    file.list.add(file.document.createNode(line));
    save(settings.members, file.document);
    console.log(`members: added ${id}`);
    return;
  }
  if (memberState(known, settings.date).state === 'active') {
    throw new CommandError(
      `members: ${id} is a member already; print the link with: npm run members -- link ${id}`,
    );
  }
  const node = file.nodeOf(id);
  node.set('serial', known.serial + 1);
  node.delete('removed');
  node.delete('expires');
  if (expires) node.set('expires', expires);
  save(settings.members, file.document);
  console.log(
    `members: ${id} is back with serial ${known.serial + 1}; send the new link, the old one stays dead`,
  );
}

function list(settings: Settings): void {
  const { members } = openFile(settings.members);
  if (members.length === 0) console.log('members: none yet; add one with: npm run members -- add ID');
  for (const member of members) {
    const state = memberState(member, settings.date);
    const until = state.state === 'active' ? (member.expires ? `until ${member.expires}` : '') : state.date;
    console.log([member.id, `serial ${member.serial}`, member.tier, state.state, until].join('\t').trimEnd());
  }
}

async function link(settings: Settings, id: string): Promise<void> {
  if (settings.ci) throw new CommandError('members: CI=true: links are not printed where logs are kept');
  const member = memberOf(openFile(settings.members).members, id);
  const { state } = memberState(member, settings.date);
  if (state !== 'active')
    throw new CommandError(`members: ${id} is ${state}; let them in first: npm run members -- add ${id}`);
  const url = settings.site ? `${settings.site}/` : `http://127.0.0.1:${settings.port ?? 4321}/`;
  console.log(await memberLink(readSecret(settings), member, url));
}

function remove(settings: Settings, id: string): void {
  const file = openFile(settings.members);
  const member = memberOf(file.members, id);
  if (member.removed) throw new CommandError(`members: ${id} was removed on ${member.removed}`);
  file.nodeOf(id).set('removed', settings.date);
  save(settings.members, file.document);
  console.log(`members: ${id} is removed; shut out from the next build on. The line stays as a tombstone.`);
}

function memberOf(members: Member[], id: string): Member {
  const member = members.find((candidate) => candidate.id === id);
  if (!member) throw new CommandError(`members: nobody has the ID "${id}"; see: npm run members -- list`);
  return member;
}

/** The members file as a document, so that an edit keeps comments and order. */
function openFile(path: string) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const { document, members } = parseMembers(text, path);
  document.contents ??= document.createNode([]);
  const list = document.contents;
  if (!isSeq(list)) throw new Error('parseMembers lets only lists pass');
  return {
    document,
    members,
    list,
    nodeOf(id: string): YAMLMap {
      const node = list.items.find((item) => isMap(item) && item.get('id') === id);
      if (!isMap(node)) throw new Error(`no line for ${id}`);
      return node;
    },
  };
}

/** Writes beside and renames: a kill leaves the old file or the new one, never half of either. */
function save(path: string, document: Document): void {
  writeFileSync(`${path}.next`, document.toString({ flowCollectionPadding: false }));
  renameSync(`${path}.next`, path);
}
