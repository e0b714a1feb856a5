/** `dim id import`. */
import { isDimError, type DimError, type ID, type User } from 'dimp';
import { addLocalUser, importIdentity, MemoryClientStore, type ClientStore, type ImportedIdentity } from 'dimsdk';
import { FILE_PASSPHRASE } from '../command/advice.ts';
import { sealingFor } from '../home/sealing.ts';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { homeOf, isHome } from '../home/home.ts';
import { withHome } from '../home/open-home.ts';
import { filePassphraseError, filePassphraseOf, type FilePassphraseOptions } from '../input/file-passphrase.ts';
import { readTextInput, STANDARD_INPUT } from '../input/read-input.ts';
import { printable } from '../text/printable.ts';
import { cardOf } from '../home/make-card.ts';
import { cardText } from './card-text.ts';
import { givenName } from './given-name.ts';
import { newTerminal } from './new-terminal.ts';
import { noteSeveral } from './one-of-several.ts';
import { readUser, type UserFiles } from './read-user.ts';

/** As the command takes them. */
export interface ImportFileOptions extends FilePassphraseOptions, UserFiles {
  readonly terminal?: string | undefined;
  readonly sameDevice?: true | undefined;
  readonly name?: string | undefined;
}

/** What makes the device. */
interface Device {
  /** Undefined where it goes on as that of the file. */
  readonly terminal: string | undefined;
  readonly name: string | undefined;
}

/**
 * Reads an identity with its keys, and keeps it: as one more device, or in the place of one. The documented shape is that of
 * `dim id show`, with `terminal`, `contacts` and `refused: [{ id, code, reason }]`.
 */
export async function importIdentityFile(call: Call, file: string, options: ImportFileOptions): Promise<Result> {
  const device = deviceOf(options);
  const text = await readTextInput(call.context, file);
  const name = file === STANDARD_INPUT ? 'the exported identity' : printable(file);
  const user = isSealed(text) ? undefined : await readUser(call, text, options);
  let asked: Promise<string> | undefined;
  const passphrase = async (): Promise<string> =>
    (asked ??= filePassphraseOf(call, options, { isNew: false, of: name }));
  const importInto = async (store: ClientStore): Promise<ImportedIdentity> =>
    user === undefined
      ? open(store, text, { ...device, passphrase })
      : { user: await keep(store, user, device), contacts: [], refused: [] };
  // A home is made for what can be read, and stays.
  if (!isHome(homeOf(call))) await importInto(new MemoryClientStore());
  return withHome(
    call,
    async (home) => {
      const imported = await importInto(home.store);
      const { id, keys } = imported.user;
      const terminal = device.terminal ?? keys.decrypt[0]?.terminal;
      if (device.terminal === undefined && home.users.some((known) => known.equals(id)))
        call.note(
          `This identity was here already: the keys of the file were added, and this home goes on as the device ${printable(terminal ?? 'any')}.`,
        );
      noteSeveral(call, home, id);
      return told(imported, terminal);
    },
    { canBeNew: true },
  );
}

function deviceOf({ terminal, sameDevice, name }: ImportFileOptions): Device {
  givenName(name);
  if (sameDevice !== true) return { terminal: terminal ?? newTerminal(), name };
  if (terminal !== undefined || name !== undefined)
    throw wrong('--same-device goes on as the device of the file: it has its name already, and a terminal');
  return { terminal: undefined, name: undefined };
}

/** However its lines were broken on the way. */
function isSealed(text: string): boolean {
  return text.replaceAll(/\s/g, '').includes('BEGINDIMIDENTITY');
}

async function open(
  store: ClientStore,
  text: string,
  { passphrase, terminal, name }: Device & { readonly passphrase: () => Promise<string> },
): Promise<ImportedIdentity> {
  try {
    return await importIdentity(dim, store, text, {
      passphrase,
      sealing: sealingFor({}),
      ...(terminal !== undefined && { terminal }),
      ...(name !== undefined && { name }),
    });
  } catch (error) {
    throw isDimError(error) && error.code === 'VAULT_PASSPHRASE' ? ofFile(error) : error;
  }
}

/** What the file is sealed by is not what the home is. */
function ofFile(error: DimError): DimError {
  if (error.path === 'sealed') return filePassphraseError('does not open the file, or somebody has changed it', error);
  return error.path === `sealed.${FILE_PASSPHRASE}` ? filePassphraseError(error.reason, error) : error;
}

async function keep(store: ClientStore, user: User, { terminal, name }: Device): Promise<User> {
  if (terminal === undefined) return addLocalUser(dim, store, user);
  if (user.visas.some((visa) => visa.terminal === terminal))
    throw wrong(`${printable(terminal)} is the name of another device of this identity: choose another --terminal`);
  if (name === undefined && user.visas.every((visa) => visa.name === undefined))
    throw wrong('there is no visa with a name: say --name, which people see');
  return addLocalUser(dim, store, await dim.createDevice({ user, terminal, name }));
}

function told({ user, contacts, refused }: ImportedIdentity, terminal: string | undefined): Result {
  const { id, meta } = user;
  const documents = [...user.visas].sort((one, other) => (other.time ?? 0) - (one.time ?? 0));
  const card = cardOf({ id, meta, documents, isOwn: true });
  const others = refused.map(({ id: of, error }) => ({ id: of, code: error.code, reason: error.reason }));
  return {
    json: {
      ...card,
      terminal: terminal ?? null,
      contacts: contacts.map((contact: ID) => contact.toString()),
      refused: others,
    },
    text: [
      cardText(card),
      `this    ${printable(terminal ?? 'any')}`,
      ...(contacts.length === 0 ? [] : [`known   ${contacts.length} contacts of the file`]),
      ...others.map(({ id: of, reason }) => `refused ${printable(of)}: ${printable(reason)}`),
    ].join('\n'),
  };
}
