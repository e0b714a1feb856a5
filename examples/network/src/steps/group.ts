/** Alice makes a group, and everybody writes and reads in it. */
import { TextContent, type ID } from 'dimp';
import type { Report } from 'example-chat/report';
import { untilRead, type Device, type People } from '../people.ts';

export async function talkInGroup(people: People, report: Report): Promise<ID> {
  const { alice, bobsPhone, bobsDesk, carol, dave } = people;
  report.step('A group of the four');
  const members = [bobsPhone, carol, dave].map(({ client }) => client.self.entity);
  const { group } = await alice.client.groups.found({ name: 'Weekend', members });
  report.line('the group', group.toString());
  const text = 'Who comes along?';
  const read = [bobsPhone, bobsDesk, carol, dave].map(async (device) => readBy(device, text, report));
  await alice.client.send(TextContent.create(text), group);
  await Promise.all(read);
  const answer = 'I do.';
  const answered = [alice, bobsPhone, dave].map(async (device) => readBy(device, answer, report));
  await carol.client.send(TextContent.create(answer), group);
  await Promise.all(answered);
  return group;
}

async function readBy(device: Device, text: string, report: Report): Promise<void> {
  await untilRead(device, text);
  report.check(device.name, `reads "${text}"`);
}
