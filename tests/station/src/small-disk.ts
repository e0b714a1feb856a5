/** A small disk in memory, where the system lets everybody mount one. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

/** Runs a program with a disk of eight megabytes in a folder, which nobody else sees. */
export function withSmallDisk(folder: string, ...command: readonly string[]): SpawnSyncReturns<string> {
  const mount = 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"';
  return spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', mount, folder, ...command], {
    encoding: 'utf8',
  });
}

/** Whether that can be done here. */
export function canMount(folder: string): boolean {
  return withSmallDisk(folder, 'true').status === 0;
}
