/** What the core relies on in a content or command. */
import type { Codec, Content, JsonMap } from 'dkd';
import type { DimError } from 'mkm';
import { changeFields, copyJsonMap } from 'mkm/extend';
import { damagedMaps, readEverything } from '../input/hostile-values.ts';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { isValue, isWrittenAs, verdict, type Verdict } from '../report/verdict.ts';

/**
 * Checks a content or command with samples of its maps.
 * @param context a context with the plugin: of `createMessageContext` or `createDim`
 * @param kind the literal `kind` of its class
 * @param samples maps as they come over the wire, each with all required fields
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { createDim, stationPlugin } from 'dimp';
 * import { assertContract, checkContent } from 'dimtestkit/contents';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });
 * const sample = { type: '136', sn: 1, time: 1700000000, command: 'handshake', title: 'DIM?', session: 's' };
 * assertContract(await checkContent(dim, 'handshake', [sample]));
 * ```
 */
export async function checkContent(
  context: { readonly Content: Codec<Content> },
  kind: string,
  samples: readonly object[],
): Promise<ContractReport> {
  const contract = new Contract(`content ${kind}`);
  const parse = (map: object): Content => context.Content.parse(map);
  await contract.rule('the samples', 'there are samples', () => verdict(samples.length > 0, 'one at least', 'none'));
  for (const [index, sample] of samples.entries()) {
    const name = `sample ${index}`;
    const map = await contract.obtain('the samples', `${name} is a map of JSON`, () => copyJsonMap(sample));
    if (map === undefined) continue;
    await contract.rule('kind', `${name} is read as ${kind}`, () => isValue(parse(map).kind, kind));
    await contract.rule('fields', `${name} is written without losing a field, unknown ones among them`, () => {
      const extended = changeFields(map, { 'unknown-field': { kept: [1, 'two', null] } });
      const content = parse(extended);
      const kept = hasAll(content.fields, extended);
      return kept === true ? isWrittenAs(JSON.parse(content.serialize()), content.fields) : kept;
    });
    await contract.rule('the class', `${name} is read without being changed`, () => {
      const before = JSON.stringify(sample);
      parse(sample);
      return verdict(JSON.stringify(sample) === before, 'the map as it was', 'a map that was written to');
    });
    await contract.rule('the class', `${name} is read twice to the same`, () =>
      isWrittenAs(parse(parse(map).toMap()), parse(map).fields),
    );
    for (const { what, map: damaged } of damagedMaps(map)) {
      await contract.onlyDimErrors(
        'the class',
        `${name} ${what} ends with a DimError, if with an error`,
        () => readEverything(parse(damaged)),
        blamesTheMap,
      );
    }
  }
  return contract.report();
}

/** A map that a peer wrote is wrong, or of a kind that is not known here: it can be at fault for nothing else. */
function blamesTheMap({ code, message }: DimError): Verdict {
  return verdict(
    /^(INPUT|UNSUPPORTED)_/.test(code),
    'a DimError INPUT_… or UNSUPPORTED_…, or no error',
    `DimError ${message}`,
  );
}

/** Whether every field that was not known under a short name is there again. */
function hasAll(written: JsonMap, read: JsonMap): Verdict {
  const lost = Object.keys(read).filter(
    (name) => !/^[A-Z]$/.test(name) && JSON.stringify(written[name]) !== JSON.stringify(read[name]),
  );
  return verdict(lost.length === 0, 'every field as it was', `lost or changed: ${lost.join(', ')}`);
}
