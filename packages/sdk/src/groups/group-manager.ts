/** What a user can do in groups. */
import { DimError, GroupKeysContent, GroupQueryCommand, type GroupKeysRequestOptions, type ID } from 'dimp';
import type { Reaction } from '../ports/handler.ts';
import { foundGroup, type FoundOptions } from './found-group.ts';
import type { GroupBook } from './group-book.ts';
import { groupContext, type GroupOptions } from './group-context.ts';
import { reactionOf } from './command-handlers.ts';
import { groupDenied } from './group-dispatch.ts';
import type { GroupState } from './group-state.ts';
import { RESET_REFUSALS } from './permissions.ts';
import { othersThan } from './hand-on.ts';
import { userList } from './history-entry.ts';
import {
  actOf,
  checkBots,
  checkUsers,
  nothingToDo,
  requirePermission,
  sendCommand,
  sendHistory,
  sendTo,
  sendToStation,
  signBulletin,
  signCommand,
  type Actor,
  type PlannedAct,
} from './own-group-acts.ts';

/** What groups need of a client to act in them. */
export interface GroupManagerOptions extends GroupOptions {
  readonly book: GroupBook;
  /**
   * Plans, and commits what was planned with all that it sends, in one `exclusive` of the store. Where planning fails,
   * nothing is kept or sent, and the error is thrown.
   */
  react<T>(plan: () => Promise<{ readonly value: T; readonly reaction: Reaction }>): Promise<T>;
}

/** How many are asked for a history at once. */
const MAX_ASKED = 8;

/**
 * What a user can do in groups. Each call signs, keeps and queues in one commit, or fails and does nothing of it: with
 * `GROUP_DENIED` where the rules do not allow it, or nothing would change; with `MISSING_META` where the group's founder is
 * not known; with `MISSING_PRIVATE_KEY` on a device that only reads. What it gives is the group as it is then.
 */
export class GroupManager {
  readonly #actor: Actor;
  readonly #react: GroupManagerOptions['react'];

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(options: GroupManagerOptions) {
    this.#actor = { context: groupContext(options), book: options.book };
    this.#react = async (plan) => options.react(plan);
  }

  /**
   * Founds a group. The station is told of it, so that its members can ask; they are sent who the others are.
   * @throws DimError `USAGE_ARGUMENT` for a name that is none
   */
  async found(options: FoundOptions): Promise<GroupState> {
    return this.#react(async () => foundGroup(this.#actor, options));
  }

  /**
   * Adds members. What a member does who is no administrator is to ask: owner and administrators decide, by inviting the
   * same users, or by a {@link GroupManager.reset} without them.
   */
  async invite(group: ID, users: readonly ID[]): Promise<GroupState> {
    return this.#react(async () => {
      checkUsers(users, 'users');
      const signed = await signCommand(this.#actor, group, 'invite', { members: userList(users) });
      const { before, after, entry } = signed;
      const added = after.members.filter((member) => !before.members.some((other) => other.equals(member)));
      const sends = await sendCommand(this.#actor, signed, before.members);
      const history = added.length === 0 ? [] : await sendHistory(this.#actor, group, added, { entries: [entry] });
      return actOf(signed, [...sends, ...history]);
    });
  }

  /** Removes members: by a `reset` without them. Owner and administrators may; and administrators stay until they are fired. */
  async expel(group: ID, users: readonly ID[]): Promise<GroupState> {
    return this.#react(async () => {
      checkUsers(users, 'users');
      const { context, book } = this.#actor;
      const state = await book.require(group);
      requirePermission(state, context.self, 'expel');
      if (users.some((user) => user.equals(state.owner))) throw groupDenied(group, RESET_REFUSALS.expelsOwner);
      const left = state.members.filter((member) => !users.some((user) => user.equals(member)));
      if (left.length === state.members.length)
        throw new DimError('USAGE_ARGUMENT', 'names nobody who is a member', { path: 'users' });
      return this.#planReset(group, left);
    });
  }

  /**
   * Says who the members are, all of them, and ends what waits: invitations and requests that it does not fulfil are refused
   * by it. Owner and administrators may.
   * @param members the owner comes first, whether or not it is among them
   */
  async reset(group: ID, members: readonly ID[]): Promise<GroupState> {
    return this.#react(async () => {
      checkUsers(members, 'members');
      return this.#planReset(group, members);
    });
  }

  /** Asks to be added. The owner and the administrators of its bulletin are sent it. */
  async join(group: ID): Promise<GroupState> {
    return this.#react(async () => {
      const signed = await signCommand(this.#actor, group, 'join');
      const { owner, administrators } = signed.before;
      return actOf(signed, await sendCommand(this.#actor, signed, [owner, ...administrators]));
    });
  }

  /** Leaves. The owner cannot, and an administrator resigns before. */
  async quit(group: ID): Promise<GroupState> {
    return this.#react(async () => {
      const signed = await signCommand(this.#actor, group, 'quit');
      return actOf(signed, await sendCommand(this.#actor, signed, signed.before.members));
    });
  }

  /** Gives up being an administrator, and stays a member. */
  async resign(group: ID): Promise<GroupState> {
    return this.#react(async () => {
      const signed = await signCommand(this.#actor, group, 'resign');
      return actOf(signed, await sendCommand(this.#actor, signed, signed.before.members));
    });
  }

  /** Makes members administrators: by a new bulletin. The owner alone may. */
  async hire(group: ID, users: readonly ID[]): Promise<GroupState> {
    return this.#publish(group, 'hire', ({ members, administrators, owner }) => {
      checkUsers(users, 'users');
      const stranger = users.find((user) => !members.some((member) => member.equals(user)));
      if (stranger !== undefined)
        throw new DimError('USAGE_ARGUMENT', `${stranger.toString()} is no member`, { path: 'users' });
      return { administrators: userList([...administrators, ...othersThan(owner, users)]) };
    });
  }

  /**
   * Makes administrators members again: by a new bulletin. The owner alone may.
   *
   * It says anew who the members are, too: nobody can see when a command was really signed, so that a former administrator
   * could date one back. What is older than the word of the owner does not count.
   */
  async fire(group: ID, users: readonly ID[]): Promise<GroupState> {
    return this.#react(async () => {
      checkUsers(users, 'users');
      const { context, book } = this.#actor;
      const state = await book.require(group);
      requirePermission(state, context.self, 'fire');
      const left = state.administrators.filter((administrator) => !users.some((user) => user.equals(administrator)));
      if (left.length === state.administrators.length)
        throw new DimError('USAGE_ARGUMENT', 'names nobody who is an administrator', { path: 'users' });
      const { members } = state;
      return this.#planDismissal(group, 'fire', { administrators: left, members, users: members });
    });
  }

  /**
   * Ends a group: administrators hold no office any more, and nobody but the owner is a member, so that nobody can write. All who were
   * in it are told. The owner alone may; and could invite again.
   */
  async dissolve(group: ID): Promise<GroupState> {
    return this.#react(async () => {
      const { context, book } = this.#actor;
      const { owner, administrators, ...state } = await book.require(group);
      requirePermission({ ...state, owner, administrators }, context.self, 'dissolve');
      if (administrators.length === 0) return this.#planReset(group, [owner]);
      // As long as they have an office, nobody believes a `reset` without them.
      const users = userList([...state.members, ...administrators]);
      return this.#planDismissal(group, 'dissolve', { administrators: [], members: [owner], users });
    });
  }

  /** Gives a group another name: by a new bulletin. The owner alone may. */
  async rename(group: ID, name: string): Promise<GroupState> {
    if (typeof name !== 'string' || name === '') throw new DimError('USAGE_ARGUMENT', 'must be text', { path: 'name' });
    return this.#publish(group, 'rename', () => ({ name }));
  }

  /**
   * Says which bots distribute messages of a group, all of them, in place of those before: by a new bulletin. The owner alone may.
   * They are no members, and read nothing; of what they have been given already, they may still send parts.
   */
  async appoint(group: ID, assistants: readonly ID[]): Promise<GroupState> {
    checkBots(assistants, 'assistants');
    return this.#publish(group, 'appoint', () => ({ assistants: userList(assistants) }));
  }

  /**
   * Cannot be done: the key of a group is that of its founder, and nobody believes a bulletin that another one signed. Who
   * wants to leave a group to others asks one of them to found another, and ends this one: {@link GroupManager.dissolve}.
   * @throws DimError `GROUP_DENIED`, always
   */
  async abdicate(group: ID): Promise<never> {
    requirePermission(await this.#actor.book.require(group), this.#actor.context.self, 'abdicate');
    throw nothingToDo(group);
  }

  /**
   * Asks for the history: administrators, or else the owner, or else members. Without the time of what is here, so that gaps are filled, too.
   * Where the founder is not known, it is asked for first.
   * @returns how many are asked
   */
  async query(group: ID): Promise<number> {
    return this.#react(async () => {
      const { context, book } = this.#actor;
      const state = await book.state(group);
      if (state === undefined) {
        const plan = await book.plan(group, { isOwn: true });
        return { value: 0, reaction: { wants: plan.wants } };
      }
      const [administrators, owner, members] = [state.administrators, [state.owner], state.members].map((users) =>
        othersThan(context.self, users),
      );
      // An owner with nobody to ask but members has another device, which founded the group.
      const asked = [administrators, owner, members].find((users = []) => users.length > 0) ?? [];
      const content = GroupQueryCommand.create(group.entity, { time: context.clock.now() });
      const sends = await sendTo(context, asked.slice(0, MAX_ASKED), content);
      return { value: sends.length, reaction: { sends } };
    });
  }

  /**
   * Asks for the message key of somebody whose message to a group cannot be read without: see `MISSING_MESSAGE_KEY`. The
   * writer is asked, and the bots of the group.
   * @param from who wrote it
   * @param digest which key, as the message names it
   */
  async requestKey(group: ID, from: ID, digest?: string): Promise<void> {
    await this.#react(async () => {
      const { context, book } = this.#actor;
      const state = await book.require(group);
      requirePermission(state, context.self, 'ask-key');
      const options: GroupKeysRequestOptions = { from: from.entity, ...(digest !== undefined && { digest }) };
      const content = GroupKeysContent.request(group.entity, { ...options, time: context.clock.now() });
      const asked = [from.entity, ...state.assistants].slice(0, MAX_ASKED);
      const sends = othersThan(context.self, asked).map((receiver) => ({ content, receiver }));
      return { value: undefined, reaction: { sends } };
    });
  }

  async #planReset(group: ID, members: readonly ID[]): Promise<PlannedAct> {
    const { owner } = await this.#actor.book.require(group);
    const all = userList([owner, ...members]);
    const signed = await signCommand(this.#actor, group, 'reset', { members: all });
    // Who is no member any more is told, too.
    const users = userList([...all, ...signed.before.members]);
    return actOf(signed, await sendHistory(this.#actor, group, users, { entries: [signed.entry] }));
  }

  /** A bulletin with other administrators, and after it a `reset` of the owner, told to some. */
  async #planDismissal(
    group: ID,
    action: 'fire' | 'dissolve',
    after: { readonly administrators: readonly ID[]; readonly members: readonly ID[]; readonly users: readonly ID[] },
  ): Promise<PlannedAct> {
    const { administrators, members, users } = after;
    const { bulletin, changes, content } = await signBulletin(this.#actor, group, action, () => ({ administrators }));
    const signed = await signCommand(this.#actor, group, 'reset', { members, bulletin });
    const additions = { entries: [signed.entry], documents: [bulletin] };
    const history = await sendHistory(this.#actor, group, users, additions);
    const { value, reaction } = actOf(signed, [sendToStation(this.#actor, content), ...history]);
    return { value, reaction: { ...reaction, changes: [...changes, ...(reaction.changes ?? [])] } };
  }

  async #publish(
    group: ID,
    action: 'hire' | 'rename' | 'appoint',
    change: Parameters<typeof signBulletin>[3],
  ): Promise<GroupState> {
    return this.#react(async () => {
      const { context, book } = this.#actor;
      const { bulletin, changes, history, content } = await signBulletin(this.#actor, group, action, change);
      const plan = await book.plan(group, { documents: [bulletin], isOwn: true });
      const sends = [sendToStation(this.#actor, content), ...(await sendTo(context, history.state.members, content))];
      const reaction = reactionOf(plan);
      const value = plan.state ?? history.state;
      return { value, reaction: { ...reaction, changes: [...changes, ...plan.changes], sends } };
    });
  }
}
