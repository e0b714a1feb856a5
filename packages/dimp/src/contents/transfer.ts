/**
 * Transfer content: tells of money that goes from one to another.
 *
 * `{ "type": "65", "sn", "time", "group"?, "currency": "USD", "amount": 12.5, "remitter"?: ID, "remittee"?: ID }`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  type ContentDefinition,
  type ContentInit,
  type CreateContentOptions,
  type ID,
} from 'dkd';
import { checkArguments, optionalOf } from 'dkd/extend';
import { readAmount, readCurrency, type MoneyParts } from './money.ts';

/** Who pays whom. */
export interface TransferParties {
  /** Who pays; undefined when the content does not say. */
  readonly remitter?: ID | undefined;
  /** Who is paid; undefined when the content does not say. */
  readonly remittee?: ID | undefined;
}

/** Tells of money that goes from one to another. It moves none, and proves nothing. */
export class TransferContent extends Content {
  readonly kind = 'transfer';
  /** The name or sign of a currency. */
  readonly currency: string = readCurrency(this.fields);
  /** Units of the currency, not negative. */
  readonly amount: number = readAmount(this.fields);
  /** Who pays; undefined when the content does not say. */
  readonly remitter: ID | undefined;
  /** Who is paid; undefined when the content does not say. */
  readonly remittee: ID | undefined;

  constructor(init: ContentInit, parties: TransferParties) {
    super(init);
    this.remitter = parties.remitter;
    this.remittee = parties.remittee;
  }

  /**
   * A new content about a transfer.
   *
   * @example
   * ```ts
   * import { ANYONE, TransferContent } from 'dimp';
   *
   * TransferContent.create({ currency: 'USD', amount: 3, remittee: ANYONE }).amount; // 3
   * ```
   * @throws DimError `USAGE_ARGUMENT` for an amount or currency that no reader would take
   */
  static create(parts: MoneyParts & TransferParties, options: CreateContentOptions = {}): TransferContent {
    return checkArguments(() => {
      const { currency, amount, remitter, remittee } = parts;
      return createContent(transferDefinition, { currency, amount, remitter, remittee }, options);
    });
  }
}

/** Reads contents about transfers. */
export const transferDefinition: ContentDefinition<TransferContent> = /* @__PURE__ */ defineContent({
  type: ContentType.TRANSFER,
  kind: 'transfer',
  read: (init, readers) =>
    new TransferContent(init, {
      remitter: optionalOf(init.fields, 'remitter', (id) => readers.readId(id)),
      remittee: optionalOf(init.fields, 'remittee', (id) => readers.readId(id)),
    }),
});
