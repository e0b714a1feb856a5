/** The client gives the newest first. */
export function oldestFirst<T>(newestFirst: readonly T[]): readonly T[] {
  return newestFirst.reduceRight<T[]>((all, one) => {
    all.push(one);
    return all;
  }, []);
}
