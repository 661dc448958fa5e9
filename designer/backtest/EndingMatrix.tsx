import { Group, Switch, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { BacktestEnding } from '../../schemas/api/backtest.ts';
import { formatCount } from '../shell/format.ts';
import table from '../shell/table.module.css';
import classes from './EndingMatrix.module.css';
import { endingsOf, matrixOf } from './matrix.ts';
import { cellKey, endingKey, type Picked, pickedKey, type Results } from './results.ts';
import { useEndingWords } from './useEndingWords.ts';

interface EndingMatrixProps {
  results: Results;
  /** What the rows are endings of. */
  before: string;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

/** Where mails ended, by where they would end; each number leads to its mails. */
export function EndingMatrix({ results, before, picked, onPick }: EndingMatrixProps) {
  const [isAll, setIsAll] = useState(false);
  const words = useEndingWords();
  const some = matrixOf(results, { all: false });
  // Where nothing differs there is nothing to leave out.
  const matrix = isAll || some.from.length === 0 ? matrixOf(results, { all: true }) : some;
  const most = Math.max(...matrix.counts.values(), 1);
  const canChoose = some.from.length > 0 && some.from.length + some.to.length < 2 * endingsOf(results);
  return (
    <section aria-label="From where to where">
      <Group justify="space-between" px="md" py="xs">
        <Text size="xs" c="var(--sluice-muted)">
          Rows: where the mails ended with {before}. Columns: where they end with the draft.
        </Text>
        {canChoose && (
          <Switch
            size="xs"
            label="All endings"
            checked={isAll}
            onChange={({ currentTarget }) => setIsAll(currentTarget.checked)}
          />
        )}
      </Group>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table
          className={`${table.table} ${classes.matrix}`}
          aria-label="Mails by ending before and ending in the draft"
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">From ↓ to →</Table.Th>
              {matrix.to.map(({ ending }) => (
                <Table.Th key={endingKey(ending)} scope="col" className={classes.count} data-kind={ending.kind}>
                  <bdi>{words(ending)}</bdi>
                </Table.Th>
              ))}
              <Table.Th scope="col" className={classes.count}>
                Sum
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {matrix.from.map(({ ending: from, mails }) => (
              <Table.Tr key={endingKey(from)}>
                <Table.Th scope="row" data-kind={from.kind}>
                  <bdi>{words(from)}</bdi>
                </Table.Th>
                {matrix.to.map(({ ending: to }) => (
                  <Table.Td key={endingKey(to)} className={classes.count}>
                    <Cell
                      count={matrix.counts.get(cellKey(from, to)) ?? 0}
                      most={most}
                      isSame={endingKey(from) === endingKey(to)}
                      label={labelOf(words, from, to)}
                      isPicked={picked !== null && pickedKey(picked) === cellKey(from, to)}
                      onClick={() => onPick({ is: 'cell', from, to })}
                    />
                  </Table.Td>
                ))}
                <Table.Td className={classes.count}>{formatCount(mails)}</Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr className={classes.sum}>
              <Table.Th scope="row">Sum</Table.Th>
              {matrix.to.map(({ ending, mails }) => (
                <Table.Td key={endingKey(ending)} className={classes.count}>
                  {formatCount(mails)}
                </Table.Td>
              ))}
              <Table.Td className={classes.count}>
                {formatCount(matrix.from.reduce((sum, { mails }) => sum + mails, 0))}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function labelOf(words: (ending: BacktestEnding) => string, from: BacktestEnding, to: BacktestEnding): string {
  return endingKey(from) === endingKey(to) ? `stay in ${words(from)}` : `from ${words(from)} to ${words(to)}`;
}

interface CellProps {
  count: number;
  most: number;
  isSame: boolean;
  label: string;
  isPicked: boolean;
  onClick: () => void;
}

function Cell({ count, most, isSame, label, isPicked, onClick }: CellProps) {
  if (count === 0) return <span className={classes.none}>·</span>;
  return (
    <UnstyledButton
      className={classes.cell}
      data-same={isSame || undefined}
      style={{ '--share': Math.max(0.12, count / most) }}
      aria-pressed={isPicked}
      aria-label={`${formatCount(count)} ${count === 1 ? 'mail' : 'mails'} ${label}`}
      onClick={onClick}
    >
      {formatCount(count)}
    </UnstyledButton>
  );
}
