/** What a user does in groups, as values: signed, checked by the rules that all others check it by, and addressed. */
import {
  DimError,
  DocumentsCommand,
  EntityType,
  ForwardContent,
  InviteCommand,
  JoinCommand,
  learnIdentity,
  QuitCommand,
  ResetCommand,
  ResignCommand,
  Visa,
  type Bulletin,
  type Change,
  type GroupCommand,
  type ID,
  type PrivateKey,
  type ReliableMessage,
} from 'dimp';
import { checkId, ifReadable } from 'dimp/internal';
import type { Outgoing, Reaction } from '../ports/handler.ts';
import { MAX_COMMAND_SKEW, reactionOf } from './command-handlers.ts';
import type { GroupBook, GroupHistory } from './group-book.ts';
import type { GroupContext } from './group-context.ts';
import { groupDenied } from './group-dispatch.ts';
import { roleOf, type GroupState } from './group-state.ts';
import { historyForward, othersThan, signForAll } from './hand-on.ts';
import { entryOf, type HistoryCommand, type HistoryEntry } from './history-entry.ts';
import { keptDocuments } from './known-group.ts';
import { permissionOf, type GroupAction } from './permissions.ts';
import type { GroupAdditions, GroupPlan } from './plan-group.ts';
import { requireList } from '../usage/check-usage.ts';

/** What is to be committed, and what to tell the caller. */
export interface PlannedAct {
  readonly value: GroupState;
  readonly reaction: Reaction;
}

/** A command that one has signed, and what it does. */
export interface SignedCommand {
  readonly before: GroupState;
  readonly after: GroupState;
  readonly entry: HistoryEntry;
  readonly message: ReliableMessage;
  readonly plan: GroupPlan;
}

/** For whom acts are planned. */
export interface Actor {
  readonly context: GroupContext;
  readonly book: GroupBook;
}

/** Times that are later than another, in seconds. */
const TICK = 0.001;

/** The address of whichever station one is connected to. */
const ANY_STATION = 'station@anywhere';

/** Those commands whose envelope names the group, as that of deployed clients does. */
const EXPOSED: ReadonlySet<HistoryCommand> = new Set(['invite', 'quit']);

/**
 * Signs a command, and plans what it does.
 *
 * @param options.bulletin one that is about to be kept, and that it shall come after
 * @throws DimError `GROUP_DENIED` where the rules do not allow it, or there is nothing to do; `MISSING_META`,
 * `MISSING_PRIVATE_KEY`, `USAGE_ARGUMENT` for too many members
 */
export async function signCommand(
  actor: Actor,
  group: ID,
  command: HistoryCommand,
  { members = [], bulletin }: { readonly members?: readonly ID[]; readonly bulletin?: Bulletin } = {},
): Promise<SignedCommand> {
  const { context, book } = actor;
  const before = await book.require(group);
  requirePermission(before, context.self, command);
  const time = laterThan(context, before.historyTime, bulletin?.time ?? before.documentTime);
  const content = WRITERS[command](group.entity, members, { time });
  const message = await signForAll(context, content, EXPOSED.has(command));
  const received = { content, sender: context.self, message, wasEncrypted: false };
  const entry = entryOf(context.dim, command, received);
  if (entry === undefined) throw new DimError('USAGE_ARGUMENT', 'are too many', { path: 'members' });
  const documents = bulletin === undefined ? [] : [bulletin];
  const plan = await book.plan(group, { documents, entries: [entry], isOwn: true });
  const verdict = plan.news.get(entry.id);
  if (typeof verdict === 'object') throw groupDenied(group, verdict);
  if (plan.state === undefined || (verdict !== 'applied' && verdict !== 'pending')) throw nothingToDo(group);
  return { before, after: plan.state, entry, message, plan };
}

/** @throws DimError `USAGE_ARGUMENT` for what is no list of users: who is no user would be left out without a word */
export function checkUsers(users: readonly ID[], path: string): void {
  requireList(users, path);
  for (const [index, user] of users.entries()) {
    const at = `${path}[${index}]`;
    checkId(user, at);
    if (!user.isUser || user.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'must be a user', { path: at });
  }
}

/** @throws DimError `USAGE_ARGUMENT` for what is no list of bots: a person who distributes messages would be none of the members */
export function checkBots(bots: readonly ID[], path: string): void {
  checkUsers(bots, path);
  for (const [index, { type }] of bots.entries())
    if (type !== EntityType.BOT)
      throw new DimError('USAGE_ARGUMENT', 'must be of the type of bots', { path: `${path}[${index}]` });
}

/** How each command is written. */
const WRITERS: Readonly<
  Record<HistoryCommand, (group: ID, members: readonly ID[], options: { readonly time: number }) => GroupCommand>
> = {
  reset: (group, members, options) => ResetCommand.create(group, members, options),
  invite: (group, members, options) => InviteCommand.create(group, members, options),
  join: (group, _, options) => JoinCommand.create(group, options),
  quit: (group, _, options) => QuitCommand.create(group, options),
  resign: (group, _, options) => ResignCommand.create(group, options),
};

/** @throws DimError `GROUP_DENIED` */
export function requirePermission(state: GroupState, self: ID, action: GroupAction): void {
  const permission = permissionOf(action, roleOf(state, self));
  if (typeof permission === 'object') throw groupDenied(state.group, permission);
  if (permission === 'without-effect') throw nothingToDo(state.group);
}

/** What would change nothing, as an error. */
export function nothingToDo(group: ID): DimError {
  return new DimError('GROUP_DENIED', `there is nothing to do in ${group.toString()}: it is so already`, {
    path: 'group',
  });
}

/**
 * A time to sign with: now, or later than what it shall come after.
 * @throws DimError `INPUT_TOO_EARLY` where others would not keep it
 */
export function laterThan({ clock }: GroupContext, historyTime = 0, documentTime = 0): number {
  const now = clock.now();
  const time = Math.max(now, historyTime + TICK, documentTime);
  if (time > now + MAX_COMMAND_SKEW)
    throw new DimError(
      'INPUT_TOO_EARLY',
      'what the group has is of the future: nobody would keep what comes after it now',
    );
  return time;
}

/** The same content for several; of oneself, for the other devices alone. */
export async function sendTo(
  context: GroupContext,
  users: readonly ID[],
  content: Outgoing['content'],
): Promise<readonly Outgoing[]> {
  const receivers = [...othersThan(context.self, users), ...(await otherDevices(context))];
  return receivers.map((receiver) => ({ content, receiver }));
}

/** This person's other devices that have a name. */
async function otherDevices({ dim, store, self }: GroupContext): Promise<readonly ID[]> {
  const terminals = new Set<string>();
  for (const document of await keptDocuments(dim, store, self)) {
    const terminal = document instanceof Visa ? ifReadable(() => document.terminal) : undefined;
    if (terminal !== undefined && terminal !== self.terminal) terminals.add(terminal);
  }
  return [...terminals].map((terminal) => self.entity.at(terminal));
}

/** A command alone, for some. */
export async function sendCommand(
  { context }: Actor,
  { message }: SignedCommand,
  users: readonly ID[],
): Promise<readonly Outgoing[]> {
  return sendTo(context, users, ForwardContent.create(message));
}

/** All that is to be known of a group, for some. @throws DimError `MISSING_PRIVATE_KEY` */
export async function sendHistory(
  { context, book }: Actor,
  group: ID,
  users: readonly ID[],
  additions: GroupAdditions,
): Promise<readonly Outgoing[]> {
  const history = await book.history(group, additions);
  if (history === undefined) return [];
  return sendTo(context, users, await historyForward(context, history));
}

/** A command that was signed, with whom it goes to. */
export function actOf({ after, plan }: SignedCommand, sends: readonly Outgoing[]): PlannedAct {
  return { value: after, reaction: { ...reactionOf(plan), sends } };
}

/** The private key of the user's identity. @throws DimError `MISSING_PRIVATE_KEY` */
export async function identityKey({ dim, store, self }: GroupContext): Promise<PrivateKey> {
  const identity = (await store.keys(self))?.identity;
  if (identity === undefined || identity === null)
    throw new DimError('MISSING_PRIVATE_KEY', 'the user has no private key to sign with', {
      missing: [{ what: 'private-key', id: self.entity }],
    });
  return isPrivateKey(identity) ? identity : dim.PrivateKey.parse(identity);
}

function isPrivateKey(key: PrivateKey | object): key is PrivateKey {
  return typeof (key as Partial<PrivateKey>).sign === 'function';
}

/** A bulletin that one has signed, and what it does. */
export interface SignedBulletin {
  readonly bulletin: Bulletin;
  readonly changes: readonly Change[];
  readonly history: GroupHistory;
  /** For the station, and for members. */
  readonly content: DocumentsCommand;
}

/**
 * Signs a bulletin with some properties changed.
 * @throws DimError `GROUP_DENIED` for who is not the owner; `MISSING_META`, `MISSING_PRIVATE_KEY`, `INPUT_TOO_EARLY`
 */
export async function signBulletin(
  { context, book }: Actor,
  group: ID,
  action: GroupAction,
  changes: (state: GroupState) => Parameters<Bulletin['with']>[0],
): Promise<SignedBulletin> {
  const { dim, store, self, clock } = context;
  const state = await book.require(group);
  requirePermission(state, self, action);
  const history = await book.history(group);
  if (history === undefined) throw nothingToDo(group);
  const key = await identityKey(context);
  const { document, time: before } = history.bulletin;
  const time = laterThan(context, before);
  // Who has resigned since is no administrator: signed again, the old list would say so.
  const properties = { administrators: state.administrators, ...changes(state) };
  const bulletin = await document.with(properties).sign(key, { time });
  const learned = await learnIdentity(dim, store, { id: group, documents: [bulletin] }, { clock: () => clock.now() });
  const [outcome] = learned.value.documents;
  if (typeof outcome === 'object') throw outcome;
  const content = DocumentsCommand.answer(group.entity, [bulletin], { meta: history.meta.meta, time });
  return { bulletin, changes: learned.changes, history, content };
}

/** Tells the station what a group says of itself, so that others can ask it. */
export function sendToStation({ context }: Actor, content: DocumentsCommand): Outgoing {
  return { content, receiver: context.dim.ID.parse(ANY_STATION) };
}
