/** `dim meta`. */
import { EntityType, type Meta } from 'dimp';
import { encodeBase64 } from 'dimp/extend';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { inFile } from '../input/in-file.ts';
import { printable } from '../text/printable.ts';
import { checkFingerprint, checkId, checkMatch, checkMeta, idOfMeta } from './check-parts.ts';
import { readKnownParts } from './read-parts.ts';
import { Steps } from './steps.ts';
import { jsonText } from '../text/json-text.ts';

/** What metas give IDs for, most of the time. */
const TYPES = ['USER', 'GROUP', 'STATION', 'BOT'] as const;

const KNOWN_FIELDS: ReadonlySet<string> = new Set(['type', 'version', 'key', 'seed', 'fingerprint']);

/** Shows a meta. The documented shape: `{ type, typeName, algorithm, key, seed, fingerprint, ids: { user, … }, unknown: [name] }`. */
export async function showMeta(call: Call, source: string): Promise<Result> {
  const { meta: value } = await readKnownParts(call, source);
  if (value === undefined) throw wrong(`${printable(source)} has no meta`);
  const meta = await inFile(source, () => dim.Meta.parse(value));
  const ids = idsOf(meta);
  const unknown = Object.keys(meta.fields).filter((name) => !KNOWN_FIELDS.has(name));
  const { fingerprint, publicKey, seed, type, typeName } = meta;
  const rows = [
    ['type', `${type} (${typeName})`],
    ['key', publicKey.algorithm],
    ...(seed === undefined ? [] : [['seed', seed]]),
    ...Object.entries(ids),
    ...(unknown.length === 0 ? [] : [['unknown', unknown.join(', ')]]),
  ];
  return {
    json: {
      type,
      typeName,
      algorithm: publicKey.algorithm,
      key: publicKey.fields,
      seed: seed ?? null,
      fingerprint: fingerprint === undefined ? null : encodeBase64(fingerprint),
      ids,
      unknown,
    },
    text: [
      ...rows.map(([name = '', about = '']) => `${name.padEnd(9)}${printable(about, MAX_LENGTH)}`),
      jsonText(publicKey.fields),
    ].join('\n'),
  };
}

const MAX_LENGTH = 500;

function idsOf(meta: Meta): Readonly<Record<string, string>> {
  const ids = TYPES.map((name) => [name.toLowerCase(), idOfMeta(meta, EntityType[name])] as const);
  return Object.fromEntries(ids.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** Checks a meta, alone or against an ID. The shape is that of `Steps`. */
export async function verifyMetaFile(call: Call, source: string, of: string | undefined): Promise<Result> {
  const parts = await readKnownParts(call, source);
  const steps = new Steps();
  const text = of ?? parts.id;
  const id = text === undefined ? undefined : await checkId(steps, text);
  const meta = await checkMeta(steps, parts.meta);
  if (meta !== undefined) {
    if (id !== undefined) await checkMatch(steps, meta, id.entity);
    await checkFingerprint(steps, meta);
  }
  return steps.result(id?.entity.toString());
}
