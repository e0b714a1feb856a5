/** Dave is away, the station is started again, and nothing is lost. */
import { TextContent, type ID } from 'dimp';
import type { Report } from 'example-chat/report';
import { untilOnline, untilRead, type People } from '../people.ts';
import type { StationHere } from '../station-here.ts';

export async function waitForDave(people: People, group: ID, station: StationHere, report: Report): Promise<void> {
  const { alice, carol, dave } = people;
  report.step('Dave is away, and the station is started again');
  await dave.client.goOffline();
  const texts = ['Dave, are you there?', 'Bring a tent.'];
  for (const text of texts) {
    const delivery = await carol.client.send(TextContent.create(text), dave.client.self);
    await delivery.until('sent');
  }
  const toGroup = await alice.client.send(TextContent.create('We meet at nine.'), group);
  await toGroup.until('sent');
  report.line('waiting at the station', `${await station.waiting()} messages for those who are away`);
  await station.stop();
  report.line('the station', 'has stopped: all of this is in its file alone');
  await station.start();
  await Promise.all([untilOnline(alice.client), untilOnline(carol.client)]);
  report.line('the station', 'is back, and its clients with it');
  const read = [...texts, 'We meet at nine.'].map(async (text) => {
    await untilRead(dave, text);
    report.check('Dave', `comes back and reads "${text}"`);
  });
  dave.client.goOnline();
  await Promise.all(read);
}
