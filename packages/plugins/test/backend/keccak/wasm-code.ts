/** WebAssembly in its binary form: as many instructions as a function over numbers of 64 bits takes, and a module of one. */

const I32 = 0x7f;
const I64 = 0x7e;
const END = 0x0b;
/** Loads and stores say that addresses are multiples of 2^3. */
const ALIGNED = 3;

/** Instructions, one behind the other: each takes its numbers from the stack, and leaves its result there. */
export class WasmCode {
  readonly bytes: number[] = [];

  get(local: number): this {
    return this.#add(0x20, local);
  }

  set(local: number): this {
    return this.#add(0x21, local);
  }

  int32(value: number): this {
    return this.#add(0x41).#number(value);
  }

  xor(): this {
    return this.#add(0x85);
  }

  and(): this {
    return this.#add(0x83);
  }

  not(): this {
    return this.#int64(-1).xor();
  }

  rotateLeft(bits: number): this {
    return this.#int64(bits).#add(0x89);
  }

  /** The number in memory at the address on the stack and so many bytes behind it. */
  load(behind: number): this {
    return this.#add(0x29, ALIGNED).#number(behind);
  }

  /** Writes the number on the stack to the address that is under it, and so many bytes behind it. */
  store(behind: number): this {
    return this.#add(0x37, ALIGNED).#number(behind);
  }

  /** Does the body for each value of a local of 32 bits: from the one that it has, by steps, while it is less than the end. */
  loop(local: number, { step, end }: { readonly step: number; readonly end: number }, body: () => void): this {
    this.#add(0x03, 0x40);
    body();
    this.get(local).int32(step).#add(0x6a).set(local);
    return this.get(local).int32(end).#add(0x49, 0x0d, 0, END);
  }

  #int64(value: number): this {
    return this.#add(0x42).#number(value);
  }

  /** In groups of seven bits, the lowest first (LEB128), with room for a sign, which does no harm where there is none. */
  #number(value: number): this {
    let rest = value;
    for (; rest < -0x40 || rest >= 0x40; rest >>= 7) this.#add((rest & 0x7f) | 0x80);
    return this.#add(rest & 0x7f);
  }

  #add(...bytes: readonly number[]): this {
    this.bytes.push(...bytes);
    return this;
  }
}

interface WasmFunction {
  /** How many locals of 64 bits it has, less than 127; one of 32 bits follows them. */
  readonly locals: number;
  readonly code: WasmCode;
  /** What is in memory from the beginning. */
  readonly data: { readonly at: number; readonly bytes: Uint8Array };
}

/** A module with a page of memory, which it exports as `memory`, and a function without arguments, as `run`. */
export function wasmModule({ locals, code, data }: WasmFunction): Uint8Array<ArrayBuffer> {
  const body = [2, locals, I64, 1, I32, ...code.bytes, END];
  const address = new WasmCode().int32(data.at).bytes;
  return Uint8Array.from([
    ...ascii('\0asm\u{1}\0\0\0'),
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 1, 1, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('run'), 0, 0]),
    ...section(10, [1, ...sized(body)]),
    ...section(11, [1, 0, ...address, END, ...sized([...data.bytes])]),
  ]);
}

const section = (id: number, content: readonly number[]): readonly number[] => [id, ...sized(content)];
const name = (text: string): readonly number[] => [text.length, ...ascii(text)];
const ascii = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
/** Behind its length, in two groups of seven bits: less than 2^14. */
const sized = (content: readonly number[]): readonly number[] => [
  (content.length & 0x7f) | 0x80,
  content.length >> 7,
  ...content,
];
