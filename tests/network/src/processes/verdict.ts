/** What the files of devices have in the end, held against what the devices have said. */
import type { ID } from 'dimp';
import { textOf } from 'dimp/extend';
import { createClient, type ClientStore, type StoredMessage } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { dim, type TestContent } from '../world.ts';
import type { Told } from './device-process.ts';
import { openFile, reportOf } from './files.ts';
import { answerTo, isForGroup, textFor, type DeviceParameters } from './speech.ts';

/** A device, when all is over. */
export interface Witness extends Told {
  readonly parameters: Omit<DeviceParameters, 'ahead'>;
}

/** What was found. */
export interface Verdict {
  readonly problems: readonly string[];
  readonly facts: Readonly<Record<string, number>>;
}

/** What is in the file of a device. */
interface File {
  readonly name: string;
  readonly told: Told;
  readonly direct: readonly StoredMessage<TestContent>[];
  readonly ofGroup: readonly StoredMessage<TestContent>[];
  /** The texts that its handler has answered, one for each run. */
  readonly heard: readonly string[];
  readonly problems: readonly string[];
}

/** Compares. */
export async function judge(devices: readonly [Witness, Witness], group: string): Promise<Verdict> {
  const [a, b] = [await readFile(devices[0], group), await readFile(devices[1], group)];
  const [atB, atA] = [compare(a, b), compare(b, a)];
  return {
    problems: [...a.problems, ...b.problems, ...atB.problems, ...atA.problems],
    facts: Object.fromEntries(
      Object.keys(atA.facts).map((fact) => [fact, (atA.facts[fact] ?? 0) + (atB.facts[fact] ?? 0)]),
    ),
  };
}

async function readFile({ parameters, ...told }: Witness, groupName: string): Promise<File> {
  const { name } = parameters;
  const [self, other, group] = [parameters.self, parameters.other, groupName].map((id) => dim.ID.parse(id));
  const store = await openFile(parameters);
  try {
    if (self === undefined || other === undefined || group === undefined) throw new Error('no IDs');
    const stations = [{ host: '127.0.0.1', port: parameters.port }];
    const client = createClient({ dim, self, store, transport: tcpTransport(), stations });
    const problems: string[] = [];
    const { messages, ...left } = await reportOf(store);
    for (const [what, count] of Object.entries(left)) if (count > 0) problems.push(`${name}: ${count} ${what} left`);
    for (const [number, id] of told.kept) {
      const state = (await client.delivery(id))?.state;
      if (state !== 'delivered') problems.push(`${name} ${number}: its delivery is ${String(state)}`);
    }
    const [direct, ofGroup] = [await all(client, other), await all(client, group)];
    if (direct.length + ofGroup.length !== messages) problems.push(`${name}: has messages elsewhere`);
    const unread = (await client.conversations.unread(other)) + (await client.conversations.unread(group));
    const came = [...direct, ...ofGroup].filter(({ isOwn }) => !isOwn).length;
    if (unread !== came) problems.push(`${name}: ${came} came, ${unread} are marked so`);
    for (const { delivery, key } of [...direct, ...ofGroup].filter(({ isOwn }) => isOwn)) {
      const state = delivery === undefined ? 'none' : (await client.delivery(delivery))?.state;
      if (state !== 'delivered') problems.push(`${name}: the delivery of message ${key} is ${String(state)}`);
    }
    return { name, told, direct, ofGroup, heard: await heardIn(store), problems };
  } finally {
    await store.close();
  }
}

async function all(
  client: { readonly conversations: ReturnType<typeof createClient<TestContent>>['conversations'] },
  conversation: ID,
): Promise<readonly StoredMessage<TestContent>[]> {
  const pages: (readonly StoredMessage<TestContent>[])[] = [];
  for (let before: StoredMessage<TestContent> | undefined; ;) {
    const page: readonly StoredMessage<TestContent>[] = await client.conversations.messages(conversation, {
      before,
      limit: 1000,
    });
    // The newest come first.
    pages.push(page);
    before = page.at(-1);
    if (page.length < 1000) return pages.flat().reduceRight<StoredMessage<TestContent>[]>(appended, []);
  }
}

function appended<T>(list: T[], item: T): T[] {
  list.push(item);
  return list;
}

async function heardIn(store: ClientStore): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let after: Awaited<ReturnType<ClientStore['rows']>>[number] | undefined; ;) {
    const page: Awaited<ReturnType<ClientStore['rows']>> = await store.rows('app-heard', '', { after, limit: 1000 });
    texts.push(...page.map(({ value }) => textOf(value, 'text')));
    after = page.at(-1);
    if (page.length < 1000) return texts;
  }
}

function textIn({ content }: StoredMessage<TestContent>): string {
  return content.kind === 'text' ? content.text : content.kind;
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** What one has sent, against what the other one has of it. */
function compare(from: File, at: File): Verdict {
  const problems: string[] = [];
  const { name, told } = from;
  const own = {
    direct: countsOf(from.direct.filter(({ isOwn }) => isOwn).map(textIn)),
    ofGroup: countsOf(from.ofGroup.filter(({ isOwn }) => isOwn).map(textIn)),
  };
  const came = {
    direct: countsOf(at.direct.filter(({ isOwn }) => !isOwn).map(textIn)),
    ofGroup: countsOf(at.ofGroup.filter(({ isOwn }) => !isOwn).map(textIn)),
  };
  const wanted = { direct: new Set<string>(), ofGroup: new Set<string>() };
  let [keptInSilence, never] = [0, 0];
  for (const number of told.begun) {
    const text = textFor(name, number);
    const where = name === 'a' && isForGroup(number) ? 'ofGroup' : 'direct';
    const [sent, read] = [own[where].get(text) ?? 0, came[where].get(text) ?? 0];
    wanted[where].add(text);
    const mayBe = told.kept.has(number) ? sent === 1 : sent <= 1;
    if (!mayBe || read !== sent) problems.push(`${text}: ${sent} times at ${name}, ${read} times at ${at.name}`);
    if (told.kept.has(number)) continue;
    if (sent > 0) keptInSilence++;
    else never++;
  }
  // Each of the others has answered what it has heard.
  for (const { isOwn, ...message } of [...at.direct, ...at.ofGroup]) {
    if (!isOwn) continue;
    const text = answerTo(textIn({ isOwn, ...message }));
    wanted.direct.add(text);
    const read = came.direct.get(text) ?? 0;
    if (read !== 1) problems.push(`${text}: ${read} times at ${at.name}`);
  }
  for (const where of ['direct', 'ofGroup'] as const)
    for (const text of came[where].keys())
      if (!wanted[where].has(text)) problems.push(`${text}: at ${at.name}, and nobody has sent it (${where})`);
  const read = new Set([...came.direct.keys(), ...came.ofGroup.keys()]);
  const heard = countsOf(at.heard);
  for (const text of read)
    if (heard.get(text) !== 1) problems.push(`${text}: was handled ${heard.get(text) ?? 0} times at ${at.name}`);
  for (const text of heard.keys())
    if (!read.has(text)) problems.push(`${text}: was handled at ${at.name}, and has not come`);
  problems.push(...orderOf(at.direct, at.name), ...orderOf(at.ofGroup, at.name));
  return { problems, facts: { read: read.size, keptInSilence, never } };
}

/** The texts of one stand as they were written. */
function orderOf(conversation: readonly StoredMessage<TestContent>[], name: string): readonly string[] {
  const problems: string[] = [];
  for (const isOwn of [true, false]) {
    const messages = conversation.filter((message) => message.isOwn === isOwn);
    let last = -1;
    for (const message of messages) {
      // Several of one millisecond stand behind each other, by microseconds.
      const behind = message.time - (message.content.time ?? 0);
      if (!(behind >= 0 && behind < 0.001))
        problems.push(`${textIn(message)}: of ${message.content.time}, stands at ${message.time} at ${name}`);
      const [, number] = /^[ab] (\d+)$/.exec(textIn(message)) ?? [];
      if (number === undefined) continue;
      if (Number(number) < last) problems.push(`${textIn(message)}: stands behind ${last} at ${name}`);
      last = Number(number);
    }
  }
  return problems;
}
