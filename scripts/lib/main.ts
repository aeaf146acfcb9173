import { parseArgs, type ParseArgsConfig } from 'node:util';
import { closest } from '../../src/markdown/closest.ts';
import { visible } from '../../src/text/visible.ts';
import { toCopy } from './shell.ts';
import { wrap } from './wrap.ts';

/** An expected failure: printed as one line, without a stack. `code` 1: a problem was found; 2: wrong use. */
export class CommandError extends Error {
  readonly code: 1 | 2;

  constructor(message: string, code: 1 | 2 = 1, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
  }
}

/** System errors that the operator can fix. They are no bugs of ours, so a stack would not help. */
const refusals: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space and run the command again',
  EDQUOT: 'the disk quota of this user is used up; free some space and run the command again',
  EROFS: 'this file system is read-only',
  EACCES: 'this user has no permission to do that',
  EPERM: 'this user has no permission to do that',
  ENOTDIR: 'part of this path is not a folder',
  EISDIR: 'this path is a folder',
};

/** Returns one line for a system error that the operator can fix, undefined for any other error. */
export function refusalOf(error: unknown): string | undefined {
  const { code = '', message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: '' };
  const refusal = refusals[code];
  return refusal && `${message}: ${refusal}. Nothing that existed before was left half-changed.`;
}

/**
 * The entry point of every script: runs `command`, prints an expected failure as one line and any other with its stack,
 * and sets the exit code. The process is left to finish by itself, so that output and servers are not cut off.
 */
export async function runMain(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof CommandError) {
      console.error(legible(error.message));
      process.exitCode = error.code;
    } else {
      const refusal = refusalOf(error);
      console.error(refusal === undefined ? error : legible(refusal));
      process.exitCode = 1;
    }
  }
}

/** Makes a message safe for a terminal: it may quote what anybody has written, in a list of members or a file name. */
function legible(message: string): string {
  return message.replaceAll('\r\n', '\n').replace(/[^\n\t]+/g, (text) => visible(text));
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The values that a command line may give to these options. */
export type Given<Known extends Options> = ReturnType<
  typeof parseArgs<{ options: Known; allowPositionals: true }>
>['values'];

interface Arguments<Known extends Options> {
  values: Given<Known>;
  positionals: string[];
}

/** Messages about wrong use of a command; the commands for writers use Chinese. */
const WRONG_USE = {
  en: {
    unknown: (option: string, meant?: string) =>
      `unknown option ${option}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    swallowed: (command: string, option: string, words: string) =>
      `npm has kept ${option} for itself: write npm run ${command} -- ${words}`,
    noValue: (option: string) => `option ${option} needs a value`,
    aValue: (option: string) => `option ${option} takes no value`,
    word: (word: string) => `unexpected argument "${word}"`,
    help: '(--help shows the usage)',
  },
  zh: {
    unknown: (option: string, meant?: string) =>
      `没有选项 ${option}${meant === undefined ? '' : `，是不是 ${meant}？`}`,
    swallowed: (command: string, option: string, words: string) =>
      `npm run ${command} 后面少了 --，${option} 没有传到 → 写成 npm run ${command} -- ${words}`,
    noValue: (option: string) => `${option} 后面少了值`,
    aValue: (option: string) => `${option} 后面不写值`,
    word: (word: string) => `多了 “${word}”：有空格的用引号括起来，选项写在单独的 -- 后面`,
    help: '→ --help 看用法',
  },
};

/**
 * Reads the command line. For `--help` it prints `help` and returns `null`: there is nothing left to do.
 *
 * @param most - how many positional arguments the command takes
 * @param language - the language of messages about wrong use
 * @throws CommandError with code 2 for an unknown option or too many positional arguments
 */
export function readArguments<const Known extends Options>(
  help: string,
  options: Known,
  most = 0,
  language: keyof typeof WRONG_USE = 'en',
): Arguments<Known> | null {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(wrap(help, process.stdout.columns));
    return null;
  }
  const says = WRONG_USE[language];
  const refuse = (reason: string, cause?: unknown) =>
    new CommandError(`${reason} ${says.help}`, 2, { cause });
  const swallowed = keptByNpm(options);
  if (swallowed) {
    const { command, option, value } = swallowed;
    // The words beyond those that the command takes are the values of options that npm has kept. It hands on all that
    // stands behind `--`.
    const handedOn = args.findIndex((word) => word.startsWith('--'));
    const rest = handedOn < 0 ? [] : args.slice(handedOn);
    const words = [...args.slice(0, args.length - rest.length).slice(0, most), ...rest];
    const written = words.map((word) => (/^[\w./:@=,-]+$/.test(word) ? word : toCopy(word)));
    throw new CommandError(says.swallowed(command, option, [...written, option, ...value].join(' ')), 2);
  }
  let read: Arguments<Known>;
  try {
    read = parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const option = /'(-[^\s'=]*)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const meant = closest(option.slice(2), Object.keys(options));
      throw refuse(says.unknown(option, meant && `--${meant}`), cause);
    }
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      const isFlag = options[option.slice(2)]?.type === 'boolean';
      throw refuse(isFlag ? says.aValue(option) : says.noValue(option), cause);
    }
    throw cause;
  }
  const surplus = read.positionals[most];
  if (surplus !== undefined) throw refuse(says.word(surplus));
  return read;
}

/**
 * Without `--`, npm takes an option for one of its own: the command never sees it, but its environment does. npm knows
 * the value only if it was written after `=`. What people who publish packages may have set for npm itself says nothing.
 */
function keptByNpm(
  options: NonNullable<ParseArgsConfig['options']>,
): { command: string; option: string; value: string[] } | undefined {
  const command = process.env.npm_lifecycle_event;
  if (command === undefined) return undefined;
  for (const [name, { type }] of Object.entries(options)) {
    const kept = process.env[`npm_config_${name.replaceAll('-', '_')}`] ?? '';
    const isFlag = type === 'boolean';
    if (kept === '' || name === 'access' || (isFlag && kept !== 'true')) continue;
    return { command, option: `--${name}`, value: isFlag ? [] : [kept === 'true' ? '…' : kept] };
  }
  return undefined;
}
