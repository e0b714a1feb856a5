/** `dim id new`. */
import { EntityType, type User } from 'dimp';
import { addLocalUser } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { withHome } from '../home/open-home.ts';
import { cardOf } from '../home/make-card.ts';
import { cardText } from './card-text.ts';
import { givenName } from './given-name.ts';
import { newTerminal } from './new-terminal.ts';
import { noteSeveral } from './one-of-several.ts';

/** As the command takes them. */
export interface NewIdentityOptions {
  readonly name: string;
  readonly seed?: string | undefined;
  readonly type?: string | undefined;
  readonly terminal?: string | undefined;
  readonly words?: string | true | undefined;
}

const TYPES = { user: EntityType.USER, bot: EntityType.BOT, station: EntityType.STATION } as const;

/** Makes an identity, and keeps it. */
export async function newIdentity(call: Call, options: NewIdentityOptions): Promise<Result> {
  const type = typeOf(options.type ?? 'user');
  const wordCount = wordCountOf(options);
  const { seed = type === EntityType.USER ? undefined : 'dim' } = options;
  const name = givenName(options.name);
  const terminals = [options.terminal ?? newTerminal()];
  return withHome(
    call,
    async (open) => {
      const { store } = open;
      const words = wordCount && (await import('dimsdk/words')).createRecoveryWords(wordCount);
      const user: User =
        words === undefined
          ? await dim.createUser({ name, terminals, type, ...(seed !== undefined && { seed }) })
          : await (await import('dimsdk/words')).userFromWords(dim, words, { name, terminals });
      const { id, meta, visas } = await addLocalUser(dim, store, user);
      noteSeveral(call, open, id);
      const card = cardOf({ id, meta, documents: visas, isOwn: true });
      return {
        json: { ...card, ...(words !== undefined && { words }) },
        text: `${cardText(card)}${words === undefined ? '' : wordsText(words)}`,
      };
    },
    { canBeNew: true },
  );
}

function typeOf(text: string): number {
  const type = Object.entries(TYPES).find(([name]) => name === text)?.[1];
  if (type === undefined) throw wrong(`--type must be ${Object.keys(TYPES).join(', ')}`);
  return type;
}

function wordCountOf({ words, seed, type }: NewIdentityOptions): 12 | 24 | undefined {
  if (words === undefined) return undefined;
  if (seed !== undefined || (type ?? 'user') !== 'user') throw wrong('--words makes users without a seed only');
  if (words === true || words === '12') return 12;
  if (words === '24') return 24;
  throw wrong('--words must be 12 or 24');
}

function wordsText(words: string): string {
  return `\n\nWrite these words down, and show them to nobody. They are not printed again:\n\n  ${words}`;
}
