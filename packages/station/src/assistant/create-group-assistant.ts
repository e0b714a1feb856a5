/**
 * The assistant of groups: a bot that members give one message for all, and that sends each of the others their part. It is no
 * member, has no key, and can read nothing of it.
 *
 * It keeps no mailboxes: a part is for one member, so the station keeps it for who is away, in order and for as long, as any
 * message. What the assistant keeps itself is what cannot be sent yet.
 */
import type { Content, Dim, ID } from 'dimp';
import {
  createClient,
  silentLogger,
  systemClock,
  type Client,
  type ClientOptions,
  type ClientStore,
  type Clock,
  type Logger,
} from 'dimsdk';
import { DimError, EntityType } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { checkId } from 'dimp/internal';
import { requireDim, requireMethod } from 'dimsdk/internal';
import { KEPT_FOR, type AssistantContext } from './assistant-context.ts';
import { assistantHandlers } from './assistant-handlers.ts';
import { readAssistantLimits, type AssistantLimits } from './assistant-limits.ts';
import { Distribution } from './distribution.ts';
import { HeldMessages } from './held-messages.ts';
import { forgetSeen } from './seen-messages.ts';
import { SenderKeysTable } from './sender-keys.ts';

/** How an assistant is made. */
export interface GroupAssistantOptions extends Pick<
  ClientOptions<Content>,
  'transport' | 'stations' | 'pauses' | 'agent'
> {
  /** With `clientPlugin` among its plugins, in the shape `deployed`. */
  readonly dim: Dim;
  /** Where everything is kept. It is the assistant's alone. */
  readonly store: ClientStore;
  /** The bot, whose keys are in the store: of type `EntityType.BOT`. */
  readonly self: ID;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly limits?: Partial<AssistantLimits>;
  /** Whether it works for a group, beside that its bulletin must name the bot; for all, if not given. */
  readonly allows?: (group: ID) => boolean;
}

/** A running assistant. */
export interface GroupAssistant {
  /** The bot as any client. */
  readonly client: Client;
  /** Reads what waits, and connects. @throws DimError `STORE_…`, `MISSING_PRIVATE_KEY` */
  start(): Promise<void>;
  /** Ends; what was taken and not sent yet goes on with the next one over the store. It does not close the store. */
  close(): Promise<void>;
}

/** How long from one look for what is too old to the next, in seconds. */
const SWEEP = 60 * 60;

/** Some longer than a message may wait: of each that may come again it is known that it came. */
const KNOWN_FOR = KEPT_FOR + 24 * 60 * 60;

/**
 * Makes an assistant.
 *
 * @throws DimError `USAGE_ARGUMENT` for who is no bot, limits that are none, and what no client is made of
 * @example
 * ```ts
 * import { createGroupAssistant, type GroupAssistant, type GroupAssistantOptions } from 'dimstation';
 *
 * async function assist(options: GroupAssistantOptions): Promise<GroupAssistant> {
 *   const assistant = createGroupAssistant(options);
 *   await assistant.start();
 *   return assistant;
 * }
 * ```
 */
export function createGroupAssistant(options: GroupAssistantOptions): GroupAssistant {
  const { dim, store, self, clock, allows } = requireArgument(options, 'options');
  requireDim(dim, 'messenger');
  requireMethod(store, 'exclusive', 'store');
  checkId(self, 'self');
  if (clock !== undefined) requireMethod(clock, 'now', 'clock');
  if (allows !== undefined && typeof allows !== 'function')
    throw new DimError('USAGE_ARGUMENT', 'must be a function', { path: 'allows' });
  return new Assistant(options);
}

class Assistant implements GroupAssistant {
  readonly client: Client;
  readonly #context: AssistantContext;
  readonly #held: HeldMessages;
  readonly #keys: SenderKeysTable;
  readonly #distribution: Distribution;
  readonly #over = new AbortController();
  #sweeping: Promise<void> = Promise.resolve();

  constructor(options: GroupAssistantOptions) {
    const {
      dim,
      store,
      self,
      clock = systemClock,
      logger = silentLogger,
      limits,
      allows = () => true,
      ...rest
    } = options;
    if (self.type !== EntityType.BOT)
      throw new DimError('USAGE_ARGUMENT', 'must be of the type of bots', { path: 'self' });
    const context: AssistantContext = {
      dim,
      store,
      self: self.entity,
      clock,
      logger,
      limits: readAssistantLimits(limits),
      allows,
      stateOf: async (group) => this.client.groups.state(group),
      askFor: async (group) => this.#askFor(group),
    };
    this.#context = context;
    this.#held = new HeldMessages(context);
    this.#keys = new SenderKeysTable(context);
    this.#distribution = new Distribution({ context, held: this.#held, keys: this.#keys });
    const parts = { context, distribution: this.#distribution, keys: this.#keys, held: this.#held };
    const handlers = assistantHandlers(parts);
    // It is nobody to talk to: nothing that comes is a message of a conversation.
    const silent = { receipts: 'none', isMessage: () => false } as const;
    this.client = createClient<Content>({ dim, store, self, clock, logger, handlers, ...silent, ...rest });
  }

  async start(): Promise<void> {
    await this.#held.load();
    this.client.on('learned', async ({ id }) => {
      if (id.isGroup && this.#held.hasUnknown(id))
        await this.#distribution.askForHistory(id, await this.client.groups.state(id));
    });
    // What was planned and could not be kept is planned again.
    this.client.on('error', async () => {
      this.#keys.reset();
      await this.#held.load();
    });
    await this.client.start();
    for (const group of await this.#held.unknownGroups())
      await this.#distribution.askForHistory(group, await this.client.groups.state(group));
    this.#sweeping = this.#sweep();
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.client.close();
    await this.#sweeping;
  }

  async #askFor(group: ID): Promise<void> {
    try {
      await this.client.groups.query(group);
    } catch (error) {
      // It is asked again with the next message, or by the next client over the store.
      this.#context.logger.warn('the history of a group could not be asked for', { error: String(error) });
    }
  }

  async #sweep(): Promise<void> {
    const { clock, logger } = this.#context;
    for (;;) {
      try {
        await this.#removeOld(clock.now());
      } catch (error) {
        logger.error('what is old could not be removed', { error: String(error) });
      }
      try {
        await clock.wait(SWEEP, this.#over.signal);
      } catch {
        return;
      }
    }
  }

  async #removeOld(now: number): Promise<void> {
    const { store } = this.#context;
    await store.exclusive(async () => {
      const marks = await this.#held.expired(now - KEPT_FOR);
      const old = [...(await forgetSeen(store, now - KNOWN_FOR)), ...(await this.#keys.expired(now - KNOWN_FOR))];
      const rows = [...marks.map((mark) => this.#held.remove(mark)), ...old];
      if (rows.length > 0) await store.commit([], rows);
    });
  }
}
