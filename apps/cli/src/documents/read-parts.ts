/** Whatever somebody gives of an identity: an ID, a meta, documents, or all of it in one file. Nothing of it is believed. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DimError, parseJson, type JsonMap, type JsonValue } from 'dimp';
import { fieldOfAny, isJsonMap, optionalFieldOf } from 'dimp/extend';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { homeOf, isHome } from '../home/home.ts';
import { knownIdentity } from '../home/known-identity.ts';
import { withHome } from '../home/open-home.ts';
import { inFile } from '../input/in-file.ts';
import { readTextInput, STANDARD_INPUT } from '../input/read-input.ts';
import { printable } from '../text/printable.ts';

/** What was found, as it stands there. */
export interface Parts {
  readonly id?: JsonValue | undefined;
  readonly meta?: JsonValue | undefined;
  readonly documents: readonly JsonValue[];
}

/** Reads a file, standard input, or what this home knows of an ID; text that is neither is taken for an ID. */
export async function readParts(call: Call, source: string): Promise<Parts> {
  if (isFile(call, source)) {
    const text = await readTextInput(call.context, source);
    return inFile(source, () => partsOf(parseJson(text)));
  }
  return { id: source, ...(await knownHere(call, source)) };
}

/** The same, where an ID that is none is no answer. @throws DimError `USAGE_ARGUMENT` */
export async function readKnownParts(call: Call, source: string): Promise<Parts> {
  if (!isFile(call, source) && dim.ID.tryParse(source) === undefined)
    throw wrong(`${printable(source)} is neither a file nor an ID`);
  return readParts(call, source);
}

function isFile({ context }: Call, source: string): boolean {
  return source === STANDARD_INPUT || existsSync(resolve(context.folder, source));
}

async function knownHere(call: Call, text: string): Promise<Omit<Parts, 'id'>> {
  const id = dim.ID.tryParse(text);
  if (id === undefined || !isHome(homeOf(call))) return { documents: [] };
  return withHome(call, async ({ store }) => {
    const { meta, documents } = await knownIdentity(store, id);
    return { meta: meta?.fields, documents: documents.map(({ fields }) => fields) };
  });
}

/** The names that contacts, answers of stations and files of clients have for their parts. */
const IDS = ['id', 'did', 'ID'];
const LISTS = ['visas', 'documents'];
const SINGLE = ['visa', 'bulletin', 'document', 'profile'];

/** @throws DimError `INPUT_FORMAT` for JSON that is nothing of an identity */
export function partsOf(value: JsonValue): Parts {
  if (Array.isArray(value)) return { documents: value as readonly JsonValue[] };
  if (!isJsonMap(value)) throw nothingKnown();
  if (optionalFieldOf(value, 'meta') !== undefined || documentsOf(value).length > 0)
    return { id: idOf(value), meta: optionalFieldOf(value, 'meta'), documents: documentsOf(value) };
  if (isJsonMap(value['key'])) return { meta: value, documents: [] };
  if (idOf(value) !== undefined && value['data'] !== undefined) return { id: idOf(value), documents: [value] };
  throw nothingKnown();
}

function idOf(fields: JsonMap): JsonValue | undefined {
  return fieldOfAny(fields, IDS);
}

function documentsOf(fields: JsonMap): readonly JsonValue[] {
  return [
    ...LISTS.flatMap((name) => {
      const list = fields[name];
      return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
    }),
    ...SINGLE.map((name) => optionalFieldOf(fields, name)).filter((one) => isJsonMap(one)),
  ];
}

function nothingKnown(): DimError {
  return new DimError(
    'INPUT_FORMAT',
    'is neither a contact (as `dim id show --contact` prints it), nor a meta, nor a document',
  );
}
