/** Numbers of any length from one base to another: division on paper, with several digits at a time. */

/**
 * A base up to 256, and how many of its digits are taken at once: a group of them is less than 2^31, and the groups of two bases
 * multiply to less than 2^53.
 */
export interface NumberBase {
  readonly base: number;
  readonly atOnce: number;
}

/** The digits of a number in another base, the highest first. Each zero at the start stays one zero. */
export function changeBase(digits: Uint8Array, from: NumberBase, to: NumberBase): Uint8Array {
  let zeros = 0;
  while (digits[zeros] === 0) zeros++;
  const size = to.base ** to.atOnce;
  const groups = groupsOf(digits, zeros, from, size);
  let end = zeros + groups.length * to.atOnce;
  for (let highest = groups.at(-1) ?? size; highest < size / to.base; highest *= to.base) end--;
  const changed = new Uint8Array(end);
  for (const group of groups) {
    let rest = group | 0;
    // Before the first digit are the zeros at the start and those of the highest group, which are not written.
    for (let count = 0; count < to.atOnce && end > zeros; count++) {
      changed[--end] = rest % to.base;
      rest = (rest / to.base) | 0;
    }
  }
  return changed;
}

/** The number in groups below `size`, the lowest first. */
function groupsOf(digits: Uint8Array, start: number, from: NumberBase, size: number): readonly number[] {
  const groups: number[] = [];
  for (let index = start; index < digits.length;) {
    let carry = 0;
    let factor = 1;
    for (const end = Math.min(index + from.atOnce, digits.length); index < end; index++) {
      carry = carry * from.base + (digits[index] ?? 0);
      factor *= from.base;
    }
    for (let place = 0; place < groups.length; place++) {
      const sum = (groups[place] ?? 0) * factor + carry;
      carry = Math.floor(sum / size);
      groups[place] = sum - carry * size;
    }
    for (; carry > 0; carry = Math.floor(carry / size)) groups.push(carry % size);
  }
  return groups;
}
