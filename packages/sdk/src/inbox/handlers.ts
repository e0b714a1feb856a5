/** Handlers by the kind of content that they are for, and what becomes of what they want. */
import { DimError, isDimError, type Content } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';
import { isOwnFault } from '../store/own-fault.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Arrival } from './arrival-table.ts';
import { wasNotDone } from './closable-handler.ts';
import { checkReaction } from './check-reaction.ts';

/** A handler that threw. */
export interface HandlerFailure {
  readonly kind: string;
  readonly received: Received;
  readonly error: unknown;
}

/** What handlers ask of the client around them. */
export interface HandlersHost {
  /** Something of these was learned, or is wanted. */
  reacted(reaction: Reaction): void;
  failed(failure: HandlerFailure): void;
}

/** Runs the handlers of a client. */
export class Handlers<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #outbox: Outbox<C>;
  readonly #host: HandlersHost;
  readonly #byKind = new Map<string, HandlerDefinition[]>();
  /** Those of the client itself, which write where it reads. */
  readonly #own = new WeakSet<HandlerDefinition>();

  constructor(device: OwnDevice<C>, outbox: Outbox<C>, host: HandlersHost) {
    this.#device = device;
    this.#outbox = outbox;
    this.#host = host;
  }

  /** Adds a handler; those of one kind run in the order in which they were added. */
  add(handler: HandlerDefinition, { isOwn = false }: { readonly isOwn?: boolean } = {}): void {
    if (isOwn) this.#own.add(handler);
    this.#byKind.set(handler.kind, [...(this.#byKind.get(handler.kind) ?? []), handler]);
  }

  /** Whether a kind of content has handlers that run after the commit. */
  hasLater(kind: string): boolean {
    return this.#of(kind, false).length > 0;
  }

  /** Whether a kind of content has handlers. */
  has(kind: string): boolean {
    return this.#byKind.has(kind);
  }

  /** Runs the handlers that plan by what the store has, and stages what they want. Inside `exclusive` alone. */
  async runExclusive(arrival: Arrival<C>): Promise<void> {
    for (const handler of this.#of(arrival.content.kind, true)) {
      const reaction = await this.#run(handler, arrival);
      if (reaction !== undefined) await this.settle(arrival, reaction);
    }
  }

  /** Runs the others. What they want is to be staged with the removal of the arrival. */
  async runLater(arrival: Arrival<C>): Promise<readonly Reaction[]> {
    const reactions: Reaction[] = [];
    for (const handler of this.#of(arrival.content.kind, false)) {
      const reaction = await this.#run(handler, arrival);
      if (reaction !== undefined) reactions.push(reaction);
    }
    return reactions;
  }

  /** Stages what a handler wants, where rows are as it wants them; else it is told. Inside `exclusive` alone. */
  async settle(arrival: Arrival<C>, reaction: Reaction): Promise<void> {
    const error = await this.#objection(reaction);
    if (error === undefined) return this.stage(arrival, reaction);
    this.#host.failed({ kind: arrival.content.kind, received: arrival, error });
  }

  /** Why a reaction can never be kept: it would fail again each time, and take with it what else is in its commit. */
  async #objection({ rows = [], sends = [] }: Reaction): Promise<DimError | undefined> {
    if (!(await this.#device.store.agreesWith(rows)))
      return new DimError('STORE_CONFLICT', 'a row is not as the handler wants it', { path: 'rows' });
    try {
      for (const { receiver } of sends) await this.#outbox.requireReceivers(receiver);
      return undefined;
    } catch (error) {
      if (isDimError(error) && !isOwnFault(error)) return error;
      throw error;
    }
  }

  /** Stages what is to be done. Inside `exclusive` alone. */
  async stage({ sender, mayReply }: Pick<Arrival<C>, 'sender' | 'mayReply'>, reaction: Reaction): Promise<void> {
    const { replies = [] } = reaction;
    await this.stageOwn(reaction, { isReply: true });
    // Nobody answers what somebody else handed on: one message would make many write to its author.
    if (mayReply) for (const content of replies) await this.#outbox.stage({ content, receiver: sender }, true);
  }

  /** Stages what nobody is to be answered for. @param isReply whether others decide how much there is of it */
  async stageOwn(reaction: Reaction, { isReply }: { readonly isReply: boolean }): Promise<void> {
    const { changes, rows, sends = [] } = reaction;
    this.#device.store.stage({ changes, rows, onceKept: () => this.#host.reacted(reaction) });
    for (const outgoing of sends) await this.#outbox.stage(outgoing, isReply);
  }

  #of(kind: string, isExclusive: boolean): readonly HandlerDefinition[] {
    return (this.#byKind.get(kind) ?? []).filter((handler) => handler.isExclusive === isExclusive);
  }

  async #run(handler: HandlerDefinition, received: Arrival<C>): Promise<Reaction | undefined> {
    try {
      const reaction = await handler.handle(received);
      // In JavaScript nothing may be null, too.
      if (reaction === undefined || reaction === null) return undefined;
      return checkReaction(reaction, {
        sender: received.sender,
        isOwn: this.#own.has(handler),
        checkOutgoing: (outgoing) => this.#outbox.check(outgoing),
      });
    } catch (error) {
      // Those of the client read its own store, and of a conflict nothing is better the next time. What any other handler uses
      // may have faults for ever: they would hold up all that comes.
      const isOfStore = isDimError(error) && isOwnFault(error) && error.code !== 'STORE_CONFLICT';
      if ((this.#own.has(handler) && isOfStore) || wasNotDone(error)) throw error;
      this.#host.failed({ kind: handler.kind, received, error });
      return undefined;
    }
  }
}
