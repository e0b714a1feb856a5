/**
 * Writes names/java.json: the public classes of the jars of `chat.dim`, with their public members, as `javap` tells them.
 *
 *     mvn -f extract/pom.xml dependency:copy-dependencies -DoutputDirectory=JARS
 *     node extract/java.mjs JARS names/java.json
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// The lowest first. What else comes along, BouncyCastle and a JSON library, is not of this SDK.
const order = ['Crypto', 'MingKeMing', 'DaoKeDao', 'DIMP', 'SDK', 'Plugins', 'CryptoPlugins'];

const [folder, out] = process.argv.slice(2);
const jars = readdirSync(folder).map((file) => ({
  file,
  .../^(?<artifact>[A-Za-z]+)-(?<version>[\d.]+)\.jar$/.exec(file)?.groups,
}));
const seen = new Set();
const packages = order.map((artifact) => {
  const jar = jars.find((one) => one.artifact === artifact);
  if (jar === undefined) throw new Error(`No jar of ${artifact} in ${folder}`);
  return {
    package: artifact,
    version: jar.version,
    from: `Maven Central, chat.dim:${artifact}`,
    names: namesOf(join(folder, jar.file)),
  };
});
writeFileSync(out, `${JSON.stringify({ language: 'Java', packages }, undefined, 1)}\n`);

function namesOf(path) {
  const classes = run('jar', 'tf', path)
    .split('\n')
    .filter((entry) => /^chat\/dim\/.*\.class$/.test(entry) && !/\$\d/.test(entry))
    .map((entry) => entry.slice(0, -'.class'.length).replaceAll('/', '.'));
  const names = [];
  // One run for all of them: a virtual machine takes its time to start.
  for (const text of run('javap', '-public', '-cp', path, ...classes).split(/^Compiled from .*$/m)) {
    const [head, ...members] = text.trim().split('\n');
    const found = /^public (?:static |abstract |final )*(class|interface) ([\w.$]+)/.exec(head ?? '');
    if (found === null) continue;
    const [, word, full] = found;
    const at = full.lastIndexOf('.');
    const name = full.slice(at + 1).replaceAll('$', '.');
    // Shared libraries are packed again into later jars.
    if (seen.has(full)) continue;
    seen.add(full);
    names.push({
      name,
      kind: head.includes('java.lang.Enum<') ? 'enum' : word,
      module: full.slice(0, at),
      members: membersOf(members, name),
    });
  }
  return names.toSorted((one, other) => (`${one.module}.${one.name}` < `${other.module}.${other.name}` ? -1 : 1));
}

function membersOf(lines, name) {
  const found = lines.flatMap((line) => /([\w$]+)(?:\(.*\).*)?;$/.exec(line.trim())?.[1] ?? []);
  return [...new Set(found)]
    .filter((member) => member !== name.split('.').at(-1) && !member.includes('$'))
    .toSorted(inOrder);
}

function inOrder(one, other) {
  return one < other ? -1 : 1;
}

function run(...words) {
  return execFileSync(words[0], words.slice(1), { encoding: 'utf8', maxBuffer: 2 ** 26 });
}
