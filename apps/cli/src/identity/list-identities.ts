/** `dim id list`. */
import type { Call, Result } from '../command/call.ts';
import { readCards } from '../home/cards.ts';
import { homeOf, isHome } from '../home/home.ts';
import { readSettings } from '../home/settings.ts';
import { printable } from '../text/printable.ts';

/** Lists the identities of a home. */
export async function listIdentities(call: Call): Promise<Result> {
  const home = homeOf(call);
  const cards = (isHome(home) ? readCards(home) : undefined) ?? (await cardsInStore(call));
  const { self } = readSettings(home);
  const identities = cards.map(({ card: { id, name } }) => ({ id, name, isUsed: cards.length === 1 || self === id }));
  return {
    json: { identities },
    text: identities
      .map(({ id, name, isUsed }) => `${isUsed ? '*' : ' '} ${printable(id)}  ${printable(name ?? '')}`)
      .join('\n'),
  };
}

async function cardsInStore(call: Call) {
  const [{ withHome }, { ownCards }] = [await import('../home/open-home.ts'), await import('../home/make-card.ts')];
  return withHome(call, async ({ store, users }) => ownCards(store, users));
}
