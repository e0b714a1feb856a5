/** The script of the page that tests the store of dimsdk. What it offers stands in `stores`. */
import { runContract } from './store/contract.ts';

const stores = {
  runContract,
};

export type PageStores = typeof stores;

Object.assign(globalThis, { stores });
