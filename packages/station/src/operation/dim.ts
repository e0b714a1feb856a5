/** The context of a station. */
import { createDim, stationPlugin, type Dim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';

let known: Dim | undefined;

/** Reads all that clients write, and writes what deployed ones read. Made when it is first asked for. */
export function stationDim(): Dim {
  known ??= createDim({
    plugins: [standardPlugin(), modernPlugin(), stationPlugin],
    wireShape: 'deployed',
  });
  return known;
}
