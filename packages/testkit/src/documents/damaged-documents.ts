/** Documents with something wrong in them: what a peer may send, signed or not. */
import type { Document, IdentityContext, JsonMap } from 'mkm';
import { changeFields, encodeBase64, encodeUtf8 } from 'mkm/extend';
import { damagedMaps, hasPath, readEverything } from '../input/hostile-values.ts';
import type { Contract } from '../report/contract.ts';
import { verdict, type Verdict } from '../report/verdict.ts';
import type { Owner } from './owners.ts';

/** A sound document, to be damaged. */
interface Trial {
  readonly contract: Contract;
  readonly context: IdentityContext;
  readonly name: string;
  readonly document: Document;
  readonly owner: Owner;
}

export async function checkDamagedDocuments({ contract, context, name, document, owner }: Trial): Promise<void> {
  const read = async (map: JsonMap): Promise<void> => {
    const damaged = context.Document.parse(map);
    readEverything(damaged);
    await damaged.verify(owner.meta.publicKey);
  };
  for (const { what, map } of damagedMaps(document.fields)) {
    await contract.onlyDimErrors(
      'read',
      `${name} ${what} ends with a DimError and its path, if with an error`,
      () => read(map),
      hasPath,
    );
  }
  for (const { what, map } of damagedMaps(document.properties)) {
    await contract.onlyDimErrors(
      'the class',
      `${name} whose owner signed it ${what} ends with a DimError and the path in data, if with an error`,
      async () => read(await signed(document, map, owner)),
      hasPathInData,
    );
  }
}

/** What an owner may sign with a client of their own, which checks nothing. */
async function signed(document: Document, properties: JsonMap, { privateKey }: Owner): Promise<JsonMap> {
  const data = JSON.stringify(properties);
  const signature = encodeBase64(await privateKey.sign(encodeUtf8(data)));
  return changeFields(document.fields, { data, signature });
}

/** The properties are in the text `data`: a path without it names a field of the document that is not there. */
function hasPathInData({ message, path }: { readonly message: string; readonly path: string }): Verdict {
  return verdict(/^data(\.|\[|$)/.test(path), 'a DimError with a path in data: data.…', `DimError ${message}`);
}
