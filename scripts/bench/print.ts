import { partOf, type Bundle, type Part } from './bundle.ts';
import { percentile, qualityOf, type Outcome } from './measure.ts';

/** Prints the quality of both searches by kind of query. */
export function printQuality(ours: readonly Outcome[], stock: readonly Outcome[]): void {
  console.log('\nQuality, ours through the gate / stock');
  const kinds = [...new Set(ours.map(({ query }) => query.kind))];
  const rows = kinds.map((kind) => {
    const ofKind = ({ query }: Outcome) => query.kind === kind;
    const [a, b] = [qualityOf(ours.filter(ofKind)), qualityOf(stock.filter(ofKind))];
    const pair = (key: keyof typeof a) => `${a[key].toFixed(3)} / ${b[key].toFixed(3)}`;
    return {
      kind,
      queries: ours.filter(ofKind).length,
      'success@10': pair('success'),
      'recall@10': pair('recall'),
      MRR: pair('reciprocalRank'),
      'R-precision': pair('rPrecision'),
    };
  });
  console.table(rows);
}

/** @param ourFiles - for each cold query, the files of our bundle that it fetched */
export function printBytes(
  ours: Bundle,
  stock: Bundle,
  ourFiles: readonly string[][],
  stockFiles: readonly string[][],
): void {
  const row = (what: string, sealed: number, plain: number, other: number) => ({
    what,
    'ours, sealed': kilobytes(sealed),
    'ours, plain': kilobytes(plain),
    stock: kilobytes(other),
    'sealed / stock': (sealed / other).toFixed(2),
    'plain / stock': (plain / other).toFixed(2),
  });
  const sizes: [string, readonly Part[]][] = [
    ['index (postings)', ['postings']],
    ['index and tables', ['postings', 'tables']],
    ['index, tables, first ten texts', ['postings', 'tables', 'texts']],
  ];
  console.log('\nBytes of a cold query and of the whole bundle');
  console.table(
    sizes.flatMap(([what, parts]) => {
      const weigh = (files: Iterable<string>, weight: (file: string) => number) =>
        [...files]
          .filter((file) => parts.includes(partOf(file)))
          .reduce((sum, file) => sum + weight(file), 0);
      const each = (weight: (files: readonly string[][], of: (file: string) => number) => number) =>
        [
          weight(ourFiles, ours.weighSealed ?? ours.weigh),
          weight(ourFiles, ours.weigh),
          weight(stockFiles, stock.weigh),
        ] as const;
      const at = (part: number) =>
        each((queries, of) =>
          percentile(
            queries.map((files) => weigh(files, of)),
            part,
          ),
        );
      return [
        row(`${what}, p50`, ...at(0.5)),
        row(`${what}, p95`, ...at(0.95)),
        row(
          `${what.replace('first ten', 'all')}, size`,
          weigh(ours.files.keys(), ours.weighSealed ?? ours.weigh),
          weigh(ours.files.keys(), ours.weigh),
          weigh(stock.files.keys(), stock.weigh),
        ),
      ];
    }),
  );
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

/** Prints the times of a query: through the gate, without it, and in stock Pagefind. */
export function printTimes(
  gate: readonly Outcome[],
  open: readonly Outcome[],
  stock: readonly Outcome[],
): void {
  console.log('\nMilliseconds of a warm query');
  const row = (what: string, outcomes: readonly Outcome[]) => {
    const times = outcomes.map(({ milliseconds }) => milliseconds);
    return { what, p50: percentile(times, 0.5).toFixed(1), p95: percentile(times, 0.95).toFixed(1) };
  };
  console.table([
    row('search page through the gate', gate),
    row('search page, unsealed', open),
    row('stock, index alone', stock),
  ]);
  const p95 = (outcomes: readonly Outcome[]) =>
    percentile(
      outcomes.map(({ milliseconds }) => milliseconds),
      0.95,
    );
  console.log(`The gate costs a factor of ${(p95(gate) / p95(open)).toFixed(2)} at p95.`);
}
