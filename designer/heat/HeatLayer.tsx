import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Traffic, TrafficWindow } from '../../schemas/api/traffic.ts';
import type { SheetId } from '../../schemas/sheet.ts';
import { ApiError } from '../api/client.ts';
import { useTraffic } from '../api/traffic.ts';
import { formatCount } from '../shell/format.ts';
import classes from './Heat.module.css';
import { HeatContext } from './HeatContext.ts';
import { heatOf, windowWords } from './heat.ts';

interface HeatLayerProps {
  flow: string;
  /** Null for what is published. */
  version: number | null;
  sheet: SheetId;
  isOn: boolean;
  /** True while the canvas shows the way of one mail: the traffic then steps back. */
  isCovered?: boolean;
  onClose: () => void;
  children: ReactNode;
}

const windows: { value: TrafficWindow; label: string }[] = [
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
];

/** The canvas with how many mails went which way, and a bar to choose since when. */
export function HeatLayer({ flow, version, sheet, isOn, isCovered = false, onClose, children }: HeatLayerProps) {
  const [window, setWindow] = useState<TrafficWindow>('day');
  const { data, error } = useTraffic(flow, version, window, isOn);
  const heat = useMemo(
    () => (isOn && !isCovered && data !== undefined ? heatOf(data, sheet) : null),
    [isOn, isCovered, data, sheet],
  );
  return (
    <HeatContext value={heat}>
      {children}
      {isOn && (
        <section className={classes.bar} aria-label="Traffic">
          <span className={classes.words} role="status">
            {wordsOf(data, error, window)}
          </span>
          <SegmentedControl
            size="xs"
            className={classes.choice ?? ''}
            aria-label="Since when"
            data={windows}
            value={window}
            // One of the values above.
            onChange={(value) => setWindow(value as TrafficWindow)}
          />
          <ActionIcon size="sm" aria-label="Hide the traffic" onClick={onClose}>
            <IconX size={14} />
          </ActionIcon>
        </section>
      )}
    </HeatContext>
  );
}

function wordsOf(traffic: Traffic | undefined, error: unknown, window: TrafficWindow): string {
  if (error instanceof ApiError && error.status === 404) return 'Nothing is published yet, so no mail came through';
  if (error !== null) return error instanceof Error ? error.message : String(error);
  if (traffic === undefined) return 'Counting';
  const mails = Math.max(0, ...traffic.items.map((item) => item.mails));
  const count = mails === 0 ? 'No mail' : `${formatCount(mails)} ${mails === 1 ? 'mail' : 'mails'}`;
  return `${count} through version ${traffic.version} ${windowWords[window]}`;
}
