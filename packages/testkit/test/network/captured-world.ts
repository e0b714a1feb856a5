/** The identities of a run with a deployed station, and what was said in it. */
import { readFileSync } from 'node:fs';
import { createDim, MemoryStore, type Dim, type JsonMap, type Messenger, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';

/** Without the commands of stations: so that what deployed clients write can be written, whatever is wrong in it. */
export const plain: Dim = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });

export type Name = 'station' | 'alice' | 'bob' | 'carol';

interface Captured {
  readonly assistant: string;
  readonly users: Readonly<Record<Name, CapturedUser>>;
}

interface CapturedUser {
  readonly did: string;
  readonly key: JsonMap;
  readonly messageKeys: readonly JsonMap[];
  readonly meta: JsonMap;
  readonly visas: readonly JsonMap[];
}

/** A request, and what the deployed station answered. */
export interface Rule {
  readonly note: string;
  readonly connection: number;
  readonly sender: Name;
  readonly receiver: string;
  readonly isIntroduced: boolean;
  readonly content: JsonMap;
  readonly answers: readonly JsonMap[];
}

function readCaptured(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./captured/${name}.json`, import.meta.url), 'utf8'));
}

const captured = readCaptured('identities') as Captured;

export const { rules } = readCaptured('session-rules') as { readonly rules: readonly Rule[] };

export const assistant = plain.ID.parse(captured.assistant);

export function user(name: Name): User {
  const { did, key, messageKeys, meta, visas } = captured.users[name];
  // As they were signed: of visas whose terminal is not signed, an older one is not taken any more.
  const read = visas
    .map((visa) => plain.Document.parse(visa))
    .sort((one, other) => (one.time ?? 0) - (other.time ?? 0));
  return {
    id: plain.ID.parse(did),
    meta: plain.Meta.parse(meta),
    visas: read as unknown as User['visas'],
    keys: {
      identity: plain.PrivateKey.parse(key),
      decrypt: messageKeys.map((each) => ({ key: plain.DecryptKey.parse(each) })),
    },
  };
}

/** Who writes and reads for a user of the run, and knows the others. */
export async function messengerOf(dim: Dim, name: Name, clock: () => number): Promise<Messenger> {
  const store = new MemoryStore();
  const own = user(name);
  await dim.addUser(store, own);
  for (const other of ['station', 'alice', 'bob', 'carol'] as const)
    if (other !== name) await dim.addContact(store, user(other));
  const self = name === 'carol' ? own.id.at('phone') : own.id;
  return dim.messenger({ self, store, clock, replay: false });
}

/** What the tests compare of an answer: as it is in the file. */
export function summaryOf(fields: JsonMap): JsonMap {
  const type = textOf(fields, 'type');
  if (type === '202') return { array: (fields['contents'] as JsonMap[]).map((content) => summaryOf(content)) };
  if (type === '255') return { forward: (fields['secrets'] as JsonMap[]).length };
  if (type !== '136' && type !== '137') return { type };
  const name = textOf(fields, 'command');
  const command = name === 'document' ? 'documents' : name;
  const told = ['title', 'text', 'template', 'recipient', 'names', 'records'].filter((each) => each in fields);
  return {
    command,
    ...Object.fromEntries(told.map((each) => [each, fields[each] ?? null])),
    ...('replacements' in fields && { replacements: without(fields['replacements'] as JsonMap, 'time') }),
    ...(command === 'receipt' && receiptOf(fields)),
    ...(command === 'handshake' && { hasAddress: 'remote_address' in fields }),
    ...((command === 'documents' || command === 'meta') && identityOf(command, fields)),
  };
}

function receiptOf(fields: JsonMap): JsonMap {
  const origin = fields['origin'] as JsonMap;
  const told = ['sender', 'receiver', 'rcpt', 'from', 'sn'].filter((each) => each in origin);
  return {
    origin: Object.fromEntries(told.map((each) => [each, origin[each] ?? null])),
    ...('sn' in origin && { sn: fields['sn'] ?? null }),
  };
}

function identityOf(command: string, fields: JsonMap): JsonMap {
  const documents = (fields['documents'] ?? []) as JsonMap[];
  return {
    did: fields['did'] ?? null,
    hasMeta: 'meta' in fields,
    ...(command === 'documents' && { terminals: documents.map((document) => textOf(document, 'did')).sort() }),
  };
}

function without(fields: JsonMap, name: string): JsonMap {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

/** A number as its digits. */
function textOf(fields: JsonMap, name: string): string {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? value.toString() : '';
}
