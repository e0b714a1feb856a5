/** How far a file is, in one line of a terminal. */
import type { OnFileProgress } from 'dimsdk';
import type { CommandContext } from '../command/command-context.ts';

const WORDS = { preparing: 'encrypting', sending: 'sending', receiving: 'receiving' } as const;

/** Shown on standard error, where that is a terminal; nothing stays of it. */
export function progressLine({ stderr }: Pick<CommandContext, 'stderr'>): { show: OnFileProgress; end(): void } {
  const isShown = stderr.isTTY === true;
  let last = '';
  return {
    show: ({ phase, done, total }) => {
      const amount = total === undefined ? sizeText(done) : `${Math.floor((100 * done) / Math.max(1, total))} %`;
      const line = `${WORDS[phase]} ${amount}`;
      if (!isShown || line === last) return;
      last = line;
      stderr.write(`\r\u001B[K${line}`);
    },
    end: () => {
      if (isShown && last !== '') stderr.write('\r\u001B[K');
    },
  };
}

/** `1.5 MB`, in powers of ten as file managers show it. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
