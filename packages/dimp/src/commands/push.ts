/**
 * Push: asks a push service to wake devices.
 *
 * `{ "type": "136", "sn", "time", "command": "push", "items": [ { "receiver": ID, "aps": { … } } ] }`
 * The protocol leaves the details open: what is there is checked, and all is kept.
 */
import { DimError } from 'dkd';
import { checkArguments, typeName, isJsonMap, optionalMapOf, requiredOf, within } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID, JsonMap, JsonValue } from 'dkd';
import { optionalItemsOf } from '../fields/items.ts';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';

/** A notification for one receiver. */
export interface PushItem {
  readonly receiver: ID;
  /** What the device shall show, in the words of Apple's push service: `{ "alert": {…}, "badge"?, "sound"? }`. */
  readonly aps: JsonMap | undefined;
}

/** Asks a push service to wake devices. */
export class PushCommand extends Command {
  readonly kind = 'push';
  readonly items: readonly PushItem[];

  constructor(init: CommandInit, items: readonly PushItem[]) {
    super(init);
    this.items = items;
  }

  /**
   * A new push command.
   *
   * @example
   * ```ts
   * import { ANYONE, PushCommand } from 'dimp';
   *
   * PushCommand.create([{ receiver: ANYONE, aps: { alert: { title: 'New message' } } }]).items.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(items: readonly PushItem[], options: CreateContentOptions = {}): PushCommand {
    return checkArguments(() => {
      const maps = within('items', () => items.map(({ receiver, aps }) => ({ receiver, aps })));
      return createCommand(pushDefinition, { items: maps }, options);
    });
  }
}

/** Reads push commands. */
export const pushDefinition: CommandDefinition<PushCommand> = /* @__PURE__ */ defineCommand({
  command: 'push',
  kind: 'push',
  read: (init, readers) =>
    new PushCommand(init, optionalItemsOf(init.fields, 'items', (item) => readItem(item, readers)) ?? []),
});

function readItem(item: JsonValue, readers: ContentReaders): PushItem {
  if (!isJsonMap(item)) throw new DimError('INPUT_TYPE', `must be a map, not ${typeName(item)}`);
  return Object.freeze({
    receiver: requiredOf(item, 'receiver', (id) => readers.readId(id)),
    aps: optionalMapOf(item, 'aps'),
  });
}
