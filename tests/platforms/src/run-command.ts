/** Runs other programs. */
import { execFile } from 'node:child_process';

/** What a program said. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** After so many seconds the program is ended, and that is an error; none, if not given. */
  readonly seconds?: number;
}

/** Runs a program to its end, whatever its exit status. It is an error only when it cannot be started. */
export function tryCommand(
  file: string,
  parameters: readonly string[],
  { cwd, env = {}, seconds = 0 }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 << 20, timeout: seconds * 1000 };
    execFile(file, parameters, options, (error, stdout, stderr) => {
      if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ status: error.code, stdout, stderr });
      else reject(error);
    });
  });
}

/** Runs a program that must succeed, and gives what it wrote to its standard output. */
export async function runCommand(
  file: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { status, stdout, stderr } = await tryCommand(file, parameters, options);
  if (status === 0) return stdout;
  throw new Error(`${file} ${parameters.join(' ')} ended with ${status}\n${stdout}${stderr}`);
}
