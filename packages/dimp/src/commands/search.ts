/**
 * Search: asks a station for users by words, or tells whom it found.
 *
 * `{ "type": "136", "sn", "time", "command": "search", "keywords": "moki hulk", "start"?: 0, "limit"?: 20,
 * "station"?: ID, "users"?: [ID], "results"?: { ID: {meta} } }`
 * Keywords are also read as a list. The protocol leaves the details open: what is there is checked.
 */
import { DimError } from 'dkd';
import { checkArguments, typeName, fieldOf, isJsonMap, optionalOf, requireArgument, within } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, ID, JsonMap, JsonValue } from 'dkd';
import { itemsOf, optionalItemsOf } from '../fields/items.ts';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { optionalEntriesOf } from '../fields/entries.ts';
import { optionalIntegerOf } from '../fields/integer.ts';
import { joinWords, splitWords } from '../fields/words.ts';

/** Options of a query. */
export interface SearchQueryOptions extends CreateContentOptions {
  /** How many results to skip. */
  readonly start?: number;
  /** How many results are wanted at most. */
  readonly limit?: number;
  /** Where to search. */
  readonly station?: ID;
}

/** What the definition reads. */
interface SearchParts {
  readonly keywords: readonly string[];
  readonly station?: ID | undefined;
  readonly users?: readonly ID[] | undefined;
  readonly results?: ReadonlyMap<string, JsonMap> | undefined;
}

const MAX_COUNT = 0x7fff_ffff;

/** Asks for users by words, or tells whom a station found. */
export class SearchCommand extends Command {
  readonly kind = 'search';
  readonly keywords: readonly string[];
  /** How many results to skip. */
  readonly start: number | undefined = optionalIntegerOf(this.fields, 'start', MAX_COUNT);
  /** How many results are wanted at most. */
  readonly limit: number | undefined = optionalIntegerOf(this.fields, 'limit', MAX_COUNT);
  /** Where to search. */
  readonly station: ID | undefined;
  /** Whom the station found. */
  readonly users: readonly ID[] | undefined;
  /** The meta maps of those found, by the text of the ID; not read yet: see `Meta.parse` and `verifyMeta`. */
  readonly results: ReadonlyMap<string, JsonMap> | undefined;

  constructor(init: CommandInit, parts: SearchParts) {
    super(init);
    this.keywords = parts.keywords;
    this.station = parts.station;
    this.users = parts.users;
    this.results = parts.results;
  }

  /** Whether it asks. */
  get isQuery(): boolean {
    return this.users === undefined && this.results === undefined;
  }

  /**
   * Asks for users.
   *
   * @example
   * ```ts
   * import { SearchCommand } from 'dimp';
   *
   * SearchCommand.query(['moki'], { limit: 20 }).keywords; // ['moki']
   * ```
   * @throws DimError `USAGE_ARGUMENT` for a keyword with a blank
   */
  static query(keywords: readonly string[], options: SearchQueryOptions = {}): SearchCommand {
    return checkArguments(() => {
      const { start, limit, station, ...common } = options;
      const own = { keywords: joinWords(keywords, 'keywords'), start, limit, station };
      return createCommand(searchDefinition, own, common);
    });
  }

  /**
   * Tells whom a station found.
   * @throws DimError `USAGE_ARGUMENT`
   */
  static answer(keywords: readonly string[], users: readonly ID[], options: CreateContentOptions = {}): SearchCommand {
    return checkArguments(() => {
      const own = { keywords: joinWords(keywords, 'keywords'), users: requireArgument(users, 'users') };
      return createCommand(searchDefinition, own, options);
    });
  }
}

/** Reads search commands. */
export const searchDefinition: CommandDefinition<SearchCommand> = /* @__PURE__ */ defineCommand({
  command: 'search',
  kind: 'search',
  read(init, readers: ContentReaders) {
    const { fields } = init;
    return new SearchCommand(init, {
      keywords: readKeywords(fields, readers.limits.jsonValues),
      station: optionalOf(fields, 'station', (id) => readers.readId(id)),
      users: optionalItemsOf(fields, 'users', (id) => readers.readId(id)),
      results: optionalEntriesOf(fields, 'results', (meta, id) => readResult(meta, id, readers)),
    });
  },
});

function readKeywords(fields: JsonMap, max: number): readonly string[] {
  const value = fieldOf(fields, 'keywords');
  if (typeof value === 'string') return within('keywords', () => splitWords(value, max));
  return itemsOf(fields, 'keywords', (item) => {
    if (typeof item === 'string') return item;
    throw new DimError('INPUT_TYPE', `must be text, not ${typeName(item)}`);
  });
}

function readResult(meta: JsonValue, id: string, readers: ContentReaders): JsonMap {
  readers.readId(id);
  if (isJsonMap(meta)) return meta;
  throw new DimError('INPUT_TYPE', `must be a map, not ${typeName(meta)}`);
}
