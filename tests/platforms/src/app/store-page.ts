/** The script of the page that tests the store of dimsdk. What it offers stands in `stores`. */
import { checkBounds } from './store/bounds.ts';
import { runContract } from './store/contract.ts';
import { compareMarks, compareMarksAfterWrongClock } from './store/marks.ts';
import * as places from './store/places.ts';
import { fillStore } from './store/quota.ts';
import { measureOpening, measureStore } from './store/speed.ts';
import * as tabs from './store/tabs.ts';
import * as versions from './store/versions.ts';
import * as workers from './store/workers.ts';

const stores = {
  ...places,
  ...tabs,
  ...versions,
  ...workers,
  checkBounds,
  compareMarks,
  compareMarksAfterWrongClock,
  fillStore,
  measureOpening,
  measureStore,
  runContract,
};

export type PageStores = typeof stores;

Object.assign(globalThis, { stores });
