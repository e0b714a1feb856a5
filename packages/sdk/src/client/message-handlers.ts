/** What a client does by itself with receipts, and with copies from this person's other devices. */
import type { Content, ID, ReceiptCommand } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { SentContent } from '../device/sent-content.ts';
import type { Ledger } from '../outbox/ledger.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { HandlerDefinition } from '../ports/handler.ts';
import { unknownToStation } from '../outbox/word-of-station.ts';
import type { Messages } from './messages.ts';

interface HandlerParts<C extends Content> {
  readonly ledger: Ledger<C>;
  readonly outbox: Outbox<C>;
  readonly messages: Messages<C>;
  /** Does something that nobody waits for. */
  readonly begin: (work: () => Promise<void>) => void;
}

/** The handlers of `receipt` and `sent`. */
export function messageHandlers<C extends Content>(
  device: OwnDevice<C>,
  { ledger, outbox, messages, begin }: HandlerParts<C>,
  station: () => ID | undefined,
): readonly HandlerDefinition[] {
  const receipt: HandlerDefinition<ReceiptCommand> = {
    defines: 'handler',
    kind: 'receipt',
    isExclusive: true,
    handle: async ({ content, sender }) => {
      const receiver = await ledger.receipt(content, sender, station());
      if (receiver !== undefined) outbox.packer.isKnownTo(receiver);
      const unknown = station()?.equals(sender) === true ? unknownToStation(device.dim, content) : undefined;
      if (unknown !== undefined) device.store.stage({ onceKept: () => begin(async () => outbox.unknown.add(unknown)) });
      return undefined;
    },
  };
  const sent: HandlerDefinition<SentContent> = {
    defines: 'handler',
    kind: 'sent',
    isExclusive: true,
    handle: ({ content, sender, wasEncrypted, key }) => {
      // From anybody else, or in the clear, it would put words into this person's mouth.
      if (!device.isSelf(sender) || !wasEncrypted) return undefined;
      // Stations may hand it to all devices, this one too.
      if (content.terminal === device.self.terminal) return undefined;
      // What is in a content was read by the same context.
      const copy = content.copy as C;
      const order = device.sequence.next();
      return {
        rows: messages.rowsOfOwn({ key, content: copy, receiver: content.receiver, order, delivery: undefined }),
      };
    },
  };
  // Contents of its kind alone come to each.
  return [receipt, sent];
}
