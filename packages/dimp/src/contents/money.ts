/**
 * Money content: tells of an amount of money.
 *
 * `{ "type": "64", "sn", "time", "group"?, "currency": "USD", "amount": 12.5 }`
 * The amount is also read from decimal digits as text.
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  DimError,
  type ContentDefinition,
  type CreateContentOptions,
  type JsonMap,
} from 'dkd';
import { checkArguments, typeName, fieldOf, textOf } from 'dkd/extend';

/** What makes an amount of money. */
export interface MoneyParts {
  /** The name or sign of a currency, at most 32 characters: `USD`. */
  readonly currency: string;
  /** Units of the currency, not negative. */
  readonly amount: number;
}

/** Tells of an amount of money. It moves none: that is between the people and their bank. */
export class MoneyContent extends Content {
  readonly kind = 'money';
  /** The name or sign of a currency. */
  readonly currency: string = readCurrency(this.fields);
  /**
   * Units of the currency, not negative. A sender who wants every decimal kept writes text: it is in
   * `fields` as it came.
   */
  readonly amount: number = readAmount(this.fields);

  /**
   * A new content about money.
   *
   * @example
   * ```ts
   * import { MoneyContent } from 'dimp';
   *
   * MoneyContent.create({ currency: 'USD', amount: 12.5 }).amount; // 12.5
   * ```
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
   */
  static create(parts: MoneyParts, options: CreateContentOptions = {}): MoneyContent {
    return checkArguments(() => {
      const { currency, amount } = parts;
      return createContent(moneyDefinition, { currency, amount }, options);
    });
  }
}

/** Reads contents about money. */
export const moneyDefinition: ContentDefinition<MoneyContent> = /* @__PURE__ */ defineContent({
  type: ContentType.MONEY,
  kind: 'money',
  class: MoneyContent,
});

/** Starts with a letter, digit or currency sign, so that `__proto__` is none. */
const CURRENCY = /^[\p{L}\p{N}\p{Sc}][\p{L}\p{M}\p{N}\p{Sc} ._:/-]{0,31}$/u;

/**
 * The currency of a content.
 * @throws DimError `INPUT_…`
 */
export function readCurrency(fields: JsonMap): string {
  const currency = textOf(fields, 'currency');
  if (CURRENCY.test(currency)) return currency;
  throw new DimError('INPUT_FORMAT', 'must be the name or sign of a currency', { path: 'currency' });
}

/**
 * The amount of a content: a number, or its decimal text.
 * @throws DimError `INPUT_…`
 */
export function readAmount(fields: JsonMap): number {
  const path = 'amount';
  const value = fieldOf(fields, path);
  if (value === undefined) throw new DimError('INPUT_MISSING', 'is required', { path });
  if (typeof value === 'string' && !/^\d{1,16}(\.\d{1,20})?$/.test(value)) {
    throw new DimError('INPUT_FORMAT', 'must be an amount in decimal digits', { path });
  }
  const amount = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value;
  if (typeof amount !== 'number')
    throw new DimError('INPUT_TYPE', `must be an amount, not ${typeName(value)}`, { path });
  // Beyond 2^53 a number cannot tell one unit from two.
  if (!(amount >= 0 && amount <= Number.MAX_SAFE_INTEGER) || Object.is(amount, -0)) {
    throw new DimError('INPUT_RANGE', 'must be 0 to 2^53 - 1', { path });
  }
  return amount;
}
