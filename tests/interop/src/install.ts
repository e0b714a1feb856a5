/** Running installers, and telling why one failed. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { quoted } from 'runner/names';
import { UsageError } from 'runner/usage-error';

/** Where peers are kept between runs. */
export const CACHE_DIRECTORY = fileURLToPath(new URL('../../../.cache/interop', import.meta.url));

/** There is nothing to exchange with, and that is nobody's fault here. */
export class UnavailablePeer extends Error {
  override readonly name = 'UnavailablePeer';
}

/**
 * Runs a program to its end.
 * @throws UnavailablePeer when a package registry cannot be reached
 */
export function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error !== undefined) throw new Error(`${command} does not start: ${error.message}`);
  if (status === 0) return;
  const output = `${stdout}${stderr}`;
  if (isUnreachable(output)) throw new UnavailablePeer('the package registry cannot be reached');
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output.slice(-2000)}`);
}

/** Whether an installer failed because nobody answered; any other failure is one. */
export function isUnreachable(output: string): boolean {
  return /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries exceeded|connection broken|Temporary failure in name resolution|UnknownHostException|Connection (?:refused|timed out)|Could not transfer artifact/i.test(
    output,
  );
}

/** Whether there is such a program. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** The line of a program that somebody names, perhaps with arguments. @throws UsageError where there is no such program */
export function installedProgram(line: string): string {
  const [command = ''] = line.split(/\s/);
  if (command === '') throw new UsageError('a program must be named');
  // Whatever it says of `--version`, it is there.
  const { error } = spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 5000 });
  if (error !== undefined && !error.message.includes('ETIMEDOUT'))
    throw new UsageError(`there is no program ${quoted(command)}`);
  return line;
}
