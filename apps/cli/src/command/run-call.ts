/** Runs a command, and prints what comes of it. */
import { DimError } from 'dimp';
import type { Call, GlobalOptions, Result } from './call.ts';
import type { CommandContext, Output } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { Interrupted } from './interrupted.ts';
import { failureOf } from './failure.ts';
import { jsonLine } from '../text/json-text.ts';

/** What a command does. */
export type Run = (call: Call) => Promise<Result | undefined>;

/** @returns the exit code */
export async function runCall(context: CommandContext, globals: GlobalOptions, run: Run): Promise<number> {
  const isForMachines = globals.json === true;
  const tell = async ({ json, text }: Result): Promise<void> =>
    write(context.stdout, isForMachines ? `${jsonLine(json)}\n` : text === '' ? '' : `${text}\n`);
  try {
    const result = await run({ context, globals, tell, note: (line) => context.stderr.write(`${line}\n`) });
    if (result !== undefined) await tell(result);
    return context.signal.aborted ? EXIT.interrupted : (result?.exitCode ?? EXIT.done);
  } catch (error) {
    if (context.signal.aborted || error instanceof Interrupted) return EXIT.interrupted;
    return tellFailure(context, isForMachines, error);
  }
}

/** Writes an error. Machines read one object, whatever happens. @returns the exit code */
export async function tellFailure(context: CommandContext, isForMachines: boolean, error: unknown): Promise<number> {
  const { json, text, exitCode } = failureOf(error);
  // Where it is the output that cannot be written, standard error says so.
  if (isForMachines) await write(context.stdout, `${jsonLine(json)}\n`).catch(() => undefined);
  await write(context.stderr, text).catch(() => undefined);
  return exitCode;
}

/**
 * Done when it is written: a pipe may be slower than a command that goes on.
 * @throws DimError `STORE_FAILED` where it cannot be written, as to a disk that is full
 */
async function write(output: Output, text: string): Promise<void> {
  if (text === '') return;
  const error = await new Promise<Error | null | undefined>((resolve) => {
    output.write(text, resolve);
  });
  if (error === null || error === undefined || ('code' in error && error.code === 'EPIPE')) return;
  throw new DimError('STORE_FAILED', `what it did is done, and its output cannot be written: ${error.message}`, {
    cause: error,
  });
}
