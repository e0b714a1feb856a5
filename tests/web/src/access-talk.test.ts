/** Conversations let everybody in, whatever is said in them. */
import { test } from 'node:test';
import { hostileContents } from './hostile-contents.ts';
import { look, lookAt } from './looks.ts';
import { dim } from './peer.ts';
import { useStage } from './stage.ts';

const stage = useStage();

test('conversations with all kinds of messages', async () => {
  const [bob, peer] = await Promise.all([stage.comes('Bob'), stage.peer('Ann')]);
  const { page } = bob;
  const id = dim.ID.parse(await bob.id());
  await look(page, 'the own card');
  await peer.send(id, ...hostileContents(peer.id, id));
  await bob.goTo('#/');
  await page.getByText('wants to write to you').waitFor();
  await look(page, 'a request');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const talk = encodeURIComponent(peer.id.toString());
  await bob.goTo(`#/talk/${talk}`);
  await bob.writing().waitFor();
  await bob.write('Hello');
  await bob.isMarked('Hello', 'delivered');
  await look(page, 'a conversation');
  await bob.message('Hello').getByRole('button', { name: 'What to do with this message' }).click();
  await look(page, 'the menu of a message');
  await page.getByRole('button', { name: 'Details' }).click();
  await look(page, 'details of a message');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Menu of the conversation' }).click();
  await look(page, 'the menu of a conversation');
  await page.getByRole('menuitem', { name: 'Delete all messages here' }).click();
  await look(page, 'a question');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByLabel('Search emoji').waitFor();
  await look(page, 'emoji');
  await lookAt(bob, `#/person/${talk}`, 'Compare these digits');
  bob.checkFaults();
});
