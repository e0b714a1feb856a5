/**
 * An application content: what only our application understands.
 *
 * `{ "type": "160", "sn", "time", "app": "chat.example.shopping", "items": [ { "name", "amount" } ] }`
 * The contents of other applications come with the same type: they stay what they are, and their plugins stand beside
 * ours.
 */
import {
  Content,
  createApplication,
  defineApplication,
  definePlugin,
  DimError,
  type ContentInit,
  type CreateContentOptions,
  type JsonValue,
} from 'dimp';
import { isJsonMap, optionalListOf, textOf, within } from 'dimp/extend';

export interface Item {
  readonly name: string;
  readonly amount: number;
}

export class ShoppingList extends Content {
  readonly kind = 'shopping-list';
  readonly items: readonly Item[];

  constructor(init: ContentInit) {
    super(init);
    const list = optionalListOf(this.fields, 'items') ?? [];
    this.items = list.map((item, index) => within(`items[${index}]`, () => readItem(item)));
  }

  static create(items: readonly Item[], options?: CreateContentOptions): ShoppingList {
    const maps = items.map(({ name, amount }) => ({ name, amount }));
    return createApplication(shoppingDefinition, { items: maps }, options);
  }
}

function readItem(item: JsonValue): Item {
  if (!isJsonMap(item)) throw new DimError('INPUT_TYPE', 'must be a map');
  const { amount } = item;
  if (typeof amount !== 'number' || !(amount > 0))
    throw new DimError('INPUT_RANGE', 'must be a number above 0', { path: 'amount' });
  return { name: textOf(item, 'name'), amount };
}

const shoppingDefinition = defineApplication({
  app: 'chat.example.shopping',
  kind: 'shopping-list',
  class: ShoppingList,
});

export const shoppingPlugin = definePlugin('shopping', [shoppingDefinition]);
