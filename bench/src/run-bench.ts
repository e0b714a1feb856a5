/** Measures the rows that are chosen. */
import { writeFileSync } from 'node:fs';
import { platformBackend } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';
import { withApplication } from 'platforms/application';
import { measureImportTime } from 'platforms/import-time';
import type { Values } from 'runner/command';
import { ofOption, UsageError } from 'runner/usage-error';
import { chartOf } from './chart.ts';
import type { BENCH } from './command.ts';
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
import { rowsNamed } from './rows-named.ts';
import { tablesOf } from './table.ts';
import { measureThroughput } from './throughput.ts';
import { sideOf, type Side } from './world.ts';

/** Prints what was measured. @returns whether nothing is far slower than it should be, where that was asked */
export async function runBench(values: Values<typeof BENCH.options>): Promise<boolean> {
  const quick = values.quick || values.guard;
  const effort: Effort = quick ? { rounds: 3, slice: 30 } : { rounds: 15, slice: 120 };
  const pythonSeconds = quick ? 0.15 : 0.4;
  const main = sideOf(OURS, platformBackend);

  return values.guard ? guard() : bench();

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
    return ofOption('only', () => rowsNamed(values.only, groups.flat()));
  }

  async function bench(): Promise<boolean> {
    const chosen = await rowsOn([main, sideOf(PORTABLE, portableBackend)]);
    const python = values.python ? await startPython() : undefined;
    const rows: RowResult[] = [];
    for (const row of chosen) {
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
      return true;
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
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
    if (values.chart !== undefined) writeFileSync(values.chart, chartOf(results));
    return true;
  }

  async function guard(): Promise<boolean> {
    let slow = 0;
    const chosen = (await rowsOn([main])).filter((row) => floorOf(row) !== undefined);
    // That nothing was measured shall not look as if nothing was slow.
    if (chosen.length === 0) throw new UsageError('--guard: none of the rows that --only chooses has a target');
    for (const row of chosen) {
      const floor = floorOf(row) ?? Number.NaN;
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
    return slow === 0;
  }
}
