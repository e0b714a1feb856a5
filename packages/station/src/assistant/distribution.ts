/** Distributing the messages of groups: taken from members, split, and sent on as soon as that can be. */
import { createHash } from 'node:crypto';
import {
  authenticate,
  EntityType,
  ForwardContent,
  GroupKeysContent,
  isDimError,
  type ID,
  type ReliableMessage,
} from 'dimp';
import { fieldOf } from 'dimp/extend';
import { BoundedCache } from 'dimp/internal';
import { permissionOf, roleOf, type GroupState, type RowChange } from 'dimsdk';
import { KEPT_FOR, type AssistantContext } from './assistant-context.ts';
import type { AssistantPlan } from './assistant-plan.ts';
import { assistantReceipt, assistantTexts, type AssistantText } from './assistant-receipts.ts';
import type { HeldMessage, HeldMessages } from './held-messages.ts';
import { markOf, noteSeen, seen } from './seen-messages.ts';
import { keysIn, type SenderKeysTable } from './sender-keys.ts';
import { splitHeld, type Split } from './split-held.ts';

/** How long an assistant waits before it asks for the same again, in seconds. */
const PAUSE = 60;

/** Of how many questions it is known when they were asked, and of how many senders what they wrote. */
const REMEMBERED = 10_000;

/** What a {@link Distribution} is made of. */
export interface DistributionParts {
  readonly context: AssistantContext;
  readonly held: HeldMessages;
  readonly keys: SenderKeysTable;
}

/** Distributes messages. What is to be done is planned, and nothing written. */
export class Distribution {
  readonly #context: AssistantContext;
  readonly #held: HeldMessages;
  readonly #keys: SenderKeysTable;
  readonly #asked = new BoundedCache<string, number>(REMEMBERED);
  readonly #rates = new BoundedCache<string, { readonly minute: number; readonly count: number }>(REMEMBERED);

  constructor({ context, held, keys }: DistributionParts) {
    this.#context = context;
    this.#held = held;
    this.#keys = keys;
  }

  /** Takes a message to a group. @param by who brought it */
  async take(plan: AssistantPlan, message: ReliableMessage, by: ID): Promise<void> {
    const { store } = this.#context;
    const { receiver, sender } = message;
    const group = receiver.entity;
    const tell = (text: AssistantText): void => this.#tell(plan, message, text);
    // What somebody has seen of another's is not theirs to send again.
    if (!sender.equals(by) || sender.type !== EntityType.USER) return;
    if (!this.#isWithinRate(sender)) return tell(assistantTexts.tooMany(group));
    const mark = markOf(message);
    const before = await seen(store, mark);
    if (before !== undefined) return tell(assistantTexts.split(before.count, before.total));
    if (plan.taken.has(mark) || (await this.#held.isKept(mark))) return;
    plan.taken.add(mark);
    if (!this.#context.allows(group)) return tell(assistantTexts.notAssistant(group));
    if (!(await this.#isGenuine(plan, message))) return tell(assistantTexts.notGenuine(group));
    const heldAt = this.#context.clock.now();
    const held: HeldMessage = {
      mark,
      group,
      sender: sender.entity,
      bytes: message.encode(),
      pending: undefined,
      heldAt,
    };
    await this.#distribute(plan, held, message, { isLast: false });
  }

  /** Tries again what waits in a group. @param isLast whether what is known of it now has just come */
  async retryGroup(
    plan: AssistantPlan,
    group: ID,
    { sender, isLast = false }: { readonly sender?: ID; readonly isLast?: boolean } = {},
  ): Promise<void> {
    for (const held of await this.#held.ofGroup(group, sender)) await this.#retry(plan, held, isLast);
  }

  /** Tries again what waits for a member. */
  async retryMember(plan: AssistantPlan, member: ID): Promise<void> {
    for (const held of await this.#held.forMember(member)) await this.#retry(plan, held, false);
  }

  /** Asks a sender for the keys of some members: for one thing at most once a minute. */
  askForKeys(
    plan: AssistantPlan,
    group: ID,
    sender: ID,
    about: { readonly digest: string | undefined; readonly members: readonly ID[] },
  ): void {
    const { digest, members } = about;
    const whom = members.map(({ entityKey }) => entityKey).join(' ');
    const topic = `keys ${group.entityKey} ${sender.entityKey} ${digest ?? ''} ${shortened(whom)}`;
    if (members.length === 0 || !this.#isTimeFor(topic)) return;
    const options = { from: sender.entity, to: members, ...(digest !== undefined && { digest }) };
    plan.send(sender.entity, GroupKeysContent.query(group, { ...options, time: this.#context.clock.now() }));
  }

  async #retry(plan: AssistantPlan, held: HeldMessage, isLast: boolean): Promise<void> {
    const message = this.#context.dim.ReliableMessage.decode(held.bytes);
    await this.#distribute(plan, held, message, { isLast });
  }

  async #distribute(
    plan: AssistantPlan,
    held: HeldMessage,
    message: ReliableMessage,
    { isLast }: { readonly isLast: boolean },
  ): Promise<void> {
    const { group, sender } = held;
    const state = await this.#context.stateOf(group);
    // Nothing more is asked of a message that was split before: its sender was a member then.
    if (held.pending === undefined) {
      const refusal = this.#refusalOf(state, sender, isLast);
      if (refusal === 'later') return this.#wait(plan, held, message, state);
      if (refusal !== undefined) {
        if (this.#held.has(held.mark)) plan.put([this.#held.remove(held.mark)]);
        return this.#tell(plan, message, refusal);
      }
    }
    if (state === undefined) return;
    const added = keysIn(message);
    // Only here, of those who may write: strangers could fill the disk with keys.
    if (held.pending === undefined && added !== undefined)
      plan.put(await this.#keys.merge(group, sender, added, this.#context.clock.now()));
    await this.#askIfOutdated(message, state);
    const split = await splitHeld(this.#context, held, await this.#keys.complete(message), state);
    await this.#send(plan, held, message, split);
  }

  /** Why a message is not split; `later` where that cannot be told yet. */
  #refusalOf(state: GroupState | undefined, sender: ID, isLast: boolean): AssistantText | 'later' | undefined {
    if (state === undefined || !state.hasMembers) return 'later';
    const { group, members } = state;
    if (roleOf(state, this.#context.self) !== 'assistant')
      return isLast ? assistantTexts.notAssistant(group) : this.#laterOr(state, assistantTexts.notAssistant(group));
    const permission = permissionOf('write', roleOf(state, sender));
    if (typeof permission === 'object') {
      const denied = assistantTexts.denied(group, permission.template);
      return isLast ? denied : this.#laterOr(state, denied);
    }
    return members.length > this.#context.limits.members ? assistantTexts.tooMany(group) : undefined;
  }

  /** What is known may be outdated: it is asked for once, and who was asked for a moment ago is believed. */
  #laterOr({ group }: GroupState, refusal: AssistantText): AssistantText | 'later' {
    const asked = this.#asked.get(`history ${group.entityKey}`);
    const isRecent = asked !== undefined && this.#context.clock.now() - asked < PAUSE;
    return isRecent && !this.#held.hasUnknown(group) ? refusal : 'later';
  }

  async #wait(
    plan: AssistantPlan,
    held: HeldMessage,
    message: ReliableMessage,
    state: GroupState | undefined,
  ): Promise<void> {
    const { group, sender, mark } = held;
    if (!this.#held.has(mark)) {
      if (!this.#held.hasRoomForUnknown(group, sender)) return this.#tell(plan, message, assistantTexts.unknown(group));
      plan.put(this.#held.put(held));
    }
    await this.askForHistory(group, state);
  }

  /** Asks for the history of a group: at most once a minute, and anew as soon as it is known whom to ask. */
  async askForHistory(group: ID, state: GroupState | undefined): Promise<void> {
    const topic = state === undefined ? 'founder' : state.hasMembers ? 'history' : 'members';
    if (this.#isTimeFor(`${topic} ${group.entityKey}`)) await this.#context.askFor(group);
  }

  /** The sender may know more of the group than is known here. */
  async #askIfOutdated({ fields, keys, sender }: ReliableMessage, state: GroupState): Promise<void> {
    const time = Number(fieldOf(fields, 'GHT') ?? 0);
    const names = new Set([...keys.keys()].map((name) => name.split('/', 1)[0]));
    const isOfAll = state.members.every((member) => names.has(member.toString()));
    const isKnown = isAllBut(sender, names, state) || (isOfAll && names.size === state.members.length);
    const isOfOthers = names.size > 0 && !isKnown;
    if (time > (state.historyTime ?? 0) || isOfOthers) await this.askForHistory(state.group, state);
  }

  async #send(plan: AssistantPlan, held: HeldMessage, message: ReliableMessage, split: Split): Promise<void> {
    const { clock, dim } = this.#context;
    const { group, sender, mark } = held;
    const now = clock.now();
    for (const { member, message: part } of split.parts)
      plan.send(member, dim.Content.parse(ForwardContent.create(part, { time: now }).fields));
    plan.want(split.wants);
    this.askForKeys(plan, group, sender, { digest: message.keyDigest, members: split.withoutKey });
    const isNew = held.pending === undefined;
    const pending = isNew ? this.#held.withRoom(group, split.pending) : split.pending;
    plan.put(this.#rowsOf({ ...held, pending }));
    if (!isNew) return;
    const waiting = pending.filter((member) => !split.withoutKey.some((other) => other.equals(member))).length;
    const counts = { count: split.parts.length + waiting, total: split.total };
    plan.put([noteSeen(mark, counts, now)]);
    this.#tell(plan, message, assistantTexts.split(counts.count, counts.total));
  }

  #rowsOf(held: HeldMessage): readonly RowChange[] {
    if (held.pending !== undefined && held.pending.length > 0) return this.#held.put(held);
    return this.#held.has(held.mark) ? [this.#held.remove(held.mark)] : [];
  }

  async #isGenuine(plan: AssistantPlan, message: ReliableMessage): Promise<boolean> {
    const { dim, store, clock } = this.#context;
    const now = clock.now();
    // Of what is older it would not be known whether it came before.
    if (message.time !== undefined && Math.abs(now - message.time) > KEPT_FOR) return false;
    try {
      const { changes } = await authenticate(dim, store, message, { clock: () => now });
      plan.change(changes);
      return true;
    } catch (error) {
      if (!isDimError(error) || error.code.startsWith('STORE_') || error.code.startsWith('INTERNAL_')) throw error;
      return false;
    }
  }

  #isWithinRate({ entityKey }: ID): boolean {
    const minute = Math.floor(this.#context.clock.now() / 60);
    const known = this.#rates.get(entityKey);
    const count = known?.minute === minute ? known.count + 1 : 1;
    this.#rates.set(entityKey, { minute, count });
    return count <= this.#context.limits.perMinute;
  }

  #isTimeFor(topic: string): boolean {
    const now = this.#context.clock.now();
    const before = this.#asked.get(topic);
    if (before !== undefined && now - before < PAUSE) return false;
    this.#asked.set(topic, now);
    return true;
  }

  #tell(plan: AssistantPlan, message: ReliableMessage, text: AssistantText): void {
    const { dim, clock } = this.#context;
    const group = message.receiver.entity;
    plan.send(message.sender.entity, assistantReceipt(dim, message, group, text, clock.now()));
  }
}

/** A sender need not encrypt for themselves. */
function isAllBut(sender: ID, names: ReadonlySet<string | undefined>, { members }: GroupState): boolean {
  const others = members.filter((member) => !member.equals(sender));
  return names.size === others.length && others.every((member) => names.has(member.toString()));
}

function shortened(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
