import { ScrollArea, SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { compareFlows } from '../../schemas/compare/compare-flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import { findSheet, mainSheet, type SheetId } from '../../schemas/sheet.ts';
import classes from '../sheets/SideBySide.module.css';
import { ChangeList } from './ChangeList.tsx';
import { CompareCanvas } from './CompareCanvas.tsx';
import { marksOf, sheetIds } from './compared-graph.ts';
import { emptyLike } from './empty-flow.ts';
import { sheetWords } from './sheet-words.ts';

interface CompareViewProps {
  /** What the canvas says that it shows. */
  label: string;
  /** Null where there is nothing to compare with: everything is new. */
  before: Flow | null;
  after: Flow;
  /** Above the list of changes. */
  head?: ReactNode;
}

/** Two versions of a flow: the list of changes beside the drawing in which they are marked. */
export function CompareView({ label, before, after, head }: CompareViewProps) {
  const former = useMemo(() => before ?? emptyLike(after), [before, after]);
  const comparison = useMemo(() => compareFlows(former, after), [former, after]);
  const [sheet, setSheet] = useState<SheetId>(mainSheet);
  const [shown, setShown] = useState<{ action: string; at: number } | null>(null);
  const wishes = useRef(0);
  const marks = useMemo(() => marksOf(comparison.actions, sheet), [comparison, sheet]);
  const show = (action: string | null, on: SheetId = sheet) => {
    wishes.current += 1;
    setSheet(on);
    setShown(action === null ? null : { action, at: wishes.current });
  };
  const sheets = sheetIds(former, after);
  return (
    <div className={classes.root}>
      <div className={classes.columns}>
        <div className={classes.side}>
          {head}
          <ScrollArea className={classes.scroll} type="auto" scrollbars="y">
            <ChangeList
              before={former}
              after={after}
              comparison={comparison}
              shown={shown === null ? null : { action: shown.action, sheet }}
              onShow={show}
            />
          </ScrollArea>
        </div>
        <div className={classes.canvas}>
          {sheets.length > 1 && (
            <SegmentedControl
              className={classes.sheets}
              size="xs"
              aria-label="Part of the flow"
              value={sheet ?? ''}
              onChange={(value) => show(null, value === '' ? mainSheet : value)}
              data={sheets.map((id) => ({ value: id ?? '', label: sheetWords(id, former, after, comparison.actions) }))}
            />
          )}
          <CompareCanvas
            key={sheet ?? ''}
            label={label}
            before={findSheet(former, sheet)}
            after={findSheet(after, sheet)}
            marks={marks}
            shown={shown}
            onShow={(action) => setShown(action === null ? null : { action, at: 0 })}
          />
        </div>
      </div>
    </div>
  );
}
