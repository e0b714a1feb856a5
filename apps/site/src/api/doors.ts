/** The doors of the published packages, as their package.json names them: a new one is in the reference by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../project/places.ts';

export interface Door {
  /** As it is imported: `dimsdk/node`. */
  readonly name: string;
  /** The source of it. */
  readonly path: string;
  /** What its source says of it, in its first comment. */
  readonly says: string;
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly '@dim/source'?: string }>>;
}

/** In the order in which somebody meets them; what is exported twice is described at the first of those below it. */
const ORDER = ['dimp', 'dimplugins', 'dimsdk', 'dimstation', 'dimtestkit', 'dkd', 'mkm'];

/** All doors but the internal ones, which promise nothing. */
export function doors(): readonly Door[] {
  return readdirSync(join(ROOT, 'packages'))
    .flatMap(doorsOf)
    .toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

function doorsOf(folder: string): readonly Door[] {
  const text = readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8');
  const { name, exports } = JSON.parse(text) as Manifest;
  return Object.entries(exports).flatMap(([door, target]) => {
    const source = typeof target === 'string' ? undefined : target['@dim/source'];
    if (source === undefined || /(^|\/)internal$/.test(door)) return [];
    const path = join(ROOT, 'packages', folder, source);
    return [{ name: `${name}${door.slice(1)}`, path, says: firstComment(readFileSync(path, 'utf8')) }];
  });
}

function firstComment(source: string): string {
  const end = source.indexOf('*/');
  if (!source.startsWith('/**') || end < 0) return '';
  const lines = source.slice(3, end).split('\n');
  return lines
    .map((line) => line.trim().replace(/^\* ?/, ''))
    .join(' ')
    .trim();
}

function rank({ name }: Door): number {
  return ORDER.indexOf(name.split('/', 1)[0] ?? '');
}
