/** `dim doc sign`: one's own visa, or the bulletin of one's own group, with other properties. */
import {
  Bulletin,
  DimError,
  isDimError,
  learnIdentity,
  parseJson,
  verifyDocument,
  verifyMeta,
  Visa,
  type Document,
  type ID,
  type JsonValue,
  type Meta,
} from 'dimp';
import { currentTime } from 'dimp/extend';
import { ownKeys, type OwnKeys } from 'dimp/internal';
import { addLocalUser } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { knownIdentity } from '../home/known-identity.ts';
import { selfOf, withHome, type OpenHome } from '../home/open-home.ts';
import { printable } from '../text/printable.ts';
import { readKnownParts } from './read-parts.ts';
import { jsonText } from '../text/json-text.ts';

/** As the command takes them. */
export interface SignOptions {
  readonly name?: string | undefined;
  readonly avatar?: string | undefined;
  /** `name=json`, each. */
  readonly set?: readonly string[] | undefined;
  /** The device, where it is not this one. */
  readonly terminal?: string | undefined;
  readonly keep?: true | undefined;
}

/** What signing writes by itself, and what keys of this home belong to. */
const FIXED: ReadonlySet<string> = new Set(['did', 'ID', 'type', 'terminal', 'time', 'created_time', 'key', 'keys']);

/** The shortest time by which one document is later than another, in seconds. */
const LATER = 0.001;

/** Signs a document anew. The documented shape: `{ id, isKept, document }`. */
export async function signDocument(call: Call, source: string | undefined, options: SignOptions): Promise<Result> {
  const changes = changesOf(options);
  return withHome(call, async (open) => {
    const self = await selfOf(call, open);
    const keys = await ownKeys(dim, open.store, self);
    const { identity } = keys;
    if (identity === undefined)
      throw new DimError('MISSING_PRIVATE_KEY', `this home has no identity key of ${printable(self.toString())}`, {
        missing: [{ what: 'private-key', id: self }],
      });
    const { document, meta } = await find(call, { open, self, source, keys, terminal: options.terminal });
    // Nobody takes one that is not later than the one before, whatever the clock says.
    const time = Math.max(currentTime(), (document.time ?? 0) + LATER);
    const signed = await document.with(changes).sign(identity, { time });
    checkReadable(signed);
    const owner = await verifyMeta(meta, signed.did.entity);
    if (!owner || !(await verifyDocument(signed, owner)))
      throw new DimError(
        'CRYPTO_VERIFY',
        `${printable(signed.did.toString())} is not of this identity: nobody would believe it`,
      );
    if (options.keep === true) await keep(open, { self, meta, signed, keys });
    const json = { id: signed.did.entity.toString(), isKept: options.keep === true, document: signed.fields };
    return { json, text: jsonText(signed.fields) };
  });
}

function changesOf({ name, avatar, set = [] }: SignOptions): Record<string, JsonValue | undefined> {
  const changes = Object.fromEntries(set.map((text) => assignmentOf(text)));
  if (name !== undefined) changes['name'] = name;
  if (avatar !== undefined) changes['avatar'] = urlOf(avatar);
  if (Object.keys(changes).length === 0) throw wrong('say what is to change: --name, --avatar or --set');
  return changes;
}

function assignmentOf(text: string): readonly [string, JsonValue | undefined] {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  if (at < 1) throw wrong(`--set must be NAME=JSON, as title='"Captain"'; null takes it away`);
  if (FIXED.has(name)) throw wrong(`${printable(name)} cannot be set: it belongs to the device and to the signature`);
  try {
    return [name, parseJson(text.slice(at + 1)) ?? undefined];
  } catch (error) {
    if (!isDimError(error)) throw error;
    throw wrong(
      `--set ${printable(name)}= must be JSON: text stands in quotes, as ${printable(name)}='"Captain"'`,
      error,
    );
  }
}

function urlOf(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol === 'https:' || protocol === 'http:') return text;
  throw wrong('--avatar must be the address of a picture, as https://pictures.example/me.png');
}

interface Wanted {
  readonly open: OpenHome;
  readonly self: ID;
  readonly source: string | undefined;
  readonly keys: OwnKeys;
  readonly terminal: string | undefined;
}

/** What is to be signed, and the meta that its signature has to hold with. */
async function find(call: Call, wanted: Wanted): Promise<{ readonly document: Document; readonly meta: Meta }> {
  const { open, self, source } = wanted;
  const document = source === undefined ? await ownVisa(wanted) : await given(call, source);
  const { meta } = await knownIdentity(open.store, document.did.entity);
  if (meta !== undefined) return { document, meta };
  if (document.did.equals(self)) throw wrong('this home does not know the meta of its own identity');
  throw new DimError('MISSING_META', `of ${printable(document.did.toString())} no meta is known here`, {
    missing: [{ what: 'meta', id: document.did.entity }],
  });
}

async function ownVisa({ open, self, keys, terminal: wanted }: Wanted): Promise<Visa> {
  const terminal = wanted ?? keys.decrypt[0]?.terminal;
  const { documents } = await knownIdentity(open.store, self);
  const visas = documents.filter((one) => one instanceof Visa);
  const visa = visas.find((one) => one.terminal === terminal) ?? (wanted === undefined ? visas[0] : undefined);
  if (visa !== undefined) return visa;
  throw wrong(
    `there is no visa of ${printable(terminal ?? 'this device')}: \`dim id show\` lists those that there are`,
  );
}

async function given(call: Call, source: string): Promise<Document> {
  const [first, ...others] = (await readKnownParts(call, source)).documents;
  if (first === undefined) throw wrong(`${printable(source)} has no document`);
  if (others.length > 0) throw wrong(`${printable(source)} has several documents: one is signed at a time`);
  return dim.Document.parse(first);
}

/** What others read of it at once has to be what it should be. */
function checkReadable(signed: Document): void {
  try {
    void signed.name;
    if (signed instanceof Visa) void signed.avatar;
    if (signed instanceof Bulletin) void [signed.founder, signed.assistants, signed.administrators];
  } catch (error) {
    if (!isDimError(error)) throw error;
    throw wrong(`nobody could read that: ${error.path.replace(/^data\./, '')} ${error.reason}`, error);
  }
}

interface Signed {
  readonly self: ID;
  readonly meta: Meta;
  readonly signed: Document;
  readonly keys: OwnKeys;
}

async function keep({ store }: OpenHome, { self, meta, signed, keys: { identity, decrypt } }: Signed): Promise<void> {
  if (signed instanceof Visa && identity !== undefined) {
    await addLocalUser(dim, store, { id: self, meta, visas: [signed], keys: { identity, decrypt } });
    return;
  }
  await store.exclusive(async () => {
    const { value, changes } = await learnIdentity(dim, store, { id: signed.did.entity, documents: [signed] });
    const [outcome] = value.documents;
    if (isDimError(outcome)) throw outcome;
    await store.commit(changes);
  });
}
