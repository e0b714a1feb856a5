/** People with homes of their own, at one station. */
import { personIn } from '../run.ts';

type Line = ReturnType<typeof personIn>;

/** A person, with an ID. */
export type Person = Line & {
  readonly id: string;
  /** The command line over another home of this person. */
  at(device: string): Line;
};

/** Makes them; names need not differ. */
export async function peopleAt<const Names extends readonly string[]>(
  station: string,
  folder: string,
  names: Names,
): Promise<{ readonly [K in keyof Names]: Person }> {
  const people = await Promise.all(
    names.map(async (name, at) => {
      const home = (device: string): Line => personIn(folder, `${name}-${at}-${device}`);
      const person = home('home');
      const { id } = await person.json('id', 'new', '--name', name);
      await person.json('station', 'use', station);
      // Who has been there once, others can write to.
      await person.json('read');
      return { ...person, id: id as string, at: home };
    }),
  );
  // One for each name.
  return people as unknown as { readonly [K in keyof Names]: Person };
}
