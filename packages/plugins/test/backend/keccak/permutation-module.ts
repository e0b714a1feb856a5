/**
 * Keccak-f[1600], the permutation of FIPS 202 section 3.2, as a function of WebAssembly: it works on numbers of 64 bits, which
 * JavaScript has to make of halves.
 */
import { WasmCode, wasmModule } from './wasm-code.ts';

/** In memory: 25 lanes of 64 bits, the lowest byte first, and then the constants of the rounds. */
const CONSTANTS = 200;
const ROUNDS = 24;
const LANE_BYTES = 8;

// Lanes and columns of the standard wrap around: column 5 is column 0.
const lane = (x: number, y: number): number => (x % 5) + 5 * (y % 5);
const FIVE = [0, 1, 2, 3, 4];
const LANES = FIVE.flatMap((y) => FIVE.map((x) => [x, y] as const));

// Locals of the function: the letters of the standard.
const A = lane;
const B = (x: number, y: number): number => 25 + lane(x, y);
const C = (x: number): number => 50 + (x % 5);
const D = (x: number): number => 55 + (x % 5);
const LOCALS = 60;
/** How far the constant of this round is from the first. */
const ROUND = 60;

/** A module whose `run` permutes the first 200 bytes of its memory. */
export function permutationModule(): Uint8Array<ArrayBuffer> {
  const code = new WasmCode();
  const offsets = rotationOffsets();
  for (const [x, y] of LANES)
    code
      .int32(0)
      .load(LANE_BYTES * lane(x, y))
      .set(A(x, y));
  code.loop(ROUND, { step: LANE_BYTES, end: LANE_BYTES * ROUNDS }, () => {
    // Theta: each lane takes up the parity of two columns beside it.
    for (const x of FIVE)
      code.get(A(x, 0)).get(A(x, 1)).xor().get(A(x, 2)).xor().get(A(x, 3)).xor().get(A(x, 4)).xor().set(C(x));
    for (const x of FIVE)
      code
        .get(C(x + 4))
        .get(C(x + 1))
        .rotateLeft(1)
        .xor()
        .set(D(x));
    // Rho and pi: the lanes are rotated, and change places.
    for (const [x, y] of LANES)
      code
        .get(A(x, y))
        .get(D(x))
        .xor()
        .rotateLeft(offsets[lane(x, y)] ?? 0)
        .set(B(y, 2 * x + 3 * y));
    // Chi, the one step that is not linear.
    for (const [x, y] of LANES)
      code
        .get(B(x, y))
        .get(B(x + 1, y))
        .not()
        .get(B(x + 2, y))
        .and()
        .xor()
        .set(A(x, y));
    // Iota: no two rounds are the same.
    code.get(A(0, 0)).get(ROUND).load(CONSTANTS).xor().set(A(0, 0));
  });
  for (const [x, y] of LANES)
    code
      .int32(0)
      .get(A(x, y))
      .store(LANE_BYTES * lane(x, y));
  return wasmModule({ locals: LOCALS, code, data: { at: CONSTANTS, bytes: roundConstants() } });
}

/** By how many bits each lane is rotated: triangular numbers, along the way that pi takes through the lanes. */
function rotationOffsets(): readonly number[] {
  const offsets = [0];
  let [x, y] = [1, 0];
  for (let step = 1; step < 25; step++) {
    offsets[lane(x, y)] = ((step * (step + 1)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return offsets;
}

/** What the rounds add to the first lane: bits of a shift register, at places that are one less than a power of two. */
function roundConstants(): Uint8Array {
  const bytes = new Uint8Array(LANE_BYTES * ROUNDS);
  let register = 1;
  for (let round = 0; round < ROUNDS; round++) {
    for (let power = 0; power < 7; power++) {
      const bit = 2 ** power - 1;
      const at = LANE_BYTES * round + (bit >> 3);
      bytes[at] = (bytes[at] ?? 0) | ((register & 1) << (bit & 7));
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
  }
  return bytes;
}
