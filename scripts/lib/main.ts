import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A failure that has been foreseen: one line for the operator, no stack. `code` 1: a problem was found; 2: wrong use. */
export class CommandError extends Error {
  readonly code: 1 | 2;

  constructor(message: string, code: 1 | 2 = 1, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
  }
}

/**
 * Where every script ends: runs `command`, prints an expected failure as one line and any other with its stack, and
 * sets the exit code. The process is left to finish by itself, so that output and servers are not cut off.
 */
export async function runMain(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof CommandError) {
      console.error(error.message);
      process.exitCode = error.code;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  }
}

interface Arguments<Options extends NonNullable<ParseArgsConfig['options']>> {
  values: ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>>['values'];
  positionals: string[];
}

/**
 * Reads the command line. `--help` prints `help` and gives `null`: there is nothing left to do.
 *
 * @throws CommandError with code 2 for an unknown option or more words than `most`
 */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  help: string,
  options: Options,
  most = 0,
): Arguments<Options> | null {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return null;
  }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > most) throw new Error(`unexpected argument "${positionals[most] ?? ''}"`);
    return { values, positionals };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    throw new CommandError(`${reason} (--help shows the usage)`, 2, { cause });
  }
}
