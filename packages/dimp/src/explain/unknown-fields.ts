/** Fields that nobody knows. They are kept wherever a message goes, and mean nothing here. */
import type { Content, JsonMap } from 'dkd';
import { fieldOf, isJsonMap, MESSAGE_FIELDS } from 'dkd/extend';
import { quoted } from 'dkd/internal';
import { DOCUMENT_FIELDS, META_FIELDS } from '../trust/canonical-identity.ts';
import { fieldsOfKind } from './content-fields.ts';
import { MAX_SHOWN, type FirstOf } from './fault.ts';

/** What a message may have beside its own fields. */
const BESIDE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'IV',
  'iv',
  // What stations write for one another, and nobody signs.
  'from',
  'rcpt',
  'traces',
  'neighbor',
  'recipients',
  'muted',
  // The times of the documents that the sender has.
  'SDT',
  'GDT',
  'GHT',
  'GF',
]);
const OF_PROOF: ReadonlySet<string> = /* @__PURE__ */ new Set(['signature', 'receiver', 'keys']);

/** Characters of a name. */
const MAX_NAME = 40;
const USUAL_NAME = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * The paths of fields of a message map with long names that no reader here knows.
 * @param content as it was read; of a kind that a plugin defines, only the plugin could say
 */
export function unknownFieldsOf(fields: JsonMap, content: Content | undefined): FirstOf<string> {
  const found: string[] = [];
  let count = 0;
  const look = (map: JsonMap | undefined, known: ReadonlySet<string>, prefix: string) => {
    for (const name of Object.keys(map ?? {})) {
      if (known.has(name) || (map === fields && BESIDE.has(name))) continue;
      count++;
      if (found.length < MAX_SHOWN) found.push(prefix + (USUAL_NAME.test(name) ? name : quoted(name, MAX_NAME)));
    }
  };
  look(fields, MESSAGE_FIELDS, '');
  look(mapIn(fields, 'meta'), META_FIELDS, 'meta.');
  look(mapIn(fields, 'visa'), DOCUMENT_FIELDS, 'visa.');
  look(mapIn(fields, 'envelope_proof'), OF_PROOF, 'envelope_proof.');
  const known = content && fieldsOfKind(content.kind);
  if (content !== undefined && known !== undefined) look(content.fields, known, 'content.');
  return { items: found, more: count - found.length };
}

function mapIn(fields: JsonMap, name: string): JsonMap | undefined {
  const value = fieldOf(fields, name);
  return isJsonMap(value) ? value : undefined;
}
