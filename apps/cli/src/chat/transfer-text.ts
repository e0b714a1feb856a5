/** How far a file is, in a line. */
import { sizeText } from '../files/progress-line.ts';
import type { TransferStep } from './view.ts';

const VERBS = { preparing: 'encrypting', sending: 'uploading', receiving: 'downloading' } as const;

/** `uploading x.png: 40% of 1.5 MB`. @param filename made printable */
export function transferText(filename: string, step: TransferStep): string {
  if (typeof step === 'string') return `${filename}: ${step}`;
  const { phase, done, total } = step;
  const part =
    total === undefined || total === 0 ? sizeText(done) : `${Math.floor((done / total) * 100)}% of ${sizeText(total)}`;
  return `${VERBS[phase]} ${filename}: ${part}`;
}
