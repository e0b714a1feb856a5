/**
 * An application content: what only our application understands.
 *
 * `{ "type": "160", "sn", "time", "app": "chat.example.shopping", "items": [ { "name", "amount" } ] }`
 * The contents of other applications come with the same type: they stay what they are without us.
 */
import {
  ApplicationContent,
  Content,
  ContentType,
  defineContent,
  definePlugin,
  DimError,
  isJsonMap,
  newContentInit,
  optionalListOf,
  textOf,
  within,
  type ContentInit,
  type CreateContentOptions,
  type JsonMap,
} from 'dimp';

const APP = 'chat.example.shopping';

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

  static create(items: readonly Item[], options: CreateContentOptions = {}): ShoppingList {
    const own: JsonMap = { app: APP, items: items.map(({ name, amount }) => ({ name, amount })) };
    return new ShoppingList(newContentInit(ContentType.APPLICATION, own, options));
  }
}

function readItem(item: unknown): Item {
  if (!isMap(item)) throw new DimError('INPUT_TYPE', 'must be a map');
  const { amount } = item;
  if (typeof amount !== 'number' || !(amount > 0))
    throw new DimError('INPUT_RANGE', 'must be a number above 0', { path: 'amount' });
  return { name: textOf(item, 'name'), amount };
}

function isMap(item: unknown): item is JsonMap {
  return isJsonMap(item as JsonMap);
}

/** Replaces how the type is read, and hands back what belongs to other applications. */
export const shoppingPlugin = definePlugin(
  'shopping',
  [
    defineContent<ShoppingList | ApplicationContent>({
      type: ContentType.APPLICATION,
      read: (init) => (textOf(init.fields, 'app') === APP ? new ShoppingList(init) : new ApplicationContent(init)),
    }),
  ],
  { replace: true },
);
