import { type PointerEvent, useState } from 'react';
import type { Hours } from '../../../schemas/schedule.ts';
import { minutesOf } from '../../../schemas/schedule-hours.ts';
import { mergeHours, timeOf } from './new-schedule.ts';
import classes from './Schedule.module.css';

interface DayBarProps {
  hours: readonly Hours[];
  onChange: (hours: Hours[]) => void;
  isReadOnly: boolean;
  /** Minutes since midnight where it is this day now; null on other days. */
  now: number | null;
}

/** What is being drawn: new hours, or an edge of some that are there. */
interface Stroke {
  /** Stays where it is, in minutes. */
  anchor: number;
  at: number;
  /** The hours whose edge is pulled; -1 for new ones. */
  index: number;
}

const stepMinutes = 15;
const edgePixels = 7;

/** A day from midnight to midnight: hours are painted with the mouse and pulled at their edges. Keyboards use the fields beside it. */
export function DayBar({ hours, onChange, isReadOnly, now }: DayBarProps) {
  const [stroke, setStroke] = useState<Stroke | null>(null);

  const minuteAt = (event: PointerEvent<HTMLDivElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return Math.round((share * 1_440) / stepMinutes) * stepMinutes;
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (isReadOnly || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const reach = (edgePixels / event.currentTarget.clientWidth) * 1_440;
    const at = minuteAt(event);
    for (const [index, { from, to }] of hours.entries()) {
      const [start, end] = [minutesOf(from), minutesOf(to)];
      if (Math.abs(at - start) <= reach) return setStroke({ anchor: end, at: start, index });
      if (Math.abs(at - end) <= reach) return setStroke({ anchor: start, at: end, index });
    }
    setStroke({ anchor: at, at, index: -1 });
  };
  const end = () => {
    if (stroke === null) return;
    const others = stroke.index < 0 ? hours : hours.toSpliced(stroke.index, 1);
    const drawn = drawnBy(stroke);
    setStroke(null);
    if (stroke.index < 0 && drawn === null) return;
    onChange(mergeHours(drawn === null ? others : [...others, drawn]));
  };

  const drawn = stroke === null ? null : drawnBy(stroke);
  const blocks = hours.filter((_, index) => index !== stroke?.index);
  return (
    <div
      className={classes.bar}
      data-read-only={isReadOnly || undefined}
      aria-hidden
      onPointerDown={begin}
      onPointerMove={(event) => stroke !== null && setStroke({ ...stroke, at: minuteAt(event) })}
      onPointerUp={end}
      onPointerCancel={() => setStroke(null)}
    >
      {blocks.map((each) => (
        <Block key={`${each.from} ${each.to}`} hours={each} />
      ))}
      {drawn !== null && <Block hours={drawn} isDrawn />}
      {now !== null && <div className={classes.now} style={{ insetInlineStart: `${(now / 1_440) * 100}%` }} />}
    </div>
  );
}

function Block({ hours: { from, to }, isDrawn = false }: { hours: Hours; isDrawn?: boolean }) {
  const start = minutesOf(from);
  const length = minutesOf(to) - start;
  if (length <= 0) return null;
  return (
    <div
      className={classes.block}
      data-drawn={isDrawn || undefined}
      style={{ insetInlineStart: `${(start / 1_440) * 100}%`, inlineSize: `${(length / 1_440) * 100}%` }}
    >
      {length >= 240 && (
        <span>
          {from}–{to}
        </span>
      )}
    </div>
  );
}

/** Null for nothing: a click, or an edge pulled onto the other. */
function drawnBy({ anchor, at }: Stroke): Hours | null {
  return anchor === at ? null : { from: timeOf(Math.min(anchor, at)), to: timeOf(Math.max(anchor, at)) };
}
