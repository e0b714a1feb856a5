/** A whole network in one run. Everything printed was seen. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Report } from 'example-chat/report';
import { StationHere } from './station-here.ts';
import { comeIn, leave, type People } from './people.ts';
import { refuseForgeries } from './steps/forgeries.ts';
import { talkInGroup } from './steps/group.ts';
import { talkToDevices } from './steps/talk.ts';
import { waitForDave } from './steps/away.ts';

/** @returns the exit code */
export async function takeTour(options: { readonly json: boolean }): Promise<number> {
  const report = new Report(options);
  const folder = await mkdtemp(join(tmpdir(), 'dim-network-'));
  const station = new StationHere(join(folder, 'station.db'));
  let people: People | undefined;
  try {
    report.step('A station on this machine, with a file of SQLite');
    await station.start();
    report.line('clients connect to', `tcp://127.0.0.1:${station.port} and ws://127.0.0.1:${station.port}`);
    report.line('its identity', station.id.toString());
    people = await comeIn(station, report);
    await talkToDevices(people, report);
    const group = await talkInGroup(people, report);
    await waitForDave(people, group, station, report);
    await refuseForgeries(people, station, report);
    report.end();
    return 0;
  } catch (error) {
    report.fail(error);
    return 1;
  } finally {
    if (people !== undefined) await leave(people);
    await station.stop();
    await rm(folder, { recursive: true });
  }
}
