import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { EntityType, verifyDocument, verifyMeta, type Visa } from 'dimp';
import { passphraseVault } from 'dimsdk';
import { stationDim } from '../../src/operation/dim.ts';
import { openDataFolder } from '../../src/operation/identity/data-folder.ts';
import { stationIdentity } from '../../src/operation/identity/station-identity.ts';
import { withVisaOf, type VisaSettings } from '../../src/operation/identity/station-visa.ts';
import { newFolder, removeFolders } from './folders.ts';

afterAll(removeFolders);

const dim = stationDim();
/** Cheap, for tests. */
const vaultOf = (passphrase: string) => passphraseVault(passphrase, { cost: 2, lowestCost: 2 });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function newPath(): string {
  return join(newFolder(), 'identity.json');
}

describe('the identity on the disk', () => {
  test('is made once, and is the same from then on', async () => {
    const path = newPath();
    const first = await stationIdentity({ dim, path, name: 'gsp-s001', vault: undefined });
    const written = readFileSync(path, 'utf8');
    const second = await stationIdentity({ dim, path, name: 'another', vault: undefined });
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    expect(second.user.id.toString()).toBe(first.user.id.toString());
    expect(readFileSync(path, 'utf8')).toBe(written);
    expect(modeOf(path)).toBe('600');
    expect(readdirSync(join(path, '..'))).toEqual(['identity.json']);
  });

  test('is what clients of the network know a station by', async () => {
    const { user } = await stationIdentity({ dim, path: newPath(), name: 'gsp-s001', vault: undefined });
    expect(user.id.type).toBe(EntityType.STATION);
    expect(user.id.name).toBe('gsp-s001');
    expect([user.meta.type, user.meta.seed]).toEqual(['1', 'gsp-s001']);
    expect(user.keys.identity.algorithm).toBe('ECC');
    expect((user.visas[0] as Visa).encryptKey?.algorithm).toBe('RSA');
  });

  test('is sealed where there is a passphrase, and opens by no other', async () => {
    const path = newPath();
    const { user } = await stationIdentity({ dim, path, name: 'a', vault: vaultOf('one') });
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('PRIVATE');
    expect(text).not.toContain('BEGIN');
    const again = await stationIdentity({ dim, path, name: 'a', vault: vaultOf('one') });
    expect(again.user.id.equals(user.id)).toBe(true);
    for (const [vault, reason] of [
      [vaultOf('two'), `the passphrase is not that of ${path}, or somebody has changed the file`],
      [undefined, `${path} is sealed: DIM_STATION_PASSPHRASE or passphrase-file must give its passphrase`],
    ] as const)
      await expect(stationIdentity({ dim, path, name: 'a', vault })).rejects.toMatchObject({
        code: 'VAULT_PASSPHRASE',
        reason,
      });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('is sealed by a passphrase that comes later', async () => {
    const path = newPath();
    const { user } = await stationIdentity({ dim, path, name: 'a', vault: undefined });
    expect(readFileSync(path, 'utf8')).toContain('PRIVATE');
    await stationIdentity({ dim, path, name: 'a', vault: vaultOf('one') });
    expect(readFileSync(path, 'utf8')).not.toContain('PRIVATE');
    expect(modeOf(path)).toBe('600');
    const again = await stationIdentity({ dim, path, name: 'a', vault: vaultOf('one') });
    expect(again.user.id.equals(user.id)).toBe(true);
  });

  test('is one, where two processes start at once', async () => {
    const path = newPath();
    const both = await Promise.all([1, 2].map(async () => stationIdentity({ dim, path, name: 'a', vault: undefined })));
    const [one, other] = both.map(({ user }) => user.id.toString());
    expect(one).toBe(other);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(readdirSync(join(path, '..'))).toEqual(['identity.json']);
  });

  test('is told to be damaged, and left as it is', async () => {
    const path = newPath();
    await stationIdentity({ dim, path, name: 'a', vault: undefined });
    const whole = readFileSync(path, 'utf8');
    const user = await dim.createUser({ name: 'A', seed: 'a', visaAlgorithms: ['RSA'] });
    const ofUser = {
      id: user.id.toString(),
      meta: user.meta.fields,
      visa: user.visas[0]?.fields,
      keys: { identity: user.keys.identity, decrypt: user.keys.decrypt.map(({ key }) => key) },
    };
    const damaged = [
      '',
      whole.slice(0, 200),
      whole.replace('"seed":"a"', '"seed":"b"'),
      '{}',
      JSON.stringify({ format: 'dim station identity', version: 1, identity: ofUser }),
    ];
    for (const text of damaged) {
      writeFileSync(path, text);
      await expect(stationIdentity({ dim, path, name: 'a', vault: undefined })).rejects.toMatchObject({
        code: 'STORE_FAILED',
        reason: expect.stringContaining(`${path} is damaged, and was left as it is: put a copy of it back`) as unknown,
      });
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
    writeFileSync(path, whole.replace('"version":1', '"version":2'));
    await expect(stationIdentity({ dim, path, name: 'a', vault: undefined })).rejects.toMatchObject({
      code: 'STORE_VERSION',
    });
  });
});

describe('the visa of a start', () => {
  const settings: VisaSettings = {
    name: 'Shown',
    host: '0.0.0.0',
    port: 9394,
    'public-host': undefined,
    'public-port': undefined,
  };

  test('is signed anew, with name and place, and keeps its keys', async () => {
    const { user } = await stationIdentity({ dim, path: newPath(), name: 'a', vault: undefined });
    const [before] = user.visas;
    const time = (before?.time ?? 0) + 1000;
    const place = { 'public-host': 'chat.example', 'public-port': 443 };
    const [visa] = (await withVisaOf(user, { ...settings, ...place }, time)).visas;
    const owner = await verifyMeta(user.meta, user.id);
    expect(visa !== undefined && owner !== false && (await verifyDocument(visa, owner)) !== false).toBe(true);
    expect(visa?.time).toBe(time);
    expect(visa?.properties).toMatchObject({ name: 'Shown', host: 'chat.example', port: 443 });
    expect(visa?.property('key')).toEqual(before?.property('key'));
    const [nowhere] = (await withVisaOf(user, settings, 0)).visas;
    expect(nowhere?.property('host')).toBeUndefined();
    expect(nowhere?.property('port')).toBe(9394);
    expect(nowhere?.time).toBe(before?.time);
  });
});

describe('the data folder', () => {
  test('is made for its owner alone, and made so', () => {
    const path = join(newFolder(), 'a', 'b');
    openDataFolder(path);
    expect(modeOf(path)).toBe('700');
    chmodSync(path, 0o755);
    openDataFolder(path);
    expect(modeOf(path)).toBe('700');
  });

  test('is told where none can be made: below /proc, too, which takes none', () => {
    for (const path of process.platform === 'linux' ? ['/proc/station', '/proc/station/a/b'] : [])
      expect(() => openDataFolder(path)).toThrow(
        `the folder ${path} cannot be made, or is not for this user to read and write`,
      );
  });

  test('is not one with other files, nor a file', () => {
    const path = join(newFolder(), 'home');
    mkdirSync(path);
    chmodSync(path, 0o755);
    writeFileSync(join(path, 'letter.txt'), '');
    expect(() => openDataFolder(path)).toThrow(`data must be a folder of its own: ${path} has other files`);
    expect(modeOf(path)).toBe('755');
    const file = join(path, 'letter.txt');
    expect(() => openDataFolder(file)).toThrow(`data must be a folder: ${file} is a file`);
    expect(() => openDataFolder(join(file, 'below'))).toThrow(
      `data must be a folder: ${join(file, 'below')} is a file, or below one`,
    );
    expect(existsSync(join(path, 'identity.json'))).toBe(false);
  });
});
