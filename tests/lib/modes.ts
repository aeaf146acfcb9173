import { bases, type Base } from './sample.ts';
import type { VisitorOptions } from './visitor.ts';

/** A way in which a browser opens pages, and the base of the site it opens. */
export interface Mode {
  name: string;
  base: Base;
  visitor: VisitorOptions;
  /** Whether pages replace their doors in place, without a worker. */
  isInPlace: boolean;
}

const workerModes: Mode[] = bases.map((base) => ({
  name: `with the worker at "${base}/"`,
  base,
  visitor: {},
  isInPlace: false,
}));

/** Without a worker, pages are opened in place. One base is enough: the other modes show what a base changes. */
export const inPlace: Mode = {
  name: 'in place at "/repo/"',
  base: '/repo',
  visitor: { worker: 'refused' },
  isInPlace: true,
};

/** All modes, for `describe.each`. */
export const modes: Mode[] = [...workerModes, inPlace];

/** With the worker and in place on one base, for what doesn't depend on the base. */
export const modesOnOneBase: Mode[] = modes.filter(({ base }) => base === inPlace.base);

/** Both ways of opening pages, for a site that a test builds itself. */
export const bothWays: { name: string; options: VisitorOptions }[] = [
  { name: 'with the worker', options: {} },
  { name: 'in place', options: inPlace.visitor },
];
