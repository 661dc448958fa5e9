import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type Hours, type Schedule, type Weekday, weekdays } from '../../../schemas/schedule.ts';
import { isTimeZone, wallTimeOf } from '../../../schemas/schedule-hours.ts';
import { DayBar } from './DayBar.tsx';
import { HoursFields } from './HoursFields.tsx';
import classes from './Schedule.module.css';

interface WeekGridProps {
  weekly: Schedule['weekly'];
  timeZone: string;
  onChange: (weekly: Schedule['weekly']) => void;
  isReadOnly: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A week, a line for each day: painted with the mouse, or typed. */
export function WeekGrid({ weekly, timeZone, onChange, isReadOnly, now }: WeekGridProps) {
  const today = isTimeZone(timeZone) ? wallTimeOf(new Date(now), timeZone) : null;
  const set = (days: readonly Weekday[], hours: Hours[]) =>
    onChange({ ...weekly, ...Object.fromEntries(days.map((day) => [day, hours])) });
  return (
    <section className={classes.week} aria-label="Hours of the week">
      <div className={classes.row} aria-hidden>
        <div className={classes.scale}>
          {[3, 6, 9, 12, 15, 18, 21].map((hour) => (
            <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
              {hour}:00
            </span>
          ))}
        </div>
      </div>
      {weekdays.map((day) => {
        const name = nameOf(day);
        return (
          <div key={day} className={classes.row}>
            <span className={classes.day} data-today={today?.weekday === day || undefined}>
              {name}
            </span>
            <DayBar
              hours={weekly[day]}
              onChange={(hours) => set([day], hours)}
              isReadOnly={isReadOnly}
              now={today?.weekday === day ? today.minutes : null}
            />
            <div className={classes.fields}>
              <HoursFields
                day={name}
                hours={weekly[day]}
                onChange={(hours) => set([day], hours)}
                isReadOnly={isReadOnly}
              />
            </div>
            <DayMenu name={name} hours={weekly[day]} isReadOnly={isReadOnly} day={day} onSet={set} />
          </div>
        );
      })}
    </section>
  );
}

interface DayMenuProps {
  name: string;
  day: Weekday;
  hours: Hours[];
  isReadOnly: boolean;
  onSet: (days: readonly Weekday[], hours: Hours[]) => void;
}

function DayMenu({ name, day, hours, isReadOnly, onSet }: DayMenuProps) {
  if (isReadOnly) return <span />;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`More for ${name}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onSet(weekdays.slice(0, 5), hours)}>Copy to Monday to Friday</Menu.Item>
        <Menu.Item onClick={() => onSet(weekdays, hours)}>Copy to every day</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => onSet([day], [{ from: '00:00', to: '24:00' }])}>Open all day</Menu.Item>
        <Menu.Item onClick={() => onSet([day], [])}>Closed</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function nameOf(day: Weekday): string {
  return day.charAt(0).toUpperCase() + day.slice(1);
}
