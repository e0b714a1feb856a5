/** A station in a process of its own, on a free port of this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** A station that is ready, and what ends it. */
export async function startStation(
  folder: string,
  ...more: readonly string[]
): Promise<{ readonly address: string; end(): Promise<void> }> {
  const words = ['station', 'start', '--port', '0', '--admin-port', '0', '--data', 'station', ...more];
  const station = spawn(process.execPath, [PROGRAM, ...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(station, 'close');
  const end = async (): Promise<void> => {
    station.kill('SIGKILL');
    await closed;
  };
  const lines = createInterface({ input: station.stderr, signal: AbortSignal.timeout(30_000) });
  for await (const line of lines) {
    const [, address] = /tcp:\/\/(127\.0\.0\.1:\d{1,5})/.exec(line) ?? [];
    if (address === undefined) continue;
    // Whatever else it says is not read, and must not hold it up.
    station.stderr.resume();
    return { address, end };
  }
  await end();
  throw new Error('the station does not start');
}
