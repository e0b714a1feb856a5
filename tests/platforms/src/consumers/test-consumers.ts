/** Other people's projects: they compile under every compiler and setup. */
import { cpSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installOnce } from '../tarballs/install.ts';
import { CACHE } from '../paths.ts';
import type { Report } from '../report.ts';
import { tryCommand } from '../run-command.ts';
import { COMPILERS, SETUPS, type Compiler, type Setup } from './compilers.ts';

const FOLDER = `${CACHE}/compilers`;

/** Those of this workspace, for the setups that name them. */
const NODE_TYPES = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));

/** Runs the tests. */
export async function testConsumers(application: string, report: Report): Promise<void> {
  const sources = fileURLToPath(new URL('../../src/consumers', import.meta.url));
  cpSync(sources, `${application}/consumers`, { recursive: true });
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

async function compile(application: string, { alias }: Compiler, { options, files }: Setup): Promise<void> {
  const compilerOptions = { ...options, typeRoots: [NODE_TYPES] };
  writeFileSync(
    `${application}/tsconfig.json`,
    JSON.stringify({ compilerOptions, files: files.map((name) => `consumers/${name}.ts`) }, null, 2),
  );
  const compiler = `${FOLDER}/node_modules/${alias}/bin/tsc`;
  const { status, stdout, stderr } = await tryCommand(process.execPath, [compiler, '-p', '.'], { cwd: application });
  if (status !== 0) throw new Error(stdout + stderr);
}
