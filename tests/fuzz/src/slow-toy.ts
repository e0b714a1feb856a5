/** Work that grows with the square of its input, to show that it would be seen. */

export function copyPairs(size: number): number {
  let pairs = 0;
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < size; other++) pairs += one ^ other;
  }
  return pairs;
}
