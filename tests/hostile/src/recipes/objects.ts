/** Recipes for objects that act: getters, `toJSON`, proxies, prototypes. */
import { objectIn, setOwn, textIn, type RecipeTable } from './recipe.ts';

export const OBJECT_RECIPES: RecipeTable = new Map<string, NonNullable<ReturnType<RecipeTable['get']>>>([
  ['with', (recipe, make) => assignOwn(objectIn(recipe, 'base', make), objectIn(recipe, 'set', make))],
  ['null-proto', (recipe, make) => assignOwn(Object.create(null) as object, objectIn(recipe, 'own', make))],
  [
    'proto',
    (recipe, make) =>
      assignOwn(Object.create(objectIn(recipe, 'proto', make)) as object, objectIn(recipe, 'own', make)),
  ],
  ['frozen', (recipe, make) => deepFreeze(objectIn(recipe, 'base', make))],
  [
    'getter-throws',
    (recipe, make) => setGetter(objectIn(recipe, 'base', make), textIn(recipe, 'key'), () => fail('getter')),
  ],
  [
    'getter-flips',
    (recipe, make, probes) => {
      const [first, then] = [make(recipe['first']), make(recipe['then'])];
      const field = { name: textIn(recipe, 'key'), first, reads: 0 };
      probes?.flipping.push(field);
      return setGetter(objectIn(recipe, 'base', make), field.name, () => (field.reads++ === 0 ? first : then));
    },
  ],
  ['tostring-throws', () => ({ toString: () => fail('toString'), valueOf: () => fail('valueOf') })],
  ['tostring-returns', (recipe) => ({ toString: () => recipe['s'] })],
  ['tojson-throws', (recipe, make) => setToJson(objectIn(recipe, 'base', make), () => fail('toJSON'))],
  [
    'tojson-returns',
    (recipe, make, probes) => {
      const value = make(recipe['value']);
      return setToJson(objectIn(recipe, 'base', make), () => {
        if (probes !== undefined) probes.toJsonCalls++;
        return value;
      });
    },
  ],
  ['proxy-throws', throwingProxy],
  ['class-instance', () => new Secret()],
]);

/** An application's class, with a field that no copy can see. */
class Secret {
  readonly #hidden = 1;
  readonly type = '1';
  readonly sn = 1;
  readonly time = 1;
  readonly text = 'x';

  get hidden(): number {
    return this.#hidden;
  }
}

function fail(what: string): never {
  throw new Error(`hostile ${what}`);
}

function assignOwn(target: object, fields: object): object {
  for (const [name, value] of Object.entries(fields)) setOwn(target, name, value);
  return target;
}

function setGetter(target: object, name: string, get: () => unknown): object {
  return Object.defineProperty(target, name, { enumerable: true, configurable: true, get });
}

function setToJson(target: object, toJSON: () => unknown): object {
  setOwn(target, 'toJSON', toJSON);
  return target;
}

function throwingProxy(): object {
  const trap = () => fail('proxy trap');
  return new Proxy(
    {},
    { get: trap, has: trap, set: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap },
  );
}

function deepFreeze(value: object): object {
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
