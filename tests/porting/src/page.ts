/** A page of the porting tables, in Markdown. */
import { type Answer, type Answers, type Here, type Topic, TOPICS } from './answers.ts';
import { type Exports, partsOf } from './exports.ts';
import { HEADS } from './heads.ts';
import { membersOf, type MembersOf } from './members.ts';
import { type Extraction, familyName, type Language, type NamedPackage, type PublicName } from './names.ts';

export function page(language: Language, extraction: Extraction, answers: Answers, exports: Exports): string {
  const head = HEADS[language];
  const packages = head.order
    .map((name) => extraction.packages.find((one) => one.package === name))
    .filter((one) => one !== undefined);
  return [
    `# From the ${extraction.language} SDK`,
    '<!-- Made by `tests/porting` of its data: change those, and run `pnpm --filter porting run pages`. -->',
    head.start,
    table(
      ['to do this', 'there'],
      head.tasks.map(({ task, there, anchor }) => [`[${task}](../porting.md#${anchor})`, there.map(code).join(', ')]),
    ),
    `What is different throughout is in [From another SDK](../porting.md); what each name is here, below. ${head.source}`,
    table(
      ['package', 'version', 'from', 'names'],
      packages.map((one) => [code(one.package), one.version, one.from, String(one.names.length)]),
    ),
    ...packages.flatMap((one) => packageTables(one, answers)),
    ...memberTables(packages, answers, exports),
  ]
    .join('\n\n')
    .concat('\n');
}

function packageTables(one: NamedPackage, answers: Answers): readonly string[] {
  const blocks = [`## \`${one.package}\``];
  for (const [topic, title] of Object.entries(TOPICS) as [Topic, string][]) {
    // Names with one answer share a row.
    const rows = new Map<Answer, PublicName[]>();
    for (const name of one.names) {
      const found = answers.of(familyName(name.name));
      if (found?.topic === topic) rows.set(found.answer, [...(rows.get(found.answer) ?? []), name]);
    }
    if (rows.size === 0) continue;
    const cells = [...rows].map(([answer, names]) => [
      names.map((name) => code(name.name)).join(', '),
      hereOf(answer),
      answer.note ?? '',
    ]);
    blocks.push(`**${title}**`, table(['there', 'here', 'difference'], cells));
  }
  return blocks;
}

function memberTables(packages: readonly NamedPackage[], answers: Answers, exports: Exports): readonly string[] {
  const classes = packages.flatMap((one) => one.names).map((name) => membersOf(name, answers, exports));
  const told = new Map<string, MembersOf>();
  // A name that an older package has too is told once.
  for (const one of classes) if (one !== undefined && !told.has(one.name)) told.set(one.name, one);
  return [
    '## Members',
    [
      'Of the classes that applications call. *The same* are here by the same name, as properties where there is a `getX()` or `get_x()`;',
      'times are numbers, in seconds since 1970; what is absent is `undefined`. A `setX()` is nowhere: what was made does not change.',
    ].join('\n'),
    table(
      ['there', 'the same', 'by another name, or instead'],
      [...told.values()].map((one) => [code(one.name), one.same.map(code).join(', '), memberLines(one).join('<br>')]),
    ),
  ];
}

/** Members with one answer share a line. */
function memberLines(of: MembersOf): readonly string[] {
  const lines = new Map<Answer, string[]>();
  for (const { member, answer } of of.answered) lines.set(answer, [...(lines.get(answer) ?? []), code(member)]);
  return [...lines].map(([answer, members]) => {
    const here = answer.here.length === 0 ? [] : [hereOf(answer)];
    const note = answer.note === undefined ? [] : [answer.note];
    // What is said of any class names it: `dim.X.parse` is `dim.ID.parse`. A command is read as a content.
    const says = [...here, ...note]
      .join('; ')
      .replaceAll('dim.X.', `dim.${of.name === 'Command' ? 'Content' : of.name}.`);
    return `${members.join(', ')}: ${says}`;
  });
}

function hereOf(answer: Answer): string {
  if (answer.here.length === 0) return 'not here';
  return [...byDoors(answer.here)]
    .map(([door, all]) => `${all.map((one) => code(one.as ?? shown(one))).join(', ')} <small>${door}</small>`)
    .join(' · ');
}

function byDoors(all: readonly Here[]): ReadonlyMap<string, readonly Here[]> {
  const byDoor = new Map<string, Here[]>();
  for (const one of all) {
    const { door } = partsOf(one.export);
    byDoor.set(door, [...(byDoor.get(door) ?? []), one]);
  }
  return byDoor;
}

function shown(one: Here): string {
  const { name, member } = partsOf(one.export);
  return member === undefined ? name : `${name}.${member}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
