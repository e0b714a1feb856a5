/** `dim read`. */
import { setTimeout } from 'node:timers/promises';
import type { ID } from 'dimp';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { secondsOf } from '../input/seconds.ts';
import { minuteText } from '../text/time.ts';
import { SPARE, wrapped } from '../text/wrapped.ts';
import { findPeer } from './find-peer.ts';
import { contentLines, messageJson, type Message } from './message-facts.ts';
import { untilOnline, withClient, type ClientCallOptions, type OpenClient } from './open-client.ts';
import { Names } from './names.ts';
import { whoWrote } from './who-wrote.ts';

/** As the command takes them. */
export interface ReadOptions extends ClientCallOptions {
  /** So many of the newest, whether or not they were seen. */
  readonly last?: string | undefined;
  readonly offline?: true | undefined;
  /** Goes on with what comes, until somebody ends it. */
  readonly follow?: true | undefined;
  /** They count as not seen. */
  readonly keep?: true | undefined;
  readonly timeout: string;
}

/** So long nothing comes: then the station has given all that waited. In milliseconds. */
const QUIET = 1000;
const PAGE = 1000;
/** Before all but the first line of a message. */
const INDENT = '    ';

/** Fetches what waits at the station, and shows what was not seen. */
export async function readMessages(
  call: Call,
  who: string | undefined,
  options: ReadOptions,
): Promise<Result | undefined> {
  const seconds = secondsOf(options.timeout);
  const last = options.last === undefined ? undefined : countOf(options.last);
  const isOffline = options.offline === true;
  if (isOffline && options.follow === true)
    throw wrong('--follow waits for what comes, and --offline lets nothing come');
  return withClient(call, { ...options, isOffline }, async (open) => {
    const one = who === undefined ? undefined : await findPeer(open, who);
    const follower = options.follow === true ? follow(call, open, { one, options }) : undefined;
    if (!isOffline) await fetchWaiting(call, open, seconds);
    const shown = { names: new Names(open), columns: call.context.stdout.columns };
    const messages = await choose(open, one, last);
    if (follower === undefined) await call.tell(await resultOf(shown, messages));
    else for (const message of messages) await call.tell(await resultOfOne(shown, message));
    // They were seen once they are written: the disk that they go to may be full.
    if (options.keep !== true) await markSeen(open, messages);
    await follower?.go(shown, new Set(messages.map(({ key }) => key)));
    return undefined;
  });
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > PAGE) throw wrong(`--last must be a number from 1 to ${PAGE}`);
  return count;
}

/** Done when nothing has come for a moment. */
async function fetchWaiting({ context }: Call, open: OpenClient, seconds: number): Promise<void> {
  let cameAt = Date.now();
  const stop = open.client.on('received', () => {
    cameAt = Date.now();
  });
  try {
    await untilOnline(open, { signal: context.signal, seconds });
    const end = Date.now() + seconds * 1000;
    cameAt = Date.now();
    while (Date.now() - cameAt < QUIET && Date.now() < end && !context.signal.aborted)
      await setTimeout(QUIET / 10, undefined, { signal: context.signal }).catch(() => undefined);
  } finally {
    stop();
  }
}

/** What is to be shown, the oldest first. */
async function choose(open: OpenClient, one: ID | undefined, last: number | undefined): Promise<readonly Message[]> {
  const { conversations } = open.client;
  const all = one === undefined ? (await conversations.list()).map(({ id }) => id) : [one];
  const chosen: Message[] = [];
  for (const id of all) {
    const limit = last ?? Math.min(PAGE, await conversations.unread(id));
    if (limit > 0) chosen.push(...(await newest(open, id, limit, last !== undefined)));
  }
  chosen.sort((first, second) => first.time - second.time);
  return last === undefined ? chosen : chosen.slice(-last);
}

/** The newest of a conversation: of those that came from others alone, where own ones were not asked for. */
async function newest({ client }: OpenClient, id: ID, limit: number, isOwnToo: boolean): Promise<readonly Message[]> {
  const found: Message[] = [];
  for (let before: Message | undefined; ;) {
    const page = await client.conversations.messages(id, { limit: Math.min(PAGE, limit * 2), before });
    for (const message of page) if ((isOwnToo || !message.isOwn) && found.length < limit) found.push(message);
    before = page.at(-1);
    if (before === undefined || found.length >= limit) return found;
  }
}

async function markSeen({ client }: OpenClient, messages: readonly Message[]): Promise<void> {
  const seen = new Map(messages.map(({ conversation }) => [conversation.entityKey, conversation]));
  for (const conversation of seen.values()) await client.conversations.markSeen(conversation);
}

/** Tells what comes from now on; what comes before `go` waits for it. */
function follow(
  call: Call,
  open: OpenClient,
  { one, options: { keep } }: { readonly one: ID | undefined; readonly options: ReadOptions },
) {
  const { client } = open;
  const events = client.events('received', call.context.signal)[Symbol.asyncIterator]();
  const first = events.next();
  return {
    async go(shown: Shown, told: ReadonlySet<string>): Promise<void> {
      for (let next = await first; next.done !== true; next = await events.next()) {
        const message = told.has(next.value.key) ? undefined : await client.conversations.message(next.value.key);
        if (message === undefined || message.isOwn) continue;
        if (one !== undefined && !one.equals(message.conversation)) continue;
        await call.tell(await resultOfOne(shown, message));
        if (keep !== true) await markSeen(open, [message]);
      }
    },
  };
}

/** How messages are shown. */
interface Shown {
  readonly names: Names;
  /** Of a terminal; undefined for files and pipes. */
  readonly columns: number | undefined;
}

async function resultOf(shown: Shown, messages: readonly Message[]): Promise<Result> {
  const lines: string[] = [];
  for (const message of messages) lines.push(...(await linesOf(shown, message)));
  return {
    json: { messages: messages.map((message) => messageJson(message)) },
    text: lines.length === 0 ? 'Nothing new.' : lines.join('\n'),
  };
}

async function resultOfOne(shown: Shown, message: Message): Promise<Result> {
  return { json: messageJson(message), text: (await linesOf(shown, message)).join('\n') };
}

async function linesOf({ names, columns }: Shown, message: Message): Promise<readonly string[]> {
  const [line = '', ...more] = contentLines(message.content);
  const head = `${minuteText(message.time)}  ${await whoWrote(names, message)}: `;
  const lines = [`${head}${line}`, ...more];
  const parts = columns === undefined ? lines : lines.flatMap((next) => wrapped(next, columns - INDENT.length - SPARE));
  return parts.map((part, index) => (index === 0 ? part : INDENT + part));
}
