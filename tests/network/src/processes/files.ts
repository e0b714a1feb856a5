/** The files of devices, and what is in them. */
import { passphraseVault, type ClientStore, type Clock } from 'dimsdk';
import { nodeScrypt, openSqliteStore } from 'dimsdk/node';
import { dim } from '../world.ts';
import type { DeviceParameters, Report } from './speech.ts';

/** As small as may be: a device is started a hundred times. */
const COST = 2 ** 10;

/** Opens the store of a device. */
export async function openFile(
  { path, passphrase }: Pick<DeviceParameters, 'path' | 'passphrase'>,
  clock?: Clock,
): Promise<ClientStore> {
  const options = { cost: COST, lowestCost: COST, scrypt: nodeScrypt };
  const vault = passphrase === undefined ? 'unprotected' : passphraseVault(passphrase, options);
  return openSqliteStore({ dim, path, vault, clock });
}

/** What is still to be done at a device. */
export async function reportOf(store: ClientStore): Promise<Report> {
  return {
    deliveries: await store.count('delivery', 'open'),
    drafts: await countOf(store, 'draft'),
    parcels: await countOf(store, 'parcel'),
    arrivals: await countOf(store, 'arrival'),
    waiting: await countOf(store, 'waiting'),
    messages: await countOf(store, 'message'),
  };
}

async function countOf(store: ClientStore, table: string): Promise<number> {
  const partitions = await store.partitions(table);
  const counts = await Promise.all(partitions.map(async (partition) => store.count(table, partition)));
  return counts.reduce((sum, count) => sum + count, 0);
}
