import { bases, type Base } from './sample.ts';
import type { VisitorOptions } from './visitor.ts';

/** A way in which a browser opens pages, and where the site stands that it opens. */
export interface Mode {
  name: string;
  base: Base;
  visitor: VisitorOptions;
  /** Do pages stand in the place of their doors? */
  isInPlace: boolean;
}

const workerModes: Mode[] = bases.map((base) => ({
  name: `with the worker at "${base}/"`,
  base,
  visitor: {},
  isInPlace: false,
}));

/** Where no worker comes up, pages are opened in place. One base shows it: what a base changes the others show. */
export const inPlace: Mode = {
  name: 'in place at "/repo/"',
  base: '/repo',
  visitor: { worker: 'refused' },
  isInPlace: true,
};

/** All ways there are: for `describe.each`. */
export const modes: Mode[] = [...workerModes, inPlace];

/** With the worker and in place, on the one base that shows what does not depend on a base. */
export const modesOnOneBase: Mode[] = modes.filter(({ base }) => base === inPlace.base);

/** The same for a site of a test's own. */
export const bothWays: { name: string; options: VisitorOptions }[] = [
  { name: 'with the worker', options: {} },
  { name: 'in place', options: inPlace.visitor },
];
