/** What CommonJS gets of the packages: `require`, and the same classes as `import`. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as Dimp from 'dimp';
import type * as Plugins from 'dimplugins';
import type * as Modern from 'dimplugins/modern';
import type * as Sdk from 'dimsdk';
import type * as NodeSdk from 'dimsdk/node';
import type * as Words from 'dimsdk/words';

const require = createRequire(import.meta.url);
const { createDim, DimError, MemoryStore, TextContent } = require('dimp') as typeof Dimp;
const { standardPlugin } = require('dimplugins') as typeof Plugins;
const { modernPlugin } = require('dimplugins/modern') as typeof Modern;
const { MemoryClientStore } = require('dimsdk') as typeof Sdk;
const { tcpTransport } = require('dimsdk/node') as typeof NodeSdk;
const { createRecoveryWords, readRecoveryWords } = require('dimsdk/words') as typeof Words;

const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });
const user = await dim.createUser({ name: 'Alice' });
const store = new MemoryStore();
await dim.addUser(store, user);
const messenger = dim.messenger({ self: user.id, store });
const { content } = await messenger.unpack(await messenger.pack(TextContent.create('Hello!'), user.id));
assert.equal(content.kind === 'text' && content.text, 'Hello!');

const imported = await import('dimp');
assert.equal(imported.DimError, DimError);

const clientStore = new MemoryClientStore();
await dim.addUser(clientStore, user);
assert.ok(clientStore.keys(user.id));
assert.equal(typeof tcpTransport().connect, 'function');
assert.equal(readRecoveryWords(createRecoveryWords()).split(' ').length, 12);
assert.equal((await import('dimsdk')).MemoryClientStore, MemoryClientStore);
