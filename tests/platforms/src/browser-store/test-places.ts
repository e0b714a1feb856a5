/** Other versions, keys at rest, objects that are kept, and places without storage. */
import type { Page } from 'playwright-core';
import type { PageStores } from '../app/store-page.ts';
import type { Report } from '../report.ts';
import { requireAll } from './require-all.ts';
import type { TestPages } from './test-browser-store.ts';

declare const stores: PageStores;

export async function testPlaces(report: Report, page: Page, { browser, port }: TestPages): Promise<void> {
  await report.check('what version 1 has kept', async () => {
    requireAll(await page.evaluate(() => stores.findVersion1('version 1')), {
      rows: 'b {} 1,2,a {"n":18446744073709551615} undefined',
      meta: true,
      documents: 1,
      keys: true,
      members: 'owner,friend',
      messageKey: 'digest true',
      read: 'read',
      new: 'new',
      forgotten: 'forgotten',
      'forgotten of strangers': 'forgotten',
      'new of strangers': 'new',
    });
  });
  await report.check('a version of later', async () => {
    requireAll(await page.evaluate(() => stores.meetLaterVersion('later version')), {
      commit: 'STORE_CLOSED',
      row: 'STORE_CLOSED',
      exclusive: 'STORE_CLOSED',
      close: 'none',
      open: 'STORE_VERSION',
      'rows that are there': '1',
    });
  });
  await report.check('migrations', async () => {
    requireAll(await page.evaluate(() => stores.migrate('migration')), {
      failed: 'STORE_FAILED',
      closed: 'STORE_CLOSED',
      // As it was before.
      kept: '1',
      blocked: 'STORE_FAILED',
      deleted: 'STORE_FAILED',
      left: '0',
    });
    requireAll({ partition: await page.evaluate(() => stores.migrateRows('migrated rows')) }, { partition: 'after' });
  });
  await report.check('a store that is deleted', async () => {
    requireAll(await page.evaluate(() => stores.meetDeletion('deleted')), { row: 'STORE_CLOSED', again: 'empty' });
  });
  await report.check('keys at rest', async () => {
    requireAll(await page.evaluate(() => stores.checkVaults('vaults')), {
      plainly: { canSign: true, isInClear: true },
      sealed: { canSign: true, isInClear: false },
      'with another passphrase': 'VAULT_PASSPHRASE',
      'without one': 'USAGE_ARGUMENT',
      'with none given': 'USAGE_ARGUMENT',
      'without a name': 'USAGE_ARGUMENT',
      'with no place for marks': 'USAGE_ARGUMENT',
    });
  });
  await report.check('the same objects each time', async () => {
    requireAll(await page.evaluate(() => stores.checkObjects('objects')), {
      'of who wrote them': true,
      'of who read them': true,
      'after another has forgotten': 0,
      'after another has learned': true,
    });
  });
  await report.check('what is kept is on the disk', async () => {
    requireAll({ durability: await page.evaluate(() => stores.durabilities('durable')) }, { durability: ['strict'] });
  });
  await report.check('no storage', async () => {
    const without = await page.evaluate(() => stores.openingFailsWithout());
    requireNoStorage(without);
    // A page in a sandbox has an origin of its own, which may keep nothing.
    const sandboxed = await browser.newPage();
    await sandboxed.route('**', async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'access-control-allow-origin': '*' };
      const policy = { 'content-security-policy': 'sandbox allow-scripts' };
      await route.fulfill({ response, headers: { ...headers, ...policy } });
    });
    await sandboxed.goto(`http://localhost:${port}/?script=store-page`);
    await sandboxed.waitForFunction(() => 'stores' in globalThis);
    requireNoStorage(await sandboxed.evaluate(() => stores.openingFails()));
    await sandboxed.close();
  });
}

function requireNoStorage(message: string): void {
  if (!message.startsWith('STORE_FAILED: there is no IndexedDB here')) throw new Error(message);
}
