/**
 * What `@jest/globals` is in the shared realm. Helpers are loaded once and import it, too: what they call belongs to the
 * file that runs now.
 */
import { jestExpect } from '@jest/expect';
import { ModuleMocker } from 'jest-mock';

let current;
/** What is called from now on. */
export function setGlobals(globals) {
  current = globals;
}

const forwarded = (name) =>
  new Proxy(() => {}, {
    apply: (_, self, given) => Reflect.apply(current[name], self, given),
    get: (_, key) => current[name][key],
  });
export const describe = forwarded('describe');
export const test = forwarded('test');
export const it = forwarded('it');
export const beforeAll = forwarded('beforeAll');
export const afterAll = forwarded('afterAll');
export const beforeEach = forwarded('beforeEach');
export const afterEach = forwarded('afterEach');
export const expect = jestExpect;

const mocker = new ModuleMocker(globalThis);
const ownRealm = (name) => () => {
  throw new Error(`jest.${name} needs a realm of its own: write "@jest-environment node" into the first comment`);
};
export const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  replaceProperty: mocker.replaceProperty.bind(mocker),
  clearAllMocks: mocker.clearAllMocks.bind(mocker),
  resetAllMocks: mocker.resetAllMocks.bind(mocker),
  restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
  unstable_mockModule: ownRealm('unstable_mockModule'),
  isolateModulesAsync: ownRealm('isolateModulesAsync'),
  resetModules: ownRealm('resetModules'),
};
