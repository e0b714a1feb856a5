/** Contents that are found by a name in them: commands, those of applications, and those of their modules. */
import { expect, test } from '@jest/globals';
import { defineApplication, defineCommand, defineCustomized, definePlugin, ModuleContent } from '../src/index.ts';
import type { Command } from '../src/index.ts';
import { dim, errorOf } from './context.ts';

class Nothing extends ModuleContent {
  readonly kind = 'nothing';
}
// What the types forbid, and plugins in JavaScript do.
const read = () => undefined as unknown as Nothing;
const command = () => undefined as unknown as Nothing & Command;
const names = { app: 'com.example.chess', mod: 'board', act: 'move' };
const common = { sn: 7, time: 1700000000.5 };

test.each([
  [
    defineCommand({ command: 'ping', kind: 'nothing', read: command }),
    { type: '136', command: 'ping' },
    'command ping',
  ],
  [defineApplication({ app: names.app, kind: 'nothing', read }), { type: '160', ...names }, `application ${names.app}`],
  [
    defineCustomized({ app: names.app, mod: names.mod, kind: 'nothing', read }),
    { type: '204', ...names },
    `module ${names.mod} of ${names.app}`,
  ],
])('a definition that gives no value is named: %#', async (definition, map, name) => {
  const broken = dim.extend(definePlugin('broken', [definition]));
  expect(await errorOf(() => broken.Content.parse({ ...common, ...map }))).toMatchObject({
    code: 'INTERNAL_PLUGIN',
    path: '',
    reason: `the definition of ${name} gave no value`,
  });
});
