/** What a person has chosen once, so that commands need not say it again. */
import { readFileSync } from 'node:fs';
import { DimError, type JsonMap, type JsonValue } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { printable } from '../text/printable.ts';
import type { Home } from './home.ts';

/** What may be chosen. The file is for people too: JSON, in lines. */
export interface Settings {
  /** The identity, where the home has several. */
  readonly self?: string | undefined;
  /** Where the station is, as `--station` takes it. */
  readonly station?: string | undefined;
  /** Where files are uploaded to, as `--files` takes it. */
  readonly files?: string | undefined;
}

const NAMES: readonly (keyof Settings)[] = ['self', 'station', 'files'];

/** None where there is no file. @throws DimError `STORE_FAILED` for one that is damaged */
export function readSettings({ settings }: Home): Settings {
  const text = readFile(settings);
  if (text === undefined) return {};
  const value = parse(text, settings);
  const found: [string, string][] = [];
  for (const name of NAMES) {
    const one = value[name];
    if (one === undefined) continue;
    if (typeof one !== 'string' || one === '') throw damaged(settings, `${name} must be text`);
    found.push([name, one]);
  }
  return Object.fromEntries(found);
}

/** Changes some of them; undefined takes one away. @throws DimError `STORE_…` */
export async function changeSettings(home: Home, change: Settings): Promise<void> {
  const { replacePrivateFile } = await import('dimstation/internal');
  const all = { ...readSettings(home), ...change };
  await replacePrivateFile(home.settings, `${JSON.stringify(all, undefined, 2)}\n`);
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (((error ?? {}) as { readonly code?: unknown }).code === 'ENOENT') return undefined;
    throw new DimError('STORE_FAILED', `${printable(path)} cannot be read`, { cause: error });
  }
}

function parse(text: string, path: string): JsonMap {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (isJsonMap(value)) return value;
  } catch (error) {
    throw damaged(path, 'it is no JSON', error);
  }
  throw damaged(path, 'it must be an object');
}

function damaged(path: string, reason: string, cause?: unknown): DimError {
  return new DimError('STORE_FAILED', `${printable(path)} is damaged: ${reason}. Mend it, or remove it`, { cause });
}
