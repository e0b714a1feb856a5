/** Compiles every TypeScript example of the documentation: in doc comments, READMEs, guides and pages of the site. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
// Inside the folder that depends on all packages, so that their names resolve.
const out = join(root, 'docs', '.cache', 'examples');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const files = ['README.md', ...filesIn('docs'), ...filesIn('packages'), ...filesIn('apps/site/pages')].filter((file) =>
  /\.(ts|md)$/.test(file),
);
// An example that is a file of a folder in `examples` is compiled there, beside what it imports.
const compiled = new Set(
  filesIn('examples')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8')),
);
let count = 0;
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  const blocks = file.endsWith('.ts') ? text.replaceAll(/^ *\* ?/gm, '') : text;
  for (const [, code] of blocks.matchAll(/```ts\n(.*?)```/gs)) {
    if (compiled.has(code)) continue;
    const name = file.replaceAll(/[^A-Za-z0-9]+/g, '-');
    writeFileSync(join(out, `${name}-${count++}.ts`), `${code}\nexport {};\n`);
  }
}
writeFileSync(
  join(out, 'tsconfig.json'),
  JSON.stringify({
    extends: '../../../tsconfig.test.json',
    // An example may leave what it shows unused.
    compilerOptions: { rootDir: root, noUnusedLocals: false },
    include: ['*.ts'],
  }),
);
const { status } = spawnSync('tsc', ['-p', out], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
console.log(`${count} examples ${status === 0 ? 'compile' : 'were compiled, with the errors above'}`);
process.exitCode = status ?? 1;

function filesIn(folder) {
  // With types, links are not followed: those of node_modules go round in circles.
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((file) => !/node_modules|dist|\.cache|coverage|CHANGELOG|\.api\.md$/.test(file));
}
