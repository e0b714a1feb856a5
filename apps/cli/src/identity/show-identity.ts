/** `dim id show`. */
import type { Call, Result } from '../command/call.ts';
import { readCards, type OwnCard } from '../home/cards.ts';
import { chooseOwn } from '../home/choose-own.ts';
import { homeOf, isHome } from '../home/home.ts';
import { readSettings } from '../home/settings.ts';
import { jsonText } from '../text/json-text.ts';
import { cardText } from './card-text.ts';

/** As the command takes them. */
export interface ShowOptions {
  readonly contact?: true | undefined;
}

/** Shows one of this home, from its card; or somebody who is known, from the store. */
export async function showIdentity(call: Call, who: string | undefined, options: ShowOptions): Promise<Result> {
  const home = homeOf(call);
  const cards = isHome(home) ? readCards(home) : undefined;
  const given = who ?? call.globals.as ?? readSettings(home).self;
  if (cards !== undefined && (who === undefined || cards.some(({ card }) => card.id === who)))
    return resultOf(
      chooseOwn(
        given,
        cards.map((own) => ({ ...own, id: own.card.id, name: own.card.name })),
      ),
      options,
    );
  const { findIdentity } = await import('./find-identity.ts');
  return resultOf(await findIdentity(call, who), options);
}

function resultOf({ card, contact }: OwnCard, options: ShowOptions): Result {
  if (options.contact === true) return { json: contact, text: jsonText(contact) };
  return { json: card, text: cardText(card) };
}
