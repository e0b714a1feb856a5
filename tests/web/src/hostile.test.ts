/** Whatever a peer sends stays text, asks nobody for anything, and leaves the page as usable as before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextContent } from 'dimp';
import { FILENAMES, HOSTILE_NAME, hostileContents, MARKUP, RIGHT_TO_LEFT } from './hostile-contents.ts';
import { dim } from './peer.ts';
import { useStage } from './stage.ts';
import { watch } from './watch.ts';

const stage = useStage();

/** What the page makes of a message; anything else would be of a peer. */
const ELEMENTS = 'A ARTICLE BDI BLOCKQUOTE BUTTON DIV H2 LI OL P SPAN STRONG TIME svg path'.split(' ');

test('what a peer sends becomes no markup, and no request', async () => {
  const [bob, mallory] = await Promise.all([stage.comes('Bob'), stage.peer(HOSTILE_NAME)]);
  const seen = watch(bob.context, stage.station.url);
  const bobsId = dim.ID.parse(await bob.id());
  await mallory.send(bobsId, ...hostileContents(mallory.id, bobsId));
  await bob.goTo('#/');
  const request = bob.page.getByRole('article').filter({ hasText: 'wants to write to you' });
  await request.waitFor();
  assert.doesNotMatch(await bob.page.locator('body').innerText(), /marks|invoice/);
  const heading = await request.getByRole('heading').textContent();
  // In one line, quoted, and with the end of the ID.
  assert.match(heading ?? '', /^“\u2068Alice <img src=x onerror=alert\(1\)>txt\u2069” [\w-]{8} wants/);
  await bob.page.getByRole('button', { name: 'Accept', exact: true }).click();
  await bob.page.setViewportSize({ width: 1200, height: 6000 });
  await bob.goTo(`#/talk/${encodeURIComponent(mallory.id.toString())}`);
  await bob.message('Something of the kind').last().waitFor();
  await bob.message(MARKUP).first().waitFor();

  const list = bob.page.locator('.message-list');
  const elements = await list.locator('*').evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))]);
  assert.deepEqual(
    elements.filter((name) => !ELEMENTS.includes(name)),
    [],
  );
  const links = await list.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  assert.ok(links.length > 0);
  for (const href of links) assert.match(href, /^(?:https?:\/\/|#\/)/);
  const texts = await bob.page.getByRole('article').allInnerTexts();
  const text = texts.join('\n');
  assert.doesNotMatch(text, /[\u202D\u202E]|\p{M}{9}/u);
  for (const [, shown] of FILENAMES) assert.ok(text.includes(shown), `${shown} in ${text}`);
  // Nobody else's words are put into the mouth of the person.
  await bob.message('as you said').getByText('A message that is not here').waitFor();
  // Nothing is wider than the place that it has.
  const widest = await list
    .locator('article')
    .evaluateAll((all) => Math.max(...all.map((one) => one.scrollWidth - one.clientWidth)));
  assert.ok(widest <= 0, `${widest} pixels stand out of a message`);
  const direction = await bob
    .message(RIGHT_TO_LEFT)
    .locator('.said-text')
    .evaluate((one) => one.matches(':dir(rtl)'));
  assert.ok(direction);
  assert.deepEqual(seen(), []);
  bob.checkFaults();
});

test('a text of a megabyte leaves the page usable', async () => {
  const [carol, mallory] = await Promise.all([stage.comes('Carol'), stage.peer('Mallory')]);
  const id = dim.ID.parse(await carol.id());
  await mallory.send(
    id,
    TextContent.create(`large ${'https://evil.example/a '.repeat(25_000)}`),
    TextContent.create('small'),
  );
  await carol.goTo('#/');
  await carol.page.getByRole('button', { name: 'Accept', exact: true }).click();
  await carol.goTo(`#/talk/${encodeURIComponent(mallory.id.toString())}`);
  await carol.message('small').waitFor();
  await carol.write('Still here');
  await carol.isMarked('Still here', 'delivered');
  carol.checkFaults();
});

test('a group that is called like a contact is told from the contact', async () => {
  const [dora, mallory] = await Promise.all([stage.comes('Dora'), stage.peer('Mallory')]);
  const friend = await stage.peer('Friend');
  await dora.add(friend.id.toString(), 'Alice');
  await dora.add(mallory.id.toString(), 'Mallory');
  const id = dim.ID.parse(await dora.id());
  const { group } = await mallory.client.groups.found({ name: 'Alice', members: [id] });
  await mallory.send(group, TextContent.create('It is me, Alice'));
  const row = dora.page.locator('.side .conversation').filter({ hasText: 'It is me' });
  await row.waitFor();
  const name = await row.locator('.name').first().innerText();
  assert.match(name, /^“Alice.{0,40}”/);
  assert.ok(name.includes(group.toString().slice(-8)), name);
  dora.checkFaults();
});
