/** What other SDKs export, as `extract/` found it in their packages: names are facts, and nothing else of theirs is kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOM = join(import.meta.dirname, '..');
export const LANGUAGES = ['python', 'javascript', 'java', 'dart'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Extraction {
  readonly language: string;
  readonly packages: readonly NamedPackage[];
}

export interface NamedPackage {
  readonly package: string;
  readonly version: string;
  /** A registry, or a repository with its commit. */
  readonly from: string;
  readonly names: readonly PublicName[];
}

export interface PublicName {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'mixin' | 'enum' | 'extension' | 'typedef' | 'function' | 'value';
  readonly module: string;
  readonly members: readonly string[];
}

export function readNames(language: Language): Extraction {
  return readJson(`names/${language}.json`) as Extraction;
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOM, path), 'utf8'));
}

/** The same thing in all four languages: Java writes `ID.Factory` where the others write `IDFactory`. */
export function familyName(name: string): string {
  return name.replaceAll('.', '');
}

/** `get_meta`, `getMeta` and `meta` are one member; constants keep their name. */
export function familyMember(member: string): string {
  if (/^[A-Z][A-Z0-9_]*$/.test(member)) return member;
  const camel = member.replaceAll(/_{1,4}([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
  const bare = /^[gs]et([A-Z]\w*)$/.exec(camel)?.[1] ?? camel;
  return /^[A-Z]{2,9}$/.test(bare) ? bare.toLowerCase() : bare.slice(0, 1).toLowerCase() + bare.slice(1);
}
