/** Checks what makes an identity: each part by the rules by which a client believes it. */
import {
  Bulletin,
  DimError,
  isDimError,
  learnIdentity,
  MemoryStore,
  verifyMeta,
  Visa,
  type Document,
  type ID,
  type JsonValue,
  type Meta,
} from 'dimp';
import { dim } from '../home/dim.ts';
import { entityTypeName } from '../home/entity-type-name.ts';
import { timeText } from './time-text.ts';
import type { Steps } from './steps.ts';

const NO_ID = 'is not given, and the file has none: `dim meta verify` checks a meta alone, or with an ID';

/** Checks the form, the checksum and the type of an ID. */
export async function checkId(steps: Steps, text: JsonValue | undefined): Promise<ID | undefined> {
  if (text === undefined) return steps.miss('ID', new DimError('INPUT_MISSING', NO_ID));
  return steps.take('ID', () => {
    const id = dim.ID.parse(text);
    const { kind } = id.address;
    const says = `${entityTypeName(id)}, ${kind === 'broadcast' ? 'a word' : `${kind} address with a sound checksum`}`;
    return { value: id, says };
  });
}

const MISSING = 'is not given, and not known here: give a file that has it, or `dim contact add ID` asks the station';

/** Checks that a meta is one. */
export async function checkMeta(steps: Steps, value: JsonValue | undefined): Promise<Meta | undefined> {
  return steps.take('meta', () => {
    if (value === undefined) throw new DimError('MISSING_META', MISSING);
    const meta = dim.Meta.parse(value);
    return { value: meta, says: `type ${meta.type} (${meta.typeName}), ${meta.publicKey.algorithm}` };
  });
}

/** Checks that a meta is that of an ID. */
export async function checkMatch(steps: Steps, meta: Meta, id: ID): Promise<boolean> {
  const isMatch = await steps.take('meta is of the ID', () => {
    if (meta.matches(id)) return { value: true, says: 'name and address come from it' };
    throw new DimError('CRYPTO_VERIFY', `it is the meta of ${idOfMeta(meta, id.type) ?? 'IDs of another type'}`);
  });
  return isMatch === true;
}

/** Checks that the key of a meta has signed its name. */
export async function checkFingerprint(steps: Steps, meta: Meta): Promise<boolean> {
  const isSigned = await steps.take('fingerprint', async () => {
    if (!(await meta.verify())) throw new DimError('CRYPTO_VERIFY', 'the key has not signed the seed');
    return { value: true, says: meta.seed === undefined ? 'none is needed' : 'the key has signed the seed' };
  });
  return isSigned === true;
}

/** Checks a document with a meta that holds; without one nothing can be told. */
export async function checkDocument(
  steps: Steps,
  value: JsonValue,
  owner: { readonly id: ID; readonly meta: Meta } | undefined,
): Promise<void> {
  const document = dim.Document.tryParse(value);
  await steps.take(document === undefined ? 'document' : documentName(document), async () => {
    const read = document ?? dim.Document.parse(value);
    if (owner === undefined) throw new DimError('MISSING_META', 'nothing can be told without a meta that holds');
    await learn(owner, read);
    if (read instanceof Visa) void read.encryptKeys;
    return { value: read, says: `signed at ${timeText(read.time)}` };
  });
}

/** What a client would make of it that has never heard of the ID. */
async function learn({ id, meta }: { readonly id: ID; readonly meta: Meta }, document: Document): Promise<void> {
  const { value } = await learnIdentity(dim, new MemoryStore(), { id: id.entity, meta, documents: [document] });
  const [outcome] = value.documents;
  if (!isDimError(outcome)) return;
  const path = outcome.path.replace(/^documents\[0\]\.?/, '');
  throw new DimError(outcome.code, outcome.reason, { path, cause: outcome });
}

/** The meta and its ID, where both belong together. */
export async function soundOwner(
  id: ID | undefined,
  meta: Meta | undefined,
): Promise<{ readonly id: ID; readonly meta: Meta } | undefined> {
  if (id === undefined || meta === undefined) return undefined;
  return (await verifyMeta(meta, id)) ? { id, meta } : undefined;
}

/** The ID that a meta gives for a type, where it gives one. */
export function idOfMeta(meta: Meta, type: number): string | undefined {
  try {
    return meta.id(type).toString();
  } catch (error) {
    if (isDimError(error)) return undefined;
    throw error;
  }
}

/** What a document is called among others. */
export function documentName(document: Document): string {
  if (document instanceof Visa) return document.terminal === undefined ? 'visa' : `visa of ${document.terminal}`;
  return document instanceof Bulletin ? 'bulletin' : document.type;
}
