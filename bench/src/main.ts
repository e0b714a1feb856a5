/**
 * `pnpm bench [--quick] [--guard] [--only TEXT] [--json FILE] [--chart FILE] [--no-python]`: what each operation costs,
 * beside the same work by hand, and which targets are met. `--guard` measures the rows that have a target, in short, and
 * fails where one is far from what it should be.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { platformBackend } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';
import { withApplication } from 'platforms/application';
import { measureImportTime } from 'platforms/import-time';
import { pathOf } from 'runner/options';
import { chartOf } from './chart.ts';
import { compare, type Effort } from './compare.ts';
import { measureGrowth } from './growth.ts';
import { measureMemory } from './memory.ts';
import { startPython } from './python/peer.ts';
import type { Results, RowResult } from './results.ts';
import { BOUND, floorOf, OURS, PORTABLE, type Row } from './row.ts';
import { backlogRows } from './rows/backlog.ts';
import { cipherRows } from './rows/ciphers.ts';
import { clientRows } from './rows/clients.ts';
import { identityRows } from './rows/identities.ts';
import { messageRows } from './rows/messages.ts';
import { contentRows, relayRows } from './rows/relay.ts';
import { tablesOf } from './table.ts';
import { measureThroughput } from './throughput.ts';
import { sideOf, type Side } from './world.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    guard: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    chart: { type: 'string' },
    python: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const quick = values.quick || values.guard;
const effort: Effort = quick ? { rounds: 3, slice: 30 } : { rounds: 15, slice: 120 };
const pythonSeconds = quick ? 0.15 : 0.4;
const main = sideOf(OURS, platformBackend);

if (values.guard) await guard();
else await bench();

async function rowsOn(sides: readonly Side[]): Promise<readonly Row[]> {
  const groups = [
    await messageRows(sides, quick),
    await identityRows(sides),
    await cipherRows(sides, quick),
    await relayRows(sides),
    contentRows(sides),
    clientRows(quick),
    backlogRows(quick),
  ];
  return groups.flat().filter(({ name }) => name.includes(values.only));
}

async function bench(): Promise<void> {
  const python = values.python ? await startPython() : undefined;
  const rows: RowResult[] = [];
  for (const row of await rowsOn([main, sideOf(PORTABLE, portableBackend)])) {
    process.stderr.write(`${row.name}\n`);
    const rates = Object.fromEntries(await compare(await row.contenders(), effort));
    await row.close?.();
    const byPython = row.python === undefined ? undefined : await python?.rate(row.python, pythonSeconds);
    const { name, note, target, portableTarget } = row;
    rows.push({
      name,
      note,
      target,
      portableTarget,
      rates: { ...rates, ...(byPython !== undefined && { python: byPython }) },
    });
  }
  python?.stop();
  if (values.only !== '') {
    for (const { name, rates } of rows) console.log(name, rates);
    return;
  }
  const results: Results = {
    node: process.version,
    quick,
    python: python?.versions,
    rows,
    imports: quick ? undefined : await withApplication(measureImportTime),
    memory: measureMemory(main, quick ? [1e4, 1e5] : [1e4, 1e5, 5e5, 1e6]),
    throughput: await measureThroughput(main, effort),
    growth: await measureGrowth(main, effort),
  };
  console.log(tablesOf(results));
  if (values.json !== undefined) writeFileSync(pathOf(values.json), `${JSON.stringify(results, null, 2)}\n`);
  if (values.chart !== undefined) writeFileSync(pathOf(values.chart), chartOf(results));
}

async function guard(): Promise<void> {
  let slow = 0;
  for (const row of await rowsOn([main])) {
    const floor = floorOf(row);
    if (floor === undefined) continue;
    const rates = await compare(await row.contenders(), effort);
    await row.close?.();
    const ratio = (rates.get(OURS) ?? 0) / (rates.get(BOUND) ?? Number.NaN);
    const isSlow = !(ratio >= floor);
    if (isSlow) slow++;
    console.log(
      `${isSlow ? 'SLOW' : 'ok  '} ${row.name}: ${ratio.toPrecision(2)} of the bound, at least ${floor.toPrecision(2)}`,
    );
  }
  console.log(`${slow} too slow`);
  process.exitCode = slow === 0 ? 0 : 1;
}
