/**
 * `pnpm bench [--quick] [--only TEXT] [--json FILE] [--chart FILE] [--no-python]`: what each operation costs, beside the
 * same work by hand, and which targets are met.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { platformBackend } from 'dimplugins';
import { portableBackend } from 'dimplugins/portable';
import { chartOf } from './chart.ts';
import { compare, type Contender } from './compare.ts';
import { measureGrowth } from './growth.ts';
import { measureImports } from './import-time.ts';
import { measureMemory } from './memory.ts';
import { startPython } from './python/peer.ts';
import type { Results, RowResult } from './results.ts';
import { OURS, PORTABLE, type Row } from './row.ts';
import { cipherRows } from './rows/ciphers.ts';
import { identityRows } from './rows/identities.ts';
import { messageRows } from './rows/messages.ts';
import { contentRows, relayRows } from './rows/relay.ts';
import { tablesOf } from './table.ts';
import { measureThroughput } from './throughput.ts';
import { sideOf } from './world.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    chart: { type: 'string' },
    python: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const quick = values.quick;
const effort = quick ? { rounds: 3, slice: 40 } : { rounds: 15, slice: 120 };
const PYTHON_SECONDS = 0.4;
const main = sideOf(OURS, platformBackend);
const sides = [main, sideOf(PORTABLE, portableBackend)];

const groups: readonly Row[][] = [
  [...(await messageRows(sides))],
  [...(await identityRows(sides))],
  [...(await cipherRows(sides, quick))],
  [...(await relayRows(sides))],
  [...contentRows(sides)],
];
const wanted = groups.flat().filter(({ name }) => name.includes(values.only));
const python = values.python ? await startPython() : undefined;

const rows: RowResult[] = [];
for (const row of wanted) {
  process.stderr.write(`${row.name}\n`);
  rows.push(await measureRow(row));
}
python?.stop();
if (values.only === '') {
  const imports = Object.fromEntries(measureImports(quick ? 5 : 20));
  const results: Results = {
    node: process.version,
    quick,
    python: python?.versions,
    rows,
    imports,
    memory: measureMemory(main, quick ? [1e4, 1e5] : [1e4, 1e5, 5e5, 1e6]),
    throughput: await measureThroughput(main, effort),
    growth: await measureGrowth(main, effort),
  };
  console.log(tablesOf(results));
  // pnpm runs scripts in the root of the workspace; a relative path is meant from where the caller stands.
  const pathOf = (file: string) => resolve(process.env['INIT_CWD'] ?? '.', file);
  if (values.json !== undefined) writeFileSync(pathOf(values.json), `${JSON.stringify(results, null, 2)}\n`);
  if (values.chart !== undefined) writeFileSync(pathOf(values.chart), chartOf(results));
} else {
  for (const { name, rates } of rows) console.log(name, rates);
}

async function measureRow(row: Row): Promise<RowResult> {
  const contenders: Contender[] = [...(await row.contenders())];
  const rates = Object.fromEntries(await compare(contenders, effort));
  const byPython = row.python === undefined ? undefined : await python?.rate(row.python, PYTHON_SECONDS);
  return {
    name: row.name,
    note: row.note,
    target: row.target,
    portableTarget: row.portableTarget,
    rates: { ...rates, ...(byPython !== undefined && { python: byPython }) },
  };
}
