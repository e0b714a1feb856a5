/**
 * Receipt: a message was received, delivered, refused, …
 *
 * `{ "type": "136", "sn", "time", "group"?, "command": "receipt", "text": "Delivered",
 * "origin"?: { "sender": ID, "receiver"?: ID, "time"?, "type"?, "sn"?, "signature"? } }`
 * The text is also read from `message`; for earlier shapes of the origin see read-origin.ts.
 */
import { DimError } from 'dkd';
import { checkArguments, optionalTextOf, type NewFields } from 'dkd/extend';
import type { CreateContentOptions, Envelope, JsonMap, SerialNumber } from 'dkd';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { readOrigin, type ReceiptOrigin } from './read-origin.ts';

/** The message that a new receipt is for. */
export interface ReceiptOriginParts {
  readonly envelope: Envelope;
  /** The serial number of its content. */
  readonly sn?: SerialNumber;
  /** Its signature, base64. */
  readonly signature?: string;
}

/** Options of a new receipt. */
export interface CreateReceiptOptions extends CreateContentOptions {
  /** The message that it is for. */
  readonly origin?: ReceiptOriginParts;
}

/** Says what became of a message. */
export class ReceiptCommand extends Command {
  readonly kind = 'receipt';
  readonly text: string = readText(this.fields);
  /** The message that it is for. Whether there was such a message is for the reader to look up. */
  readonly origin: ReceiptOrigin | undefined;

  constructor(init: CommandInit, origin: ReceiptOrigin | undefined) {
    super(init);
    this.origin = origin;
  }

  /**
   * A new receipt.
   *
   * @example
   * ```ts
   * import { ANYONE, Envelope, ReceiptCommand } from 'dimp';
   *
   * const envelope = Envelope.create({ sender: ANYONE, receiver: ANYONE });
   * ReceiptCommand.create('Delivered', { origin: { envelope, sn: 123 } }).origin?.sn; // 123
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(text: string, options: CreateReceiptOptions = {}): ReceiptCommand {
    return checkArguments(() => {
      const { origin, ...common } = options;
      return createCommand(receiptDefinition, { text, origin: origin && originFields(origin) }, common);
    });
  }
}

/** Reads receipts. */
export const receiptDefinition: CommandDefinition<ReceiptCommand> = /* @__PURE__ */ defineCommand({
  command: 'receipt',
  kind: 'receipt',
  read: (init, readers) => new ReceiptCommand(init, readOrigin(init, readers)),
});

function readText(fields: JsonMap): string {
  const text = optionalTextOf(fields, 'text') ?? optionalTextOf(fields, 'message');
  if (text === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'text' });
  return text;
}

function originFields({ envelope, sn, signature }: ReceiptOriginParts): NewFields {
  const { sender, receiver, time, type } = envelope;
  return { sender, receiver, time, type, sn, signature };
}
