/**
 * `npm run bench`: prints the table of the README. `npm run bench -- quick` takes a tenth of the time and says less.
 * Figures are ratios against a bare loop in the same run wherever a ratio makes sense: machines differ, ratios hardly.
 */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { benchBacktest } from './backtest.ts';
import { benchBigMails } from './big-mails.ts';
import { benchFlowRuns } from './flow-runs.ts';
import { benchLatency } from './latency.ts';
import { benchMailbox } from './mailbox.ts';
import { median } from './process.ts';

const quick = process.argv.includes('quick');
const only = process.argv.slice(2).find((name) => name !== 'quick');
const wants = (name: string): boolean => only === undefined || only === name;
const rows: [string, string][] = [];
const loadBefore = loadavg()[0] ?? 0;
const say = (what: string, figure: string): void => {
  rows.push([what, figure]);
  console.error(`${what}: ${figure}`);
};

if (wants('mailbox')) {
  const result = await benchMailbox(quick ? 500 : 5_000, quick ? 1 : 3);
  const rate = (seconds: number[]): string => `${Math.round(result.mails / median(seconds))} mails/s`;
  const laps = {
    [`The first ${result.mails} mails after the start`]: result.cold,
    [`the next ${result.mails}`]: result.warm,
  };
  for (const [which, lap] of Object.entries(laps)) {
    say(`${which}, from the mailbox to settled interactions`, rate(lap.sluiceSeconds));
    say(`${which}, bare imapflow + mailparser loop`, rate(lap.bareSeconds));
    const rounds = lap.ratios.map((ratio) => ratio.toFixed(2)).join(', ');
    say(`${which}, ratio (1.0: as fast as the bare loop)`, `${median(lap.ratios).toFixed(2)} (rounds: ${rounds})`);
  }
  say('Resident memory at rest', `${Math.round(result.restMb)} MB`);
  say('Resident memory during the load, peak', `${Math.round(result.loadPeakMb)} MB`);
}
if (wants('flow-runs')) {
  const result = await benchFlowRuns(quick ? 5_000 : 50_000);
  say(`Flow runs, traced, ${result.steps} steps each`, `${Math.round(result.perSecond)} runs/s`);
}
if (wants('latency')) {
  const result = await benchLatency(quick ? 10 : 100);
  const ms = (value: number): string => `${Math.round(value)} ms`;
  say('Delivery to queue with IDLE, p50 / p99', `${ms(result.queueP50)} / ${ms(result.queueP99)}`);
  say("of which the server's own notification, p50", ms(result.notifyP50));
  say('beyond the notification, p50 / p99', `${ms(result.beyondP50)} / ${ms(result.beyondP99)}`);
}
if (wants('backtest')) {
  const result = await benchBacktest(quick ? 1_000 : 10_000, 3);
  const list = (seconds: number[]): string => seconds.map((value) => value.toFixed(2)).join(', ');
  const ms = (value: number): string => `${Math.round(value)} ms`;
  say(
    `Backtest of ${result.mails} mails, published runs on record`,
    `${median(result.seconds).toFixed(2)} s (${list(result.seconds)})`,
  );
  say('The same where both versions run', `${median(result.bothSeconds).toFixed(2)} s (${list(result.bothSeconds)})`);
  say('SMTP to queue at rest, p50 / p99', `${ms(result.restP50)} / ${ms(result.restP99)}`);
  say('SMTP to queue while backtests run, p50 / p99', `${ms(result.duringP50)} / ${ms(result.duringP99)}`);
  say('Resident memory with the mailbox and the backtests, peak', `${Math.round(result.peakMb)} MB`);
}
if (wants('big-mails')) {
  const result = await benchBigMails(quick ? 5 : 50, 20);
  say(`Resident memory, ${result.mails} mails of ${result.megabytes} MB, peak`, `${Math.round(result.peakMb)} MB`);
  say('Time for them', `${result.seconds.toFixed(1)} s`);
}

console.log(
  `\nMeasured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}; load of the machine before: ${loadBefore.toFixed(1)}.\n`,
);
console.log('| what | figure |\n|---|---|');
for (const [what, figure] of rows) console.log(`| ${what} | ${figure} |`);
