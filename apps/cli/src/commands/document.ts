/** `dim meta`, `dim doc`: what makes an identity, part by part. */
import type { AnyCommand, Cli } from '../command/cli.ts';

const ID = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';
const SOURCE =
  'a contact, a meta, a document, or a list of documents; - is standard input; an ID stands for what is known here of it';

/** Adds the commands. */
export function addDocumentCommands(cli: Cli): void {
  cli.group('meta', 'shows and checks metas: which key an ID has', (meta) => addMeta(cli, meta));
  cli.group('doc', 'shows, checks and signs visas and bulletins', (doc) => addDocuments(cli, doc));
}

function addMeta(cli: Cli, meta: AnyCommand): void {
  cli
    .command(meta, 'show', 'shows a meta, and the IDs that it gives', [
      ['meta show meta.js', 'a file of any client'],
      [`meta show ${ID}`, 'the one that is known here'],
    ])
    .argument('<file>', SOURCE)
    .action(async (file) =>
      cli.run(async (call) => (await import('../documents/meta-commands.ts')).showMeta(call, file)),
    );

  cli
    .command(meta, 'verify', 'checks a meta, and whether it is that of an ID', [
      ['meta verify alice.json', 'a contact, whose ID is in the file'],
      [`meta verify meta.js ${ID}`, 'against an ID'],
    ])
    .argument('<file>', SOURCE)
    .argument('[id]', 'whose it has to be; without it, the ID in the file')
    .action(async (file, id) =>
      cli.run(async (call) => (await import('../documents/meta-commands.ts')).verifyMetaFile(call, file, id)),
    );
}

function addDocuments(cli: Cli, doc: AnyCommand): void {
  cli
    .command(doc, 'show', 'shows documents: what they say, and what of it nobody knows', [
      ['doc show documents.js', 'a file of any client'],
      [`doc show ${ID} --json`, 'what is known here, for machines'],
    ])
    .argument('<file>', SOURCE)
    .action(async (file) =>
      cli.run(async (call) => (await import('../documents/document-commands.ts')).showDocuments(call, file)),
    );

  cli
    .command(doc, 'verify', 'checks the signatures of documents', [
      ['doc verify alice.json', 'with the meta that is in the file'],
      ['doc verify documents.js --meta meta.js', 'with that of another file'],
      [`doc verify visa.json ${ID}`, 'with that which is known here'],
    ])
    .argument('<file>', SOURCE)
    .argument('[id]', 'whose they have to be; without it, the ID in the file')
    .option('--meta <file>', 'where the meta is; without it, the one that is known here, or in the same file')
    .action(async (source, of, options) =>
      cli.run(async (call) =>
        (await import('../documents/document-commands.ts')).verifyDocuments(call, { source, of }, options),
      ),
    );

  cli
    .command(doc, 'sign', 'changes what a visa says, and signs it with the key of this home', [
      ['doc sign --name "Alice B." --keep', 'another name, from now on'],
      ['doc sign --avatar https://pictures.example/alice.png', 'prints it, and keeps nothing'],
      [`doc sign --set 'title="Captain"' --set old=null --keep`, 'any property; null takes it away'],
      ['doc sign bulletin.json --name "The crew"', 'the bulletin of a group that this identity has founded'],
    ])
    .argument('[file]', 'another document than the visa of this device; or the ID of a group')
    .option('--name <name>', 'the name that people see')
    .option('--avatar <url>', 'where the picture is')
    .option('--set <name=json>', 'any other property, as JSON; may be given several times', collect)
    .option('--terminal <name>', 'the visa of another device of this identity')
    .option('--keep', 'keeps it in this home, in the place of the one before')
    .action(async (file, options) =>
      cli.run(async (call) => (await import('../documents/sign-document.ts')).signDocument(call, file, options)),
    );
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
