/** `dim id export`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ID } from 'dimp';
import { exportIdentity, type ClientStore } from 'dimsdk';
import { CONTACTS, contactTable } from 'dimsdk/internal';
import { sealingFor } from '../home/sealing.ts';
import type { Call, Result } from '../command/call.ts';
import { dim } from '../home/dim.ts';
import { selfOf, withHome } from '../home/open-home.ts';
import { filePassphraseOf, type FilePassphraseOptions } from '../input/file-passphrase.ts';
import { isThere, writeNewFile } from '../output/new-file.ts';
import { printable } from '../text/printable.ts';

/** As the command takes them. */
export interface ExportFileOptions extends FilePassphraseOptions {
  readonly file?: string | undefined;
  readonly contacts?: true | undefined;
}

/** Writes an identity with its keys into one sealed text. The documented shape: `{ id, contacts, file, text }`. */
export async function exportIdentityFile(call: Call, options: ExportFileOptions): Promise<Result> {
  const { file } = options;
  if (file !== undefined && existsSync(resolve(call.context.folder, file))) throw isThere(file);
  return withHome(call, async (open) => {
    const self = await selfOf(call, open);
    // Whoever does not have the passphrase of the home is not asked for another one first.
    await open.store.keys(self);
    const contacts = options.contacts === true ? await addedUsers(open.store) : [];
    const of = file === undefined ? 'the exported identity' : printable(file);
    const passphrase = await filePassphraseOf(call, options, { isNew: true, of });
    const text = await exportIdentity(dim, open.store, self, {
      passphrase,
      contacts,
      sealing: sealingFor(call.context),
    });
    const json = { id: self.toString(), contacts: contacts.length, file: file ?? null };
    if (file === undefined) return { json: { ...json, text }, text: text.trimEnd() };
    await writeNewFile(call, file, text);
    const others = contacts.length === 0 ? '' : `, with ${contacts.length} contacts`;
    return {
      json: { ...json, text: null },
      text: `${printable(self.toString())} is in ${printable(file)}${others}. Whoever has it and its passphrase is you.`,
    };
  });
}

/** The people among the contacts: groups come back by their members. */
async function addedUsers(store: ClientStore): Promise<readonly ID[]> {
  const added: ID[] = [];
  for await (const { id, isAdded } of contactTable({ dim }).each(store, CONTACTS))
    if (isAdded && id.isUser && !id.isBroadcast) added.push(id);
  return added;
}
