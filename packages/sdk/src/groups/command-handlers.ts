/** Commands about groups that came in: what they do to the history, and what is answered. */
import type {
  AbdicateCommand,
  ExpelCommand,
  FireCommand,
  FoundCommand,
  HireCommand,
  InviteCommand,
  JoinCommand,
  QuitCommand,
  ResetCommand,
  ResignCommand,
} from 'dimp';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';
import type { Verdict } from './fold-history.ts';
import type { GroupBook } from './group-book.ts';
import type { GroupContext } from './group-context.ts';
import { receiptFor, receiptTexts, type ReceiptText } from './group-receipts.ts';
import { roleOf } from './group-state.ts';
import { historyForward } from './hand-on.ts';
import { entryOf, HISTORY_COMMANDS } from './history-entry.ts';
import { permissionOf, type GroupRole } from './permissions.ts';
import type { GroupPlan } from './plan-group.ts';

type HistoryContent = ResetCommand | InviteCommand | JoinCommand | QuitCommand | ResignCommand;
type OtherCommand = HireCommand | FireCommand | FoundCommand | AbdicateCommand;

/** A command of a later time than this is not kept, in seconds: whoever writes it would have the last word until then. */
export const MAX_COMMAND_SKEW = 30 * 60;

const OTHER_COMMANDS = ['hire', 'fire', 'found', 'abdicate'] as const;

/** Commands that say nothing without members. */
const ABOUT_MEMBERS: ReadonlySet<string> = new Set(['reset', 'invite']);

/** Handles `reset`, `invite`, `join`, `quit`, `resign`, `expel`, `hire`, `fire`, `found`, `abdicate`. */
export function commandHandlers(context: GroupContext, book: GroupBook): readonly HandlerDefinition[] {
  return [
    ...HISTORY_COMMANDS.map((kind): HandlerDefinition<HistoryContent> => ({
      defines: 'handler',
      kind,
      isExclusive: true,
      handle: async (received) => keepCommand(context, book, received),
    })),
    ...OTHER_COMMANDS.map((kind): HandlerDefinition<OtherCommand> => ({
      defines: 'handler',
      kind,
      isExclusive: false,
      handle: async (received) => ({
        replies: receiptFor(context.dim, context.self, received, await answerTo(book, received)),
      }),
    })),
    expelHandler,
  ];
}

/** A `reset` says the whole list, so that nobody misses a step. Nobody is told that this one was ignored. */
const expelHandler: HandlerDefinition<ExpelCommand> = Object.freeze({
  defines: 'handler',
  kind: 'expel',
  isExclusive: false,
  handle: () => undefined,
});

async function keepCommand(
  context: GroupContext,
  book: GroupBook,
  received: Received<HistoryContent>,
): Promise<Reaction | undefined> {
  const { dim, self, clock } = context;
  const { content } = received;
  const { group } = content;
  const entry = entryOf(dim, content.kind, received);
  if (entry === undefined || group.isBroadcast || entry.time > clock.now() + MAX_COMMAND_SKEW) return undefined;
  const answer = (text: ReceiptText): Reaction => ({ replies: receiptFor(dim, self, received, text) });
  if (ABOUT_MEMBERS.has(content.kind) && entry.members.length === 0) return answer(receiptTexts.nobody(group));
  const plan = await book.plan(group, { entries: [entry] });
  const reaction = reactionOf(plan);
  if (!plan.news.has(entry.id)) return reaction;
  const verdict = plan.news.get(entry.id);
  const text = textFor(received, verdict);
  if (text !== undefined) return { ...reaction, ...answer(text) };
  if (!isOutdated(verdict, content.kind) || !isForOwner(context, plan, received)) return reaction;
  const history = await book.history(group);
  return history === undefined ? reaction : { ...reaction, replies: [await historyForward(context, history)] };
}

/** What of a plan is to be committed. */
export function reactionOf({ changes, rows, wants, learned }: GroupPlan): Reaction {
  return { changes, rows, wants, learned };
}

function textFor({ content }: Received<HistoryContent>, verdict: Verdict | undefined): ReceiptText | undefined {
  if (verdict === 'expired') return receiptTexts.expired(content.group, content.command);
  return typeof verdict === 'object' ? receiptTexts.denied(content.group, verdict) : undefined;
}

/** Whoever asks for what is so already does not know it yet. */
function isOutdated(verdict: Verdict | undefined, kind: HistoryContent['kind']): boolean {
  return verdict === 'without-effect' && (kind === 'invite' || kind === 'join');
}

/** The owner tells, so that not everybody does; and tells members alone. */
function isForOwner({ self }: GroupContext, { state }: GroupPlan, { sender }: Received): boolean {
  return state !== undefined && state.owner.equals(self) && roleOf(state, sender) === 'member';
}

/** They change nothing: administrators are made by bulletins, and a group has the owner whose key it has. */
async function answerTo(book: GroupBook, { content, sender }: Received<OtherCommand>): Promise<ReceiptText> {
  const { group, kind, command } = content;
  const state = await book.state(group);
  if (state === undefined) return receiptTexts.empty(group);
  const role: GroupRole = roleOf(state, sender);
  const permission = permissionOf(kind, role);
  return typeof permission === 'object' ? receiptTexts.denied(group, permission) : receiptTexts.unsupported(command);
}
