import type { Fault, LocalFinding } from '../model/finding.ts';
import type { Spot } from './spot.ts';

/** Reports a problem of a source. */
export type Report = (finding: Omit<LocalFinding, 'level'>) => void;
/** Reports a problem at a place that is known already. */
export type ReportHere = (fault: Fault) => void;
/** Reports a problem of the source at a path. */
export type ReportIn = (path: string, finding: LocalFinding) => void;

/** Reports problems at one place of a source. */
export function reportAt({ line, column }: Spot, report: Report): ReportHere {
  return ({ rule, message, fix }) => report({ rule, line, column, message, fix });
}
