/** Alice writes to Bob, and both of his devices get it. */
import { TextContent } from 'dimp';
import type { Report } from 'example-chat/report';
import { untilRead, type People } from '../people.ts';

export async function talkToDevices({ alice, bobsPhone, bobsDesk }: People, report: Report): Promise<void> {
  report.step('Alice writes to Bob: both of his devices read it');
  const text = 'Hello, Bob!';
  const read = [bobsPhone, bobsDesk].map(async (device) => {
    await untilRead(device, text);
    report.check(device.name, `reads "${text}"`);
  });
  const delivery = await alice.client.send(TextContent.create(text), bobsPhone.client.self.entity);
  await Promise.all(read);
  await delivery.until('delivered');
  report.check('Alice', `is told that it was ${delivery.state}`);

  const answer = 'Hello, Alice! I am at my desk.';
  const answered = untilRead(alice, answer);
  await bobsDesk.client.send(TextContent.create(answer), alice.client.self);
  await answered;
  report.check('Alice', `reads "${answer}"`);
}
