/** Groups in a client: who may write, to whom it goes, and what becomes known. */
import type { Content, Dim, ID } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import { GroupBook } from '../groups/group-book.ts';
import { groupDispatch, SHARED_GROUP_SIZE } from '../groups/group-dispatch.ts';
import { groupHandlers } from '../groups/group-handlers.ts';
import type { Handlers } from '../inbox/handlers.ts';
import type { Dispatch } from '../outbox/packer.ts';
import type { HandlerDefinition } from '../ports/handler.ts';
import { Groups } from './groups.ts';

/** What a client knows and does about groups. What it plans by is what is staged: inside `exclusive` alone. */
export class GroupParts<C extends Content> {
  /** For the application. */
  readonly groups: Groups;
  readonly handlers: readonly HandlerDefinition[];
  readonly #device: OwnDevice<C>;
  readonly #book: GroupBook;
  readonly #handlers: Handlers<C>;

  constructor(device: OwnDevice<C>, handlers: Handlers<C>) {
    const { store, clock } = device;
    // Made by `createDim`: of its methods more are needed here.
    const options = { dim: device.dim as unknown as Dim, store, self: device.self, clock };
    const book = new GroupBook(options);
    this.#device = device;
    this.#book = book;
    this.#handlers = handlers;
    this.handlers = groupHandlers({ ...options, book });
    this.groups = new Groups({ ...options, book, react: async (plan) => this.#react(plan) }, store.kept);
  }

  /** Whether somebody may write to a group. */
  async isMember(group: ID, user: ID): Promise<boolean> {
    if ((await this.#book.state(group))?.hasMembers === true) return this.#book.isMember(group, user);
    const members = await this.#addedMembers(group);
    return members.some((member) => member.equals(user));
  }

  /** To whom what is for a group goes; undefined where nobody is known. @throws DimError `GROUP_DENIED` */
  async dispatch(group: ID): Promise<Dispatch | undefined> {
    const state = await this.#book.state(group);
    if (state?.hasMembers === true) {
      const dispatch = groupDispatch(state, this.#device.self.entity);
      return dispatch.form === 'hidden' ? { form: 'hidden', members: dispatch.receivers } : dispatch;
    }
    const members = await this.#addedMembers(group);
    const others = members.filter((member) => !this.#device.isSelf(member));
    if (members.length === 0) return undefined;
    return { form: members.length < SHARED_GROUP_SIZE ? 'hidden' : 'shared', members: others };
  }

  /** More is known of an identity: groups may have waited for it. */
  async settle(id: ID): Promise<void> {
    await this.#device.store.exclusive(async () =>
      this.#handlers.stageOwn(await this.#book.settle([id]), { isReply: true }),
    );
  }

  /** The application may have said by itself who they are. */
  async #addedMembers(group: ID): Promise<readonly ID[]> {
    return (await this.#device.store.members(group)) ?? [];
  }

  async #react<T>(plan: Parameters<ConstructorParameters<typeof Groups>[0]['react']>[0]): Promise<T> {
    return this.#device.store.exclusive(async () => {
      const { value, reaction } = await plan();
      await this.#handlers.stageOwn(reaction, { isReply: false });
      return value as T;
    });
  }
}
