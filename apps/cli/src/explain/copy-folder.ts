/**
 * The folder for a copy of the store. It is in the home, whose owner alone reads it: a process can be killed at any time, and what
 * people wrote must not be left in a folder that all share.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DimError } from 'dimp';
import { printable } from '../text/printable.ts';

/** Its name says what it is, and of which process. */
const PREFIX = 'copy-for-explain-';
const NAME = /^copy-for-explain-(\d{1,10})-/;

/** Those of this process that are in use. */
const folders = new Set<string>();

/** Makes one of mode 700, and removes those of processes that are gone. @throws DimError `STORE_…` */
export function makeCopyFolder(home: string): string {
  removeLeftCopies(home);
  // Also where the process is ended in the middle; what SIGKILL leaves is removed the next time.
  if (folders.size === 0) process.on('exit', removeAll);
  const folder = makeFolder(home);
  folders.add(folder);
  return folder;
}

/** Removes one with all that is in it. */
export function removeCopyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', removeAll);
}

function makeFolder(home: string): string {
  try {
    return mkdtempSync(join(home, `${PREFIX}${process.pid}-`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const name = printable(home);
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new DimError('STORE_FULL', `there is no room on the disk for a copy in ${name}`, { cause: error });
    throw new DimError('STORE_FAILED', `no copy to look at can be made in ${name}: it must be writable for this user`, {
      cause: error,
    });
  }
}

function removeAll(): void {
  for (const folder of folders) removeIfPossible(folder);
}

function removeLeftCopies(home: string): void {
  for (const name of readdirSync(home)) {
    const [, pid] = NAME.exec(name) ?? [];
    const folder = join(home, name);
    if (pid !== undefined && !folders.has(folder) && !isAnotherRunning(Number(pid))) removeIfPossible(folder);
  }
}

/** Whether another process has this number. That of this one may have been that of one before it. */
function isAnotherRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, for another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Systems that keep what is open have it removed the next time. */
function removeIfPossible(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Whoever asked to explain a message gets that, and not this.
  }
}
