/** What the core relies on in a type of meta: that it binds one key to its IDs, and no other key to any of them. */
import { createIdentityContext, definePlugin, type MetaDefinition } from 'mkm';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { shortForm } from '../report/short-form.ts';
import { allOf, firstOf, isValue, verdict } from '../report/verdict.ts';
import { checkForeignParts } from './foreign-parts.ts';
import { checkAddresses } from './meta-addresses.ts';
import { checkMetaMaps } from './meta-maps.ts';
import { ALL_NETWORKS, newKey, seedOf, type MetaSamples, type MetaTrial } from './meta-trial.ts';

/**
 * Checks a type of meta: metas are made, read again, give their own IDs and match no others; foreign and damaged parts
 * are refused.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { EntityType } from 'mkm';
 * import { assertContract, checkMeta } from 'dimtestkit';
 * import { ethMeta, standardPlugin } from 'dimplugins';
 *
 * assertContract(
 *   await checkMeta(ethMeta(), {
 *     plugins: [standardPlugin()],
 *     algorithm: 'ECC',
 *     networks: [EntityType.USER],
 *     refusedAlgorithms: ['RSA'],
 *   }),
 * );
 * ```
 */
export async function checkMeta(definition: MetaDefinition, samples: MetaSamples): Promise<ContractReport> {
  const contract = new Contract(`meta ${definition.name}`);
  await checkWords(contract, definition);
  const context = await contract.obtain('the definition', 'a context takes the definition', () =>
    createIdentityContext({
      plugins: [...samples.plugins, definePlugin('the meta to be checked', [definition], { replace: true })],
    }),
  );
  const privateKey =
    context &&
    (await contract.obtain('the samples', `a plugin generates private keys of ${samples.algorithm}`, () =>
      newKey(contract, context, samples.algorithm),
    ));
  if (context === undefined || privateKey === undefined) return contract.report();
  const { type } = definition;
  const seed = seedOf(definition);
  const meta = await contract.obtain('the definition', 'a meta is made of a private key', () =>
    context.Meta.generate({ type, privateKey, ...seed }),
  );
  const other = await contract.obtain('the definition', 'a meta is made of another private key', async () =>
    context.Meta.generate({ type, privateKey: await newKey(contract, context, samples.algorithm), ...seed }),
  );
  if (meta === undefined || other === undefined) return contract.report();
  const networks = samples.networks === 'all' ? ALL_NETWORKS : samples.networks;
  const trial: MetaTrial = { contract, context, definition, samples, networks, meta, other };
  await checkReading(trial);
  await checkAddresses(trial);
  await checkForeignParts(trial);
  await checkMetaMaps(trial);
  return contract.report();
}

async function checkWords(contract: Contract, { type, name, seed }: MetaDefinition): Promise<void> {
  await contract.rule('type', 'the type is a code in decimal digits', () =>
    verdict(
      typeof type === 'string' && /^(0|[1-9]\d{0,9})$/.test(type) && Number(type) <= 0xffff_ffff,
      'digits, 0 to 4294967295',
      shortForm(type),
    ),
  );
  await contract.rule('name', 'the name of the type is a word of at most 32 letters, and no number', () =>
    verdict(typeof name === 'string' && isWord(name), 'a word', shortForm(name)),
  );
  await contract.rule('seed', 'a seed is required or absent', () =>
    // Whoever writes JavaScript may write anything.
    verdict(['required', 'absent'].includes(seed), '"required" or "absent"', shortForm(seed)),
  );
}

async function checkReading({ contract, context, definition, networks, meta }: MetaTrial): Promise<void> {
  await contract.rule('publicKey.verify', 'the fingerprint of a new meta is verified', async () =>
    isValue(await meta.verify(), true),
  );
  const map = { ...meta.toMap(), unknown: { kept: true } };
  const read = await contract.obtain('the definition', 'a meta that was written is read', () =>
    context.Meta.parse(JSON.parse(JSON.stringify(map))),
  );
  if (read === undefined) return;
  await contract.rule('address', 'a meta that was written and read gives the same IDs', () =>
    firstOf(networks, (network) => isValue(read.id(network).toString(), meta.id(network).toString())),
  );
  await contract.rule('name', 'a meta whose type is written as a word or as a number is the same', () =>
    allOf(
      [definition.name, Number(definition.type)].map((type) =>
        isValue(context.Meta.parse({ ...map, type }).type, definition.type),
      ),
    ),
  );
}

function isWord(name: string): boolean {
  return name.length > 0 && name.length <= 32 && !/\s/.test(name) && !/^\d+$/.test(name);
}
