/**
 * A client whose `dimsdk` brings a `dimp` of its own, as where the application has a newer one: what the application makes with
 * its `dimp` is told apart at the first call, and the remedy with it. It throws, or says so.
 */
import assert from 'node:assert/strict';
import { createDim, isDimError } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  addLocalUser,
  clientPlugin,
  createClient,
  importIdentity,
  localUsers,
  MemoryClientStore,
  webSocketTransport,
} from 'dimsdk';

const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
const [user, store] = [await dim.createUser({ name: 'Alice' }), new MemoryClientStore()];
const passphrase = 'correct horse';

const CALLS: Readonly<Record<string, () => unknown>> = {
  addLocalUser: async () => addLocalUser(dim, store, user),
  importIdentity: async () => importIdentity(dim, store, '{}', { passphrase }),
  createClient: () => createClient({ dim, store, self: user.id, transport: webSocketTransport(), stations: [] }),
};
for (const [name, call] of Object.entries(CALLS))
  await assert.rejects(
    async () => call(),
    (error) => {
      assert.ok(isDimError(error), String(error));
      const fault = { code: error.code, path: error.path, reason: error.reason };
      const reason = 'is of another copy of dimp: install one version';
      assert.deepEqual(fault, { code: 'USAGE_ARGUMENT', path: 'dim', reason }, name);
      return true;
    },
  );
assert.deepEqual(await localUsers(store, dim), []);
console.log(`${Object.keys(CALLS).length} calls say what is wrong`);
