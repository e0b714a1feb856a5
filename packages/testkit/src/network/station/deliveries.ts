/** Passing messages on: stored first, then sent to who is there, and the sender is told. */
import { EntityType, type ID, type JsonMap, type ReliableMessage } from 'dimp';
import type { Part } from './explode.ts';
import { MessageStore, signatureOf, type KeptMessage } from './message-store.ts';
import { deliveryReceipt } from './receipts.ts';
import { sendReply } from './replies.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { StationContext } from './station-context.ts';

/** Delivers, and keeps what is not acknowledged. */
export class Deliveries {
  readonly kept: MessageStore;
  readonly #context: StationContext;
  readonly #sessions: Sessions;

  constructor(context: StationContext, sessions: Sessions) {
    this.#context = context;
    this.#sessions = sessions;
    this.kept = new MessageStore(context.clock, context.quirks.ordersBySeconds === true);
  }

  /** Delivers a message that came over a connection, where its sender is told. */
  async deliver(from: Session, part: Part): Promise<void> {
    const to = from.addressOf(part.message.sender);
    await sendReply(this.#context, from, { to, contents: [this.#receiptFor(part)] });
  }

  #receiptFor({ message, receiver, isForNobody }: Part): JsonMap {
    if (isForNobody) return deliveryReceipt('Message cached.', message);
    const sessions = this.#sessions.activeOf(receiver);
    if (receiver.type === EntityType.STATION) return redirect(message, receiver, sessions);
    const isKept = isKeptFor(message, receiver);
    const kept = { receiver, message, bytes: message.encode(), keptAt: this.#context.clock.now() };
    if (isKept && this.#context.quirks.storesNothing !== true) this.kept.keep(kept);
    for (const session of sessions) this.push(session, kept, false);
    if (sessions.length > 0) return deliveryReceipt('Message delivered.', message, { recipient: receiver.toString() });
    // Also of what is for everybody, and is kept for nobody: so do deployed stations.
    return deliveryReceipt('Message cached.', message);
  }

  /** What is kept for who has come in here, and is not on its way. */
  waitingFor(session: Session): readonly KeptMessage[] {
    if (session.id === undefined || !session.isActive) return [];
    return this.kept.of(session.id).filter(({ message }) => !session.inFlight.has(signatureOf(message)));
  }

  /** Sends a message. It is kept no longer once it is acknowledged. */
  push(session: Session, kept: KeptMessage, wasStored: boolean): void {
    const { message, bytes } = kept;
    const signature = signatureOf(message);
    session.inFlight.add(signature);
    const acknowledged = (): void => {
      session.inFlight.delete(signature);
      this.kept.remove(kept);
    };
    session.line.push({ bytes, sender: message.sender.entityKey, wasStored, acknowledged });
  }
}

/** Stations come by themselves, or there is a bridge to them. */
function redirect(message: ReliableMessage, receiver: ID, sessions: readonly Session[]): JsonMap {
  const bytes = message.encode();
  for (const { line } of sessions) line.push({ bytes, sender: message.sender.entityKey, wasStored: false });
  if (sessions.length === 0) return deliveryReceipt('Message received.', message);
  return deliveryReceipt('Message redirected.', message, { neighbor: receiver.toString() });
}

/** Not what stations say, and not what is for everybody. */
function isKeptFor({ sender, receiver, envelope }: ReliableMessage, to: ID): boolean {
  if ([sender, to].some(({ type }) => type === EntityType.STATION)) return false;
  return !receiver.isBroadcast && envelope.group?.isBroadcast !== true;
}
