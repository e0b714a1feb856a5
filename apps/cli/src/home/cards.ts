/**
 * What everybody may know of the identities of a home, as a file beside the store: to show who one is takes no database and no
 * cryptography then, and other programs can read it. It is a copy: each command that opens the store writes it anew where it differs.
 */
import { readFileSync, rmSync } from 'node:fs';
import type { JsonMap } from 'dimp';
import type { Home } from './home.ts';

/** What is told of an identity: the documented shape of `dim id show --json`. */
export type IdentityCard = {
  readonly id: string;
  readonly type: string;
  readonly name: string | null;
  /** Whether the private keys are in this home. */
  readonly isOwn: boolean;
  readonly meta: { readonly type: string; readonly algorithm: string; readonly seed: string | null } | null;
  readonly visas: readonly DeviceCard[];
};

/** What is told of a device. */
export type DeviceCard = {
  readonly terminal: string | null;
  readonly name: string | null;
  /** When the visa was signed, in seconds since 1970. */
  readonly time: number | null;
  /** Algorithms of the keys that others encrypt to. */
  readonly keys: readonly string[];
};

/** An identity of this home. */
export interface OwnCard {
  readonly card: IdentityCard;
  /** What others need to write to it: `dim id show --contact`. */
  readonly contact: JsonMap;
}

const VERSION = 1;

/** The identities of a home; undefined where there is no such file, or it is damaged, or of another version. */
export function readCards({ cards }: Home): readonly OwnCard[] | undefined {
  try {
    const { version, identities } = JSON.parse(readFileSync(cards, 'utf8')) as Partial<CardsFile>;
    return version === VERSION && Array.isArray(identities) && identities.every(isOwnCard) ? identities : undefined;
  } catch {
    return undefined;
  }
}

/** Writes them, where they are not the same already. @throws DimError `STORE_…` */
export async function writeCards({ cards }: Home, identities: readonly OwnCard[]): Promise<void> {
  const file: CardsFile = { version: VERSION, identities };
  const text = `${JSON.stringify(file, undefined, 2)}\n`;
  if (text === textOf(cards)) return;
  const { replacePrivateFile } = await import('dimstation/internal');
  await replacePrivateFile(cards, text);
}

/** Takes away what is not right any more: the store has it all. What cannot be removed, a folder say, is not read as cards. */
export function removeCards({ cards }: Home): void {
  try {
    rmSync(cards, { force: true });
  } catch {
    // The command has done what it was to do, and that is what counts.
  }
}

/** Nobody else writes the file; but disks fail, and people try what happens. */
function isOwnCard(value: unknown): value is OwnCard {
  const { card, contact } = mapOf(value);
  const { id, type, name, isOwn, meta, visas } = mapOf(card);
  return (
    typeof id === 'string' &&
    typeof type === 'string' &&
    isTextOrNull(name) &&
    typeof isOwn === 'boolean' &&
    (meta === null || isMetaCard(mapOf(meta))) &&
    Array.isArray(visas) &&
    visas.every((visa) => isDeviceCard(mapOf(visa))) &&
    mapOf(contact)['id'] === id
  );
}

function isMetaCard({ type, algorithm, seed }: Fields): boolean {
  return typeof type === 'string' && typeof algorithm === 'string' && isTextOrNull(seed);
}

function isDeviceCard({ terminal, name, time, keys }: Fields): boolean {
  return (
    isTextOrNull(terminal) &&
    isTextOrNull(name) &&
    (time === null || typeof time === 'number') &&
    Array.isArray(keys) &&
    keys.every((key) => typeof key === 'string')
  );
}

type Fields = Readonly<Record<string, unknown>>;

function mapOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

interface CardsFile {
  readonly version: number;
  readonly identities: readonly OwnCard[];
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
