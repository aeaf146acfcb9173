import { partOf, type Bundle, type Part } from './bundle.ts';
import type { Bytes } from './bare-index.ts';
import { percentile, qualityOf, type Outcome } from './measure.ts';

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

export function printBytes(
  ours: Bundle,
  stock: Bundle,
  ourBytes: readonly Bytes[],
  stockBytes: readonly Bytes[],
): void {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
  const row = (what: string, a: number, b: number) => ({
    what,
    ours: kilobytes(a),
    stock: kilobytes(b),
    ratio: (a / b).toFixed(2),
  });
  const sumOf = (counts: Bytes, parts: readonly Part[]) =>
    parts.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0);
  const sizes: [string, readonly Part[]][] = [
    ['index (postings)', ['postings']],
    ['index and tables', ['postings', 'tables']],
    ['index, tables, first ten texts', ['postings', 'tables', 'texts']],
  ];
  const sizeOf = ({ files, weigh }: Bundle, parts: readonly Part[]) =>
    [...files.keys()]
      .filter((file) => parts.includes(partOf(file)))
      .reduce((sum, file) => sum + weigh(file), 0);
  console.log('\nBytes of a cold query, and of the whole; ours as sealed files');
  console.table(
    sizes.flatMap(([what, parts]) => {
      const at = (counts: readonly Bytes[], part: number) =>
        percentile(
          counts.map((count) => sumOf(count, parts)),
          part,
        );
      return [
        row(`${what}, p50`, at(ourBytes, 0.5), at(stockBytes, 0.5)),
        row(`${what}, p95`, at(ourBytes, 0.95), at(stockBytes, 0.95)),
        row(`${what.replace('first ten', 'all')}, size`, sizeOf(ours, parts), sizeOf(stock, parts)),
      ];
    }),
  );
}

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
