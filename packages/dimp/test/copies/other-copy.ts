/** A second copy of all packages in one program, as two versions in one tree are, or `import` beside a bundle. */
import { jest } from '@jest/globals';
import type * as plugins from 'dimplugins';
import type * as extend from '../../src/extend.ts';
import type * as dimp from '../../src/index.ts';

type Packages = typeof dimp & Pick<typeof extend, 'textOf'> & Pick<typeof plugins, 'standardPlugin'>;

/** Each call loads another one. */
export async function loadOtherCopy(): Promise<Packages> {
  let other: Packages | undefined;
  await jest.isolateModulesAsync(async () => {
    const root = await import('../../src/index.ts');
    const { textOf } = await import('../../src/extend.ts');
    const { standardPlugin } = await import('dimplugins');
    other = { ...root, textOf, standardPlugin };
  });
  if (other === undefined) throw new Error('no other copy');
  return other;
}
