/** Wire shapes: in which of the shapes of the years a message is written. A reader takes them all. */
import { DimError, type JsonMap, type JsonValue } from 'dkd';
import { changeFields, fieldOf, isJsonMap } from 'dkd/extend';
import { toDeployedContent, toDeployedDocument, toDeployedMeta, toNumber } from './deployed-shape.ts';

/**
 * - `2.4`: today's documented shapes. The default.
 * - `deployed`: what deployed clients of the family understand, old names beside new ones.
 * - `2.0`: as `2.4`, but a message for one receiver has one `key`.
 */
export type WireShape = '2.4' | 'deployed' | '2.0';

const SHAPES: readonly unknown[] = ['2.4', 'deployed', '2.0'] satisfies readonly WireShape[];

/** @throws DimError `USAGE_ARGUMENT` for what would be written in no known shape */
export function checkWireShape(wireShape: WireShape | undefined): void {
  if (wireShape === undefined || SHAPES.includes(wireShape)) return;
  throw new DimError('USAGE_ARGUMENT', `must be one of ${SHAPES.join(', ')}`, { path: 'wireShape' });
}

/** The map of a content as a wireShape writes it; before it is encrypted. */
export function contentInShape(fields: JsonMap, wireShape: WireShape): JsonMap {
  return wireShape === 'deployed' ? toDeployedContent(fields) : fields;
}

/**
 * The map of a message as a wireShape writes it. What is signed and encrypted stays as it is.
 */
export function messageInShape(fields: JsonMap, wireShape: WireShape): JsonMap {
  if (wireShape === 'deployed') return toDeployedMessage(fields);
  return wireShape === '2.0' ? withSingleKey(fields) : fields;
}

function toDeployedMessage(fields: JsonMap): JsonMap {
  const { type, meta, visa } = fields;
  return changeFields(fields, {
    // Where there is no key, its name alone says nothing to clients that know no such names.
    ...(encryptedKeysOf(fields).length === 0 && { keys: undefined }),
    ...(type !== undefined && { type: toNumber(type) }),
    ...(meta !== undefined && { meta: toDeployedMeta(meta) }),
    ...(visa !== undefined && { visa: toDeployedDocument(visa) }),
  });
}

function withSingleKey(fields: JsonMap): JsonMap {
  const [key, ...more] = encryptedKeysOf(fields);
  // With a key for each of several terminals there is no single one.
  return more.length === 0 ? changeFields(fields, { keys: undefined, key }) : fields;
}

/** The keys of a message, without the name of the one that they encrypt. */
function encryptedKeysOf(fields: JsonMap): readonly JsonValue[] {
  const keys = fieldOf(fields, 'keys');
  const entries = isJsonMap(keys) ? Object.entries(keys) : [];
  return entries.filter(([name]) => name !== 'digest').map(([, key]) => key);
}
