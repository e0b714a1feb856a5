/**
 * Runs a test file with jest-circus, as jest does; in the shared realm the file is loaded by Node itself, and jest-circus
 * with it, so that what tests and matchers compare is of one realm.
 */
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

import circus from 'jest-circus/runner';

import { jest, setGlobals } from './globals.mjs';

const require = createRequire(import.meta.url);
let isPrepared = false;
let runs = 0;

function prepare() {
  if (!isPrepared) {
    register('./hooks.mjs', import.meta.url);
    process.setSourceMapsEnabled(true);
    isPrepared = true;
  }
}

/** A fresh copy: what it knows of the file before is gone, its listeners too, which it keeps at this place. */
function requireAnew(path) {
  Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
  Reflect.deleteProperty(require.cache, path);
  return require(path);
}

/** What jest-circus asks of the one who loads modules. */
const sharedRealm = {
  requireInternalModule: requireAnew,
  requireModule: require,
  setGlobalsForRuntime: setGlobals,
  unstable_shouldLoadAsEsm: () => true,
  // Node loads each address once, and a file may run again while jest watches.
  unstable_importModule: (path) => import(`${pathToFileURL(path).href}?run=${(runs += 1)}`),
  enterTestCode: () => undefined,
  leaveTestCode: () => undefined,
};

export default async function run(globalConfig, config, environment, runtime, path, sendMessage) {
  if (environment.isShared !== true) {
    return await circus.default(globalConfig, config, environment, runtime, path, sendMessage);
  }
  prepare();
  // Node knows the maps of what it loaded; jest, which has put its own reader here, does not. Each `expect` takes the
  // stack, of which jest wants a hundred lines.
  Error.prepareStackTrace = undefined;
  Error.stackTraceLimit = 20;
  try {
    return await circus.default(globalConfig, config, environment, sharedRealm, path, sendMessage);
  } finally {
    jest.restoreAllMocks();
  }
}
