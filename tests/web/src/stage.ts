/** What a file of tests plays on: a station with the chat, and a browser. */
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { newPeer, type Peer } from './peer.ts';
import { Person } from './person.ts';
import { WebStation } from './web-station.ts';

export interface Stage {
  readonly station: WebStation;
  readonly browser: Browser;
  /** Lets somebody come who has an identity and is online. @param passphrase none, if not given */
  comes(name: string, passphrase?: string): Promise<Person>;
  /** Lets somebody come who has a client of their own making. */
  peer(name: string): Promise<Peer>;
}

/** Opens it before the tests of a file, and closes it after them. @param page a folder with the page, as for the station */
export function useStage(page?: string): Stage {
  const station = new WebStation(page);
  const peers: Peer[] = [];
  let browser: Browser | undefined;
  before(async () => {
    await station.start();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    for (const { client } of peers) await client.close();
    await station.end();
  });
  const stage = {
    station,
    get browser(): Browser {
      if (browser === undefined) throw new Error('the browser is not open yet');
      return browser;
    },
    async comes(name: string, passphrase?: string): Promise<Person> {
      const person = await Person.begin(stage.browser, name, station.url, passphrase);
      await person.isOnline();
      return person;
    },
    async peer(name: string): Promise<Peer> {
      const peer = await newPeer(name, station.port);
      peers.push(peer);
      return peer;
    },
  };
  return stage;
}

/** Lets one write to the other first, who says yes; each sees the name that the other has chosen. */
export async function acquaint(one: Person, other: Person): Promise<void> {
  await one.add(await other.id(), other.name);
  await one.write(`Hello ${other.name}`);
  await other.goTo('#/');
  await other.page.getByRole('button', { name: 'Accept', exact: true }).click();
  await other.open(one.name);
  await other.message(`Hello ${other.name}`).waitFor();
}
