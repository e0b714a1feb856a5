/**
 * Writes names/dart.json: what the libraries of the Dart packages export. pub.dev serves archives of these repositories; where it
 * is out of reach, clones of them do:
 *
 *     node extract/dart.mjs FOLDER names/dart.json     with FOLDER/mkm-dart, dkd-dart, … as below
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const repositories = [
  ['mkm', 'mkm-dart', ''],
  ['dkd', 'dkd-dart', ''],
  ['dimp', 'core-dart', ''],
  ['dimsdk', 'sdk-dart', ''],
  ['dimap', 'plugins-dart', ''],
  ['dimax', 'extensions-dart', ''],
  ['dim_client', 'demo-dart', 'client/'],
];
const declaration =
  /^(?:(?:abstract|base|final|sealed|interface|mixin) )*(class|mixin|enum|extension|typedef) ([A-Z]\w*)|^(?:const|final|var|late final) (?:[A-Z][\w<>?, ]* )?([a-zA-Z]\w*) *=|^(?:[A-Z][\w<>?]*|void|int|bool|double) (?:get )?([a-z]\w*) *(?:\(|=>)/;
const member =
  /^ {2}(?:static |final |const |external |abstract |late |covariant |factory )*(?:[A-Za-z][\w.]*(?:<[\w<>?., ]*>)?\?? )?(?:get |set )?([a-zA-Z]\w*) *(?:\(|=>|=|;|\{)/;

const [folder, out] = process.argv.slice(2);
const seen = new Set();
const packages = repositories.map(([name, repository, under]) => {
  const git = (...words) =>
    execFileSync('git', ['-C', join(folder, repository), ...words], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const files = new Set(git('ls-tree', '-r', '--name-only', 'HEAD', `${under}lib`).trim().split('\n'));
  const version = /^version: *(\S+)/m.exec(git('show', `HEAD:${under}pubspec.yaml`))?.[1];
  const commit = git('log', '-1', '--format=%h of %ad', '--date=short').trim();
  const read = (path) => git('show', `HEAD:${path}`);
  return {
    package: name,
    version,
    from: `${repository}, ${commit}`,
    names: namesOf(name, `${under}lib/`, files, read),
  };
});
writeFileSync(out, `${JSON.stringify({ language: 'Dart', packages }, undefined, 1)}\n`);

function namesOf(library, lib, files, read) {
  const names = [];
  // The main library last: the smaller one of a name tells more of it.
  const doors = [...files].filter((path) => posix.dirname(path) === lib.slice(0, -1) && path.endsWith('.dart'));
  doors.sort((one, other) => Number(one === `${lib}${library}.dart`) - Number(other === `${lib}${library}.dart`));
  for (const door of doors) {
    for (const found of exportsOf(door, files, read, new Set())) {
      const known = `${library}.${found.name}`;
      if (seen.has(known)) continue;
      seen.add(known);
      names.push({ ...found, module: `package:${library}/${posix.basename(door)}` });
    }
  }
  return names;
}

function exportsOf(path, files, read, walked) {
  if (!files.has(path) || walked.has(path)) return [];
  walked.add(path);
  const text = read(path);
  const found = declared(text);
  for (const [, target, rest] of text.matchAll(/^export '([^':]+)'([^;]*);/gm)) {
    const shown = /show ([\w, ]+)/.exec(rest)?.[1].split(/, */);
    const hidden = /hide ([\w, ]+)/.exec(rest)?.[1].split(/, */) ?? [];
    const passed = exportsOf(posix.join(posix.dirname(path), target), files, read, walked);
    found.push(...passed.filter(({ name }) => (shown === undefined || shown.includes(name)) && !hidden.includes(name)));
  }
  return found;
}

function declared(text) {
  const names = [];
  for (const line of text.split('\n')) {
    const top = declaration.exec(line);
    const name = top?.[2] ?? top?.[3] ?? top?.[4];
    if (name !== undefined) {
      const kind = top[1] ?? (top[3] === undefined ? 'function' : 'value');
      if (!name.startsWith('_')) names.push({ name, kind, members: [] });
      continue;
    }
    const inside = member.exec(line)?.[1];
    const holder = names.at(-1);
    if (inside === undefined || holder === undefined || !/class|mixin|enum|extension/.test(holder.kind)) continue;
    if (
      inside.startsWith('_') ||
      inside === holder.name ||
      /^(return|if|for|assert|throw|await|super|this|switch)$/.test(inside)
    )
      continue;
    if (!holder.members.includes(inside)) holder.members.push(inside);
  }
  return names.map((one) => ({ ...one, members: one.members.toSorted((a, b) => (a < b ? -1 : 1)) }));
}
