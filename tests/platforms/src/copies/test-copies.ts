/** Two copies of the packages in one tree, as npm nests them where the versions that are asked for differ. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Report } from '../report.ts';
import { runCommand } from '../run-command.ts';
import { copyOf } from '../tarballs/application.ts';

/** In seconds: what hangs is ended. */
const PATIENCE = 60;

/** A package with a content of its own, which brings the packages that it is made with. */
const POLL_PLUGIN = `
  import { Content, defineContent, definePlugin } from 'dimp';
  import { textOf } from 'dimp/extend';
  class Poll extends Content {
    kind = 'poll';
    question = textOf(this.fields, 'question');
  }
  export const polls = definePlugin('polls', [defineContent({ type: '1001', kind: 'poll', class: Poll })]);
  export * as dimp from 'dimp';
  export { standardPlugin } from 'dimplugins';
`;

/** Runs the tests. */
export async function testCopies(application: string, report: Report): Promise<void> {
  report.title('two copies in one tree');
  await report.check('a plugin brings its own', async () => {
    const folder = copyOf(application, 'plugin-with-copies');
    const plugin = `${folder}/node_modules/poll-plugin`;
    mkdirSync(plugin);
    writeFileSync(
      `${plugin}/package.json`,
      JSON.stringify({ name: 'poll-plugin', type: 'module', exports: './index.js' }),
    );
    writeFileSync(`${plugin}/index.js`, POLL_PLUGIN);
    nest(folder, plugin, ['mkm', 'dkd', 'dimp', 'dimplugins']);
    return run(folder, 'copies');
  });
  await report.check('dimsdk brings its own', async () => {
    const folder = copyOf(application, 'client-with-copies');
    nest(folder, `${folder}/node_modules/dimsdk`, ['mkm', 'dkd', 'dimp']);
    return run(folder, 'copies-of-client');
  });
}

function nest(folder: string, into: string, packages: readonly string[]): void {
  for (const name of packages)
    cpSync(`${folder}/node_modules/${name}`, `${into}/node_modules/${name}`, { recursive: true });
}

async function run(folder: string, program: string): Promise<string> {
  return (await runCommand(process.execPath, [`app/${program}.js`], { cwd: folder, seconds: PATIENCE })).trim();
}
