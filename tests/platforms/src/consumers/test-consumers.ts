/** Other people's projects: they compile under every compiler and setup. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installOnce } from '../tarballs/install.ts';
import { CACHE } from '../paths.ts';
import type { Report } from '../report.ts';
import { tryCommand } from '../run-command.ts';
import { COMPILERS, SETUPS, type Compiler, type Setup } from './compilers.ts';

const FOLDER = `${CACHE}/compilers`;

/** Runs the tests. */
export async function testConsumers(application: string, report: Report): Promise<void> {
  const source = fileURLToPath(new URL('../../src/consumers/application.ts', import.meta.url));
  copyFileSync(source, `${application}/consumer.ts`);
  await installOnce(
    FOLDER,
    COMPILERS.map(({ alias, version }) => `${alias}@npm:typescript@${version}`),
  );
  for (const compiler of COMPILERS) {
    report.title(`TypeScript ${compiler.version}`);
    for (const setup of SETUPS) {
      await report.check(setup.name, async () => compile(application, compiler, setup));
    }
  }
}

async function compile(application: string, { alias }: Compiler, { options }: Setup): Promise<void> {
  writeFileSync(
    `${application}/tsconfig.json`,
    JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }, null, 2),
  );
  const compiler = `${FOLDER}/node_modules/${alias}/bin/tsc`;
  const { status, stdout, stderr } = await tryCommand(process.execPath, [compiler, '-p', '.'], { cwd: application });
  if (status !== 0) throw new Error(stdout + stderr);
}
