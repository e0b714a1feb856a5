/** What the core relies on in a content or command. */
import { type Codec, type Content, type JsonMap, type JsonValue } from 'dkd';
import { changeFields, copyJsonMap } from 'dkd/extend';
import { Contract, type ContractReport } from './contract-report.ts';

/** Values that a peer may put into any field. */
const HOSTILE_VALUES: readonly JsonValue[] = [null, true, -1, 1e300, '', 'x', '__proto__', [], [null], {}];

/**
 * Checks a content or command with samples of its maps.
 * @param dim a context with the plugin
 * @param kind the literal `kind` of its class
 * @param samples maps as they come over the wire, each with all required fields
 * @returns a report; see `assertContract`
 */
export async function checkContent(
  dim: { readonly Content: Codec<Content> },
  kind: string,
  samples: readonly object[],
): Promise<ContractReport> {
  const contract = new Contract();
  const parse = (map: object): Content => dim.Content.parse(map);
  await contract.expect('there are samples', () => samples.length > 0);
  for (const [index, sample] of samples.entries()) {
    const map = copyJsonMap(sample);
    const name = `sample ${index}`;
    await contract.expect(`${name} is read as ${kind}`, () => parse(map).kind === kind);
    await contract.expect(`${name} is written without losing a field, unknown ones among them`, () => {
      const extended = changeFields(map, { 'unknown-field': { kept: [1, 'two', null] } });
      const written: unknown = JSON.parse(parse(extended).serialize());
      return (
        JSON.stringify(written) === JSON.stringify(parse(extended).fields) && hasAll(parse(extended).fields, extended)
      );
    });
    await contract.expect(`${name} is read without being changed`, () => {
      const before = JSON.stringify(sample);
      parse(sample);
      return JSON.stringify(sample) === before;
    });
    await contract.expect(
      `${name} is read twice to the same`,
      () => parse(map).serialize() === parse(parse(map).toMap()).serialize(),
    );
    for (const field of Object.keys(map)) {
      await contract.expectOnlyDimErrors(`${name} without ${field} ends with a DimError, if with any`, () =>
        use(parse(changeFields(map, { [field]: undefined }))),
      );
      for (const value of HOSTILE_VALUES) {
        await contract.expectOnlyDimErrors(
          `${name} with ${field} = ${JSON.stringify(value)} ends with a DimError, if with any`,
          () => use(parse(changeFields(map, { [field]: value }))),
        );
      }
    }
  }
  return contract.report();
}

/** Reads every property of a content, as an application would. */
function use(content: Content): void {
  for (
    let level: object | null = content;
    level !== null && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(level)) void Reflect.get(content, name, content);
  }
}

/** Whether every field that was not known under a short name is there again. */
function hasAll(written: JsonMap, read: JsonMap): boolean {
  return Object.entries(read).every(
    ([name, value]) => /^[A-Z]$/.test(name) || JSON.stringify(written[name]) === JSON.stringify(value),
  );
}
