/** `dimsdk/browser`: a store in IndexedDB. */
export { deleteIndexedDbStore, openIndexedDbStore, type IndexedDbStoreOptions } from './open-indexeddb-store.ts';
