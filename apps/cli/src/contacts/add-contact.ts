/** `dim contact add`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DimError, isDimError, learnIdentity, MemoryStore, type Document, type ID, type Memory, type Meta } from 'dimp';
import { isJsonMap, parseJsonMap } from 'dimp/extend';
import type { Call, Result } from '../command/call.ts';
import { EXIT } from '../command/exit-codes.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { knownIdentity } from '../home/known-identity.ts';
import { inFile } from '../input/in-file.ts';
import { readTextInput, STANDARD_INPUT } from '../input/read-input.ts';
import { withDeadline } from '../input/deadline.ts';
import { secondsOf } from '../input/seconds.ts';
import { whyOffline, withClient, type ClientCallOptions, type OpenClient } from '../messages/open-client.ts';
import { printable } from '../text/printable.ts';
import { Names } from '../messages/names.ts';
import { contactJson } from './contact-facts.ts';

/** As the command takes them. */
export interface AddOptions extends ClientCallOptions {
  readonly alias?: string | undefined;
  readonly offline?: true | undefined;
  readonly timeout: string;
}

/** Whom to add, and what is known of it. */
interface Card {
  readonly id: ID;
  readonly meta?: Meta;
  readonly visas?: readonly Document[];
}

/** Adds a contact, by ID or by a card; what is not known of it, the station is asked for. */
export async function addContact(call: Call, who: string, options: AddOptions): Promise<Result> {
  const seconds = secondsOf(options.timeout);
  const card = await readCard(call, who);
  const hasAll = card.meta !== undefined && (card.visas ?? []).length > 0;
  const isOffline = options.offline === true || hasAll;
  return withClient(call, { ...options, isOffline }, async (open) => {
    const { client, store } = open;
    const { id, ...known } = card;
    if (client.self.equals(id)) throw wrong(`${printable(who)} is this identity itself`);
    await checkCard(store, card);
    const contact = await client.addContact(id, {
      ...known,
      ...(options.alias !== undefined && { alias: options.alias }),
    });
    const outcome = isOffline ? await knownNow(store, id) : await untilKnown(call, open, id, seconds);
    const json = { ...(await contactJson(store, contact)), isKnown: outcome === 'known' };
    const { text: name } = await new Names(open).of(id);
    // Who asks nobody knows that nobody answers.
    const exitCode = options.offline === true ? EXIT.done : EXIT_CODES[outcome];
    return { json, text: `${name} is a contact${MORE[outcome]}.`, exitCode };
  });
}

async function readCard({ context }: Call, who: string): Promise<Card> {
  const id = dim.ID.tryParse(who);
  if (id !== undefined) return { id: checkedId(id.entity, who) };
  if (who !== STANDARD_INPUT && !existsSync(resolve(context.folder, who)))
    throw wrong(`${printable(who)} is neither an ID nor a file`);
  const text = await readTextInput(context, who);
  return inFile(who, () => {
    const value = parseJsonMap(text);
    const { id: written, meta, visas } = value;
    if (written === undefined)
      throw new DimError('INPUT_MISSING', 'is no contact, as it has no `id`: `dim id show --contact` prints one');
    return {
      id: checkedId(dim.ID.parse(written).entity, who),
      ...(isJsonMap(meta) && { meta: dim.Meta.parse(meta) }),
      ...(Array.isArray(visas) && { visas: Array.from(visas, (visa) => dim.Document.parse(visa)) }),
    };
  });
}

/** All of a card holds, or nothing of it is kept: one in which a part was changed is no card of its owner. */
async function checkCard(store: Memory, { id, meta, visas = [] }: Card): Promise<void> {
  if (meta === undefined && visas.length === 0) return;
  const memory = meta === undefined ? store : new MemoryStore();
  const { value } = await learnIdentity(dim, memory, { id, meta, documents: visas });
  for (const [index, outcome] of value.documents.entries())
    if (isDimError(outcome))
      throw new DimError(outcome.code, outcome.reason, {
        path: outcome.path.replace(/^documents\[[0-9]{1,9}\]/, `visas[${index}]`),
        cause: outcome,
      });
}

function checkedId(id: ID, who: string): ID {
  if (id.isBroadcast || !id.isUser) throw wrong(`${printable(who)} is no person, bot or station`);
  return id;
}

type Outcome = 'known' | 'unknown' | 'unreachable';

const MORE: Readonly<Record<Outcome, string>> = {
  known: '',
  unknown: '; nobody has said yet who that is',
  unreachable: '; no station answers, which is asked the next time who that is',
};

const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  known: EXIT.done,
  unknown: EXIT.missing,
  unreachable: EXIT.connection,
};

async function knownNow(store: Memory, id: ID): Promise<Outcome> {
  return (await knownIdentity(store, id)).documents.length > 0 ? 'known' : 'unknown';
}

/** Waits until the meta and a visa of somebody are here. */
async function untilKnown({ context }: Call, open: OpenClient, id: ID, seconds: number): Promise<Outcome> {
  return withDeadline(context.signal, seconds, async (over) => untilLearned(open, id, { over, seconds }));
}

async function untilLearned(
  open: OpenClient,
  id: ID,
  { over, seconds }: { readonly over: AbortSignal; readonly seconds: number },
): Promise<Outcome> {
  const learned = open.client.events('learned', over);
  const isKnown = async (): Promise<boolean> => (await knownIdentity(open.store, id)).documents.length > 0;
  const told = (async () => {
    for await (const { id: one } of learned) if (one.equals(id) && (await isKnown())) return true;
    return false;
  })();
  if (await isKnown()) return 'known';
  if ((await whyOffline(open, { signal: over, seconds })) !== undefined) return 'unreachable';
  return (await isKnown()) || (await told) ? 'known' : 'unknown';
}
