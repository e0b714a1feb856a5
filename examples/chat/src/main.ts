/** The whole chat in one run: `npm start`, or `npm start -- --json` for machines. Everything printed was computed. */
import { parseArgs } from 'node:util';
import { createPeople } from './people.ts';
import { Report } from './report.ts';
import { readForeignPackages } from './steps/foreign-packages.ts';
import { refuseForgeries } from './steps/forgeries.ts';
import { introduce } from './steps/identities.ts';
import {
  sendAfterSomebodyLeft,
  sendBroadcast,
  sendToGroup,
  sendToPerson,
  sendWithReusedKey,
} from './steps/messages.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const report = new Report(values);
try {
  report.step('Identities: four people and a group');
  const people = await createPeople();
  await introduce(people, report);
  const bytes = await sendToPerson(people, report);
  await sendWithReusedKey(people, report);
  await sendToGroup(people, report);
  await sendAfterSomebodyLeft(people, report);
  await sendBroadcast(people, report);
  await readForeignPackages(report);
  await refuseForgeries(people, bytes, report);
  report.end();
} catch (error) {
  report.fail(error);
  process.exitCode = 1;
}
