/** The IDs that metas of a type give: each its own, for the networks that the type says, and for no others. */
import { verifyMeta, type Address, type ID, type Meta } from 'mkm';
import { isAddress } from '../addresses/is-address.ts';
import { outcomeOf } from '../report/outcome.ts';
import { errorForm, shortForm } from '../report/short-form.ts';
import { firstOf, isValue, verdict } from '../report/verdict.ts';
import { ALL_NETWORKS, type MetaTrial } from './meta-trial.ts';

export async function checkAddresses({
  contract,
  context,
  definition,
  networks,
  meta,
  other,
}: MetaTrial): Promise<void> {
  const where = 'address';
  const given: [network: number, address: Address][] = [];
  await contract.rule(where, 'it gives an address for each of its networks, with that network in it', () =>
    firstOf(networks, (network) => {
      const address: unknown = definition.address(meta, network);
      if (isAddress(address)) given.push([network, address]);
      return verdict(
        isAddress(address) && address.network === network,
        'an Address with the network byte that was asked for',
        `${isAddress(address) ? `network ${address.network}` : shortForm(address)} for the network ${network}`,
      );
    }),
  );
  await contract.rule(where, 'it gives no address for any other network', () =>
    firstOf(
      ALL_NETWORKS.filter((network) => !networks.includes(network)),
      async (network) => {
        const outcome = await outcomeOf(() => definition.address(meta, network));
        const isGiven = outcome.ended === 'given';
        const received = isGiven ? shortForm(outcome.value) : errorForm(outcome.error);
        return verdict(isGiven && outcome.value === undefined, 'undefined', `${received} for the network ${network}`);
      },
    ),
  );
  await contract.rule(where, 'it gives the same address each time, and each network its own', () =>
    firstOf(given, ([network, address]) => {
      const again = definition.address(meta, network);
      const twins = given.filter(([of, twin]) => of !== network && twin.equals(address)).map(([of]) => of);
      return verdict(
        again?.equals(address) === true && twins.length === 0,
        'one address for each network',
        twins.length === 0
          ? `two for the network ${network}`
          : `one for the networks ${[network, ...twins].join(', ')}`,
      );
    }),
  );
  await contract.rule('the address of its kind', 'an ID that was written is read again as it was', () =>
    firstOf(given, ([network]) => {
      const id = meta.id(network);
      const { address } = context.ID.parse(id.toString());
      const { kind } = id.address;
      return verdict(
        address.equals(id.address) && address.kind === kind && address.network === network,
        `the same address, kind ${kind}, network ${network}`,
        `${address.text}, kind ${address.kind}, network ${address.network}`,
      );
    }),
  );
  await contract.rule(where, 'a meta belongs to each ID that it gives, at any terminal', () =>
    firstOf(given, async ([network]) => {
      const id = context.ID.parse(meta.id(network, 'phone').toString());
      return verdict(await belongs(meta, id), 'a meta that verifyMeta accepts', `a no for ${id.toString()}`);
    }),
  );
  await contract.rule(where, 'a meta belongs to no ID of another key or of another name', () =>
    firstOf(given, async ([network]) => {
      const { name, address } = meta.id(network);
      const ids = [other.id(network), context.ID.create({ name: `${name ?? ''}_`, address })];
      // Where it has a name, an ID without one is another, too.
      if (name !== undefined) ids.push(context.ID.create({ address }));
      const taken: string[] = [];
      for (const id of ids) if (await belongs(meta, id)) taken.push(id.toString());
      return verdict(taken.length === 0, 'a no', `a yes for ${taken.join(', ')}`);
    }),
  );
  await contract.rule(where, 'the meta of another key does not belong to its IDs', () =>
    firstOf(given, async ([network]) => isValue(await belongs(other, meta.id(network)), false)),
  );
}

async function belongs(meta: Meta, id: ID): Promise<boolean> {
  return (await verifyMeta(meta, id)) !== false;
}
