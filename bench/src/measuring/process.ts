/** The program of a process that measures one thing: an assignment as its argument, what was measured on its output. */
import { platformBackend } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';
import { BESIDE } from '../beside/beside.ts';
import { readFixtures } from '../people/fixtures.ts';
import { sideOf, type Side } from '../people/people.ts';
import { OURS, PORTABLE } from '../rows/row.ts';
import { allRows } from '../rows/rows.ts';
import type { Assignment, Task } from './task.ts';
import { rateFirst, rateWarm, type Rates } from './turns.ts';

const assignment = JSON.parse(process.argv[2] ?? '') as Assignment;
console.log(JSON.stringify(await measure(assignment.task)));

async function measure(task: Task): Promise<unknown> {
  if (task.measure !== 'beside') return measureRow(task);
  const measurement = Object.entries(BESIDE).find(([name]) => name === task.what)?.[1];
  if (measurement === undefined) throw new Error(`nothing is called ${task.what}`);
  return measurement(sideOf(OURS, platformBackend), assignment);
}

async function measureRow({ measure: how, row: name, side }: Exclude<Task, { measure: 'beside' }>): Promise<Rates> {
  const row = allRows(assignment.quick).find((each) => each.name === name);
  if (row === undefined) throw new Error(`no row is called ${name}`);
  const contenders = await row.contenders(sideNamed(side), readFixtures(assignment.fixtures));
  const rates = how === 'warm' ? rateWarm(contenders, assignment.effort) : rateFirst(contenders.slice(0, 2));
  const measured = await rates;
  await row.close?.();
  return measured;
}

function sideNamed(side: 'ours' | 'portable'): Side {
  return side === 'ours' ? sideOf(OURS, platformBackend) : sideOf(PORTABLE, portableBackend);
}
