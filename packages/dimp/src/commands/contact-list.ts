/**
 * Lists of contacts that a user keeps at a station: a command with the whole list replaces it, one without asks for it.
 *
 * `{ "type": "136", "sn", "time", "command", "list"?: [ID] }`
 */
import { type ContentReaders, type CreateContentOptions, type ID } from 'dkd';
import { requireArgument } from 'dkd/extend';
import { optionalItemsOf } from '../fields/items.ts';
import { Command, createCommand, type CommandDefinition, type CommandInit } from './command.ts';

/** What the core read of a command with a list of contacts. */
export interface ContactListInit extends CommandInit {
  readonly list: readonly ID[] | undefined;
}

/** A command about a list of contacts. */
export abstract class ContactListCommand extends Command {
  /** The whole list; undefined in a query. */
  readonly list: readonly ID[] | undefined;

  constructor(init: ContactListInit) {
    super(init);
    this.list = init.list;
  }

  /** Whether it asks for the list. */
  get isQuery(): boolean {
    return this.list === undefined;
  }
}

/** A new command with the whole list. @throws DimError `USAGE_ARGUMENT` */
export function createContactList<C extends ContactListCommand>(
  definition: CommandDefinition<C>,
  list: readonly ID[],
  options: CreateContentOptions,
): C {
  return createCommand(definition, { list: requireArgument(list, 'list') }, options);
}

/** The list, of what the core read of the command. @throws DimError `INPUT_…` when any one is no ID */
export function readContactListInit(init: CommandInit, readers: ContentReaders): ContactListInit {
  return { ...init, list: optionalItemsOf(init.fields, 'list', (id) => readers.readId(id)) };
}
