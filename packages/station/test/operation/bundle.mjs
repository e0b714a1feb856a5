/** Bundles what tests run as processes into a folder: Node 20 runs no TypeScript. */
import { readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
// The packages of this workspace run from their sources.
const external = Object.entries({ ...dependencies, ...devDependencies })
  .filter(([, version]) => !version.startsWith('workspace:'))
  .map(([name]) => name);
const [folder] = process.argv.slice(2);
const bundle = await rolldown({
  input: { main: 'src/main.ts', process: 'test/operation/process.ts' },
  platform: 'node',
  resolve: { conditionNames: ['@dim/source', 'node', 'import'] },
  external,
});
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
await bundle.close();
