/** The shape of the packages: what CONTRIBUTING.md and docs/architecture.md say of it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { circlesOf } from './circles.ts';
import { filesOf, importsOf, PLACES, ROOT, type Arrow } from './imports.ts';
import { EXCEPTIONS, ROOMS } from './rooms.ts';

/** More than one thing is in a file that is longer. */
const MAX_LINES = 300;

for (const [folder, rooms] of Object.entries(ROOMS)) {
  describe(folder, () => {
    const files = filesOf(folder);
    const arrows = files.flatMap((file) => importsOf(file)).filter(({ to }) => to.startsWith(`${folder}/src/`));

    test('each file stands in a room, or is a door', () => {
      const unknown = files.filter((file) => file.split('/').length > 4 && roomOf(file, rooms) === undefined);
      assert.deepEqual(unknown, []);
    });

    test('no room imports from one above it', () => {
      assert.deepEqual(
        withoutExceptions(arrows)
          .filter((arrow) => goesUp(arrow, rooms))
          .map(asText),
        [],
      );
    });

    test('no circle', () => {
      assert.deepEqual(circlesOf(withoutExceptions(arrows)), []);
    });

    test('no circle at all of what is loaded', () => {
      assert.deepEqual(circlesOf(arrows.filter(({ isOfTypes }) => !isOfTypes)), []);
    });

    test(`no file of more than ${MAX_LINES} lines`, () => {
      const lines = (file: string) => readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1;
      assert.deepEqual(
        files.filter((file) => lines(file) > MAX_LINES),
        [],
      );
    });
  });
}

test('each package has its rooms here', () => {
  const folders = PLACES.flatMap((place) => readdirSync(join(ROOT, place)).map((name) => `${place}/${name}`));
  assert.deepEqual(folders.toSorted(), Object.keys(ROOMS).toSorted());
});

test('each exception is one', () => {
  const needed = EXCEPTIONS.filter(({ from, to }) =>
    importsOf(from).some((arrow) => arrow.to === to && arrow.isOfTypes),
  );
  assert.deepEqual(needed, EXCEPTIONS);
});

/** The room of a file: the innermost one that is named. */
function roomOf(file: string, rooms: readonly string[]): string | undefined {
  const inside = file.split('/').slice(3, -1).join('/');
  return rooms
    .filter((room) => inside === room || inside.startsWith(`${room}/`))
    .toSorted((one, other) => other.length - one.length)[0];
}

function goesUp({ from, to }: Arrow, rooms: readonly string[]): boolean {
  const floor = (file: string) => {
    const room = roomOf(file, rooms);
    return room === undefined ? rooms.length : rooms.indexOf(room);
  };
  return floor(to) > floor(from);
}

function withoutExceptions(arrows: readonly Arrow[]): readonly Arrow[] {
  return arrows.filter(({ from, to }) => !EXCEPTIONS.some((known) => known.from === from && known.to === to));
}

function asText({ from, to }: Arrow): string {
  return `${from} imports ${to}`;
}
