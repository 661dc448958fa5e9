import type { BenchResult } from './bench.ts';
import type { Balance } from './compare.ts';

const columns: readonly [title: string, value: (balance: Balance) => string | number][] = [
  ['source', ({ source }) => source],
  ['put in', ({ putIn }) => putIn],
  ['mails of it', ({ due }) => due],
  ['in the ledger', ({ inLedger }) => inLedger],
  ['queued', ({ queued }) => queued],
  ['quarantined', ({ quarantined }) => quarantined],
  ['answers sent', ({ sent }) => sent],
  ['uncertain (arrived)', ({ uncertain, uncertainArrived }) => `${uncertain} (${uncertainArrived})`],
  ['withheld', ({ withheld }) => withheld],
];

const shown = 20;

/** The counts per source, what went wrong, and one line with the sums. */
export function reportOf(result: BenchResult): string {
  const rows = [
    columns.map(([title]) => title),
    columns.map(() => '---'),
    ...result.balances.map((balance) => columns.map(([, value]) => String(value(balance)))),
  ];
  const findings = (['lost', 'doubled', 'stuck', 'wrong'] as const).flatMap((what) => [
    ...result[what].slice(0, shown).map((line) => `${what}: ${line}`),
    ...(result[what].length > shown ? [`${what}: and ${result[what].length - shown} more`] : []),
  ]);
  const { lost, doubled, stuck, wrong } = result;
  return [
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...findings,
    `lost = ${lost.length}, doubled = ${doubled.length}, stuck = ${stuck.length}, wrong = ${wrong.length}`,
  ].join('\n');
}

export function isClean({ lost, doubled, stuck, wrong }: BenchResult): boolean {
  return lost.length + doubled.length + stuck.length + wrong.length === 0;
}
