/** `dim chat`. */
import type { Call, Result } from '../command/call.ts';
import { withDeadline } from '../input/deadline.ts';
import { wrong } from '../command/wrong.ts';
import { withClient, type ClientCallOptions, type OpenClient } from '../messages/open-client.ts';
import { secondsOf } from '../input/seconds.ts';
import { runChatCommand } from './chat-commands.ts';
import { ChatSession } from './chat-session.ts';
import { Chat } from './chat.ts';
import { completeLine } from './completion.ts';
import { listConversations } from './conversation-commands.ts';
import { tellHappenings } from './happenings.ts';
import { InOrder } from './in-order.ts';
import { JsonView } from './json-view.ts';
import { LineView } from './line-view.ts';
import { lookOf } from './look.ts';
import { Names } from '../messages/names.ts';
import { chatThroughPipe } from './pipe.ts';
import { Renderer } from './render.ts';
import { Screen } from './screen.ts';
import { TypedLines } from './typed-lines.ts';
import type { View } from './view.ts';

/** As the command takes them. */
export interface ChatOptions extends ClientCallOptions {
  readonly plain?: true | undefined;
  readonly timeout: string;
}

/** How long what was typed last has to go out when the person leaves, in milliseconds; later it goes out the next time. */
const GOODBYE = 2000;

/** A terminal: what a person types at, and leaves. */
interface Keyboard {
  run(take: (line: string) => void): Promise<void>;
  close(): void;
}

/** Talks until the person leaves, or the input ends. */
export async function runChat(call: Call, who: string | undefined, options: ChatOptions): Promise<Result | undefined> {
  const { context, globals } = call;
  const seconds = secondsOf(options.timeout);
  const isPerson = context.stdin.isTTY === true && globals.json !== true;
  if (who === undefined && !isPerson) throw wrong('with whom? Where there is no terminal, say it: dim chat WHO');
  return withClient(call, options, async (open) => {
    // Readers of words hear no colors.
    const renderer = new Renderer(lookOf(options.plain === true ? {} : context.stdout, context));
    const names = new Names(open);
    if (who !== undefined && !isPerson) {
      const chat = new Chat(open, pipeView(call, renderer), names);
      return chatThroughPipe(call, chat, { who, seconds });
    }
    await chatWithPerson(call, open, { who, names, renderer, isPlain: options.plain === true });
    return undefined;
  });
}

function pipeView(call: Call, renderer: Renderer): View {
  if (call.globals.json === true) return new JsonView(async (json) => call.tell({ json, text: '' }));
  const write = async (text: string): Promise<void> => call.tell({ json: {}, text });
  return new LineView(renderer, { write, note: async (text) => call.note(text), ask: async () => false }, false);
}

interface PersonalChat {
  readonly who: string | undefined;
  readonly names: Names;
  readonly renderer: Renderer;
  readonly isPlain: boolean;
}

async function chatWithPerson(
  call: Call,
  open: OpenClient,
  { who, names, renderer, isPlain }: PersonalChat,
): Promise<void> {
  const { context } = call;
  const isScreen = !isPlain && context.stdout.isTTY === true && context.environment['TERM'] !== 'dumb';
  let view: View;
  let keyboard: Keyboard;
  // It completes by what the session knows, which shows things by it.
  const session = (): ChatSession => started;
  if (isScreen) {
    const screen = new Screen(context, renderer, async (line) => completeLine(session(), line));
    [view, keyboard] = [screen, screen];
  } else {
    const lines = new TypedLines(call);
    [view, keyboard] = [new LineView(renderer, lines, true), lines];
  }
  const started = new ChatSession(new Chat(open, view, names), { folder: context.folder });
  const stop = tellHappenings(started.chat);
  const typed = new InOrder();
  started.over.signal.addEventListener('abort', () => keyboard.close());
  try {
    const begun = typed.run(async () => begin(started, who));
    // What is typed meanwhile is for the conversation that is being opened.
    const left = keyboard.run((line) => void typed.run(async () => take(started, line)));
    await begun;
    await left;
    // What was typed before leaving is sent.
    await typed.idle();
  } finally {
    stop();
    keyboard.close();
    await started.end();
  }
  if (open.client.connection.is === 'online')
    await withDeadline(context.signal, GOODBYE, async (over) => open.client.flush(over));
}

async function begin(session: ChatSession, who: string | undefined): Promise<void> {
  if (who !== undefined) return session.chat.talkTo(await session.who(who));
  await listConversations(session);
}

/** A text, a command, or whom to talk with. */
async function take(session: ChatSession, line: string): Promise<void> {
  try {
    if (line.startsWith('/') && !line.startsWith('//')) await runChatCommand(session, line);
    else if (session.chat.current === undefined) await session.chat.talkTo(await session.who(line.trim()));
    else await session.chat.say(line.startsWith('//') ? line.slice(1) : line);
  } catch (error) {
    await session.failed(error);
  }
}
